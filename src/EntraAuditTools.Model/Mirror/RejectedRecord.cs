namespace EntraAuditTools;

/// <summary>A record that an import could not read, kept as it was.</summary>
public sealed class RejectedRecord
{
    /// <summary>Import that met it.</summary>
    public long ImportId { get; init; }

    /// <inheritdoc cref="ImportResult.Source"/>
    public string Source { get; init; } = string.Empty;

    /// <summary>Line on which it begins, from 1; null where lines mean nothing (pipeline).</summary>
    public long? Line { get; init; }

    /// <summary>Where it begins in the decompressed UTF-8 text, in bytes from 0; null where that means nothing.</summary>
    public long? ByteOffset { get; init; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Its text, cut at 64 KB.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>"source, line n: reason".</summary>
    public override string ToString() => $"{Source}{(Line is { } line ? $", line {line}" : string.Empty)}: {Reason}";
}
