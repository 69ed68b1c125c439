using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// What kind of object a target is, from its <c>@odata.type</c> where it has no <c>type</c>: older beta responses wrote
/// <c>#microsoft.graph.targetResourceGroup</c>, others name the entity (<c>#microsoft.graph.servicePrincipal</c>).
/// </summary>
internal static class TargetType
{
    /// <summary>The word that <c>type</c> would be; empty when the type says only that it is a target.</summary>
    public static TextRange Of(TextRange odataType, RecordFields fields)
    {
        var word = Word(fields.Get(odataType));
        if (word.IsEmpty) return default;
        var typeRange = new TextRange(odataType.Start + odataType.Length - word.Length, word.Length);
        if (word[0] is < (byte)'a' or > (byte)'z') return typeRange;
        var text = fields.Reserve(word.Length);
        fields.Get(typeRange).CopyTo(text);
        text[0] -= (byte)'a' - (byte)'A';
        return fields.Added(word.Length);
    }

    /// <inheritdoc cref="Of(TextRange, RecordFields)"/>
    public static string? Of(string? odataType)
    {
        if (odataType == null) return null;
        var bytes = System.Text.Encoding.UTF8.GetBytes(odataType);
        var word = System.Text.Encoding.UTF8.GetString(Word(bytes));
        return word.Length == 0 ? null : char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> odataType)
    {
        var word = odataType[(odataType.LastIndexOfAny((byte)'.', (byte)'#') + 1)..];
        var prefix = "targetResource"u8;
        return word.Length >= prefix.Length && Utf8.Is(word[..prefix.Length], prefix) ? word[prefix.Length..] : word;
    }
}
