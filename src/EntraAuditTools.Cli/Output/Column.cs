namespace EntraAuditTools.Cli.Output;

/// <summary>A column of a table on the screen.</summary>
internal sealed record Column(string Header)
{
    /// <summary>Numbers are right-aligned.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Paths say most at their end: what does not fit is cut from the beginning.</summary>
    public bool IsPath { get; init; }

    public static implicit operator Column(string header) => new(header);

    public static Column Number(string header) => new(header) { IsNumber = true };

    public static Column FilePath(string header) => new(header) { IsPath = true };

    /// <summary>The text, cut to a width where it is longer.</summary>
    public string Fit(string text, int width)
    {
        if (text.Length <= width) return text;
        if (width <= 1) return "…";
        var (from, to) = IsPath ? (text.Length - width + 1, text.Length) : (0, width - 1);
        // Half a surrogate pair is no text.
        if (from > 0 && char.IsLowSurrogate(text[from])) from++;
        if (to < text.Length && char.IsHighSurrogate(text[to - 1])) to--;
        return IsPath ? string.Concat("…", text.AsSpan(from)) : string.Concat(text.AsSpan(0, to), "…");
    }
}
