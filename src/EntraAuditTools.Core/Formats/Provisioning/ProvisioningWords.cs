using System.Text;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// The words of the provisioning log's enumerations in the order of their numbers (CSDL beta: provisioningAction, provisioningResult,
/// provisioningStepType, provisioningStatusErrorCategory). Diagnostic settings write the numbers; casing differs from export to export.
/// </summary>
internal static class ProvisioningWords
{
    public static readonly byte[][] Actions = Words("other", "create", "delete", "disable", "update", "stagedDelete", "unknownFutureValue");
    public static readonly byte[][] Results = Words("success", "failure", "skipped", "warning", "unknownFutureValue");
    public static readonly byte[][] StepTypes = Words("import", "scoping", "matching", "processing", "referenceResolution", "export",
        "unknownFutureValue");
    public static readonly byte[][] ErrorCategories = Words("failure", "nonServiceFailure", "success", "unknownFutureValue");

    /// <summary>The word as Graph writes it; a word or number that is not known stays as it is.</summary>
    public static ReadOnlySpan<byte> Known(byte[][] words, ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && text[0] - '0' is >= 0 and var number && number < words.Length) return words[number];
        foreach (var word in words)
        {
            if (Utf8.Is(text, word)) return word;
        }

        return text;
    }

    /// <inheritdoc cref="Known(byte[][], ReadOnlySpan{byte})"/>
    public static string? Known(byte[][] words, string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Known(words, Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether a text means "no error".</summary>
    public static bool IsNone(ReadOnlySpan<byte> code) =>
        code.IsEmpty || Utf8.Is(code, "None"u8) || Utf8.Is(code, "0"u8) || Utf8.Is(code, "null"u8);

    /// <summary>The place of a type of step in the normal order; unknown ones come last.</summary>
    public static int StepRank(string? type)
    {
        for (var i = 0; i < StepTypes.Length; i++)
        {
            if (type != null && Utf8.Is(Encoding.UTF8.GetBytes(type), StepTypes[i])) return i;
        }

        return StepTypes.Length;
    }

    /// <summary>
    /// The place of a step in the normal order (<see cref="StepRank"/>) by its name, else by its type: where they disagree the name decides
    /// the phase (FORMATS: <c>EntrySynchronizationAdd</c> with type matching).
    /// </summary>
    public static int PhaseOf(string? name, string? type)
    {
        var byType = StepRank(type);
        bool Begins(string prefix) => name?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) == true;
        bool Says(string word) => name?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
        if (Begins("EntryImport")) return Says("Matching") || Says("Joining") ? 2 : byType is 0 or 2 ? byType : 0;
        if (Begins("EntryExport")) return 5;
        if (!Begins("EntrySynchronization")) return byType;
        return Says("Scoping") ? 1 : byType is 1 or 3 or 4 ? byType : 3;
    }

    private static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}
