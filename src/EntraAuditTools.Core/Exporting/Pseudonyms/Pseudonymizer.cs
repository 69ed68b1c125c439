using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>
/// Gives whom and what records name other names, for files that somebody else will read: ids, UPNs, addresses, names, numbers and domains, in
/// properties of their own and in texts. Times, activities, services, results, types and what is the same in every tenant stay.
/// </summary>
internal sealed partial class Pseudonymizer
{
    private const int LeastDigits = 5;

    private readonly Pseudonym pseudonym;
    private readonly KnownIdentities known;
    private readonly ArrayBufferWriter<byte> output = new(16 * 1024);

    private Pseudonymizer(Pseudonym pseudonym, KnownIdentities known)
    {
        this.pseudonym = pseudonym;
        this.known = known;
    }

    /// <summary>For the records of a mirror.</summary>
    public static Pseudonymizer Of(MirrorReader mirror, PseudonymKey key, CancellationToken cancel) =>
        new(new Pseudonym(key), KnownIdentities.Of(mirror, cancel));

    /// <summary>A record with other names.</summary>
    /// <exception cref="AuditToolException">RecordNotPseudonymized: it cannot be read, and so nothing of it may be shown.</exception>
    public ReadOnlyMemory<byte> Record(ReadOnlyMemory<byte> json, RecordShape shape)
    {
        output.ResetWrittenCount();
        try
        {
            using var document = RecordJson.ParseRecord(json);
            using (var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions)) Write(document.RootElement, string.Empty, FieldRule.Text, writer);
            return output.WrittenMemory;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or RecordException)
        {
            throw new AuditToolException("RecordNotPseudonymized", AuditErrorKind.InvalidData,
                $"A record ({ShapeInfo.Of(shape).Name}) cannot be read, so that nothing can be said of whom it names.",
                $"Export the kinds of record that are needed, without it ({Caller.Option("Kind")}).", null, e);
        }
    }

    /// <summary>The context of a page, which can name the object that its records belong to.</summary>
    public string? Context(string? context) => context == null ? null : Ids().Replace(context, OfId);

    private void Write(JsonElement value, string name, FieldRule rule, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, name, rule, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Value(BrokenText.Read(value) ?? string.Empty, rule));
                break;
            default:
                writer.WriteAsIs(value);
                break;
        }
    }

    private void WriteObject(JsonElement record, Utf8JsonWriter writer)
    {
        var (isProperty, isPair, key) = Form(record);
        writer.WriteStartObject();
        foreach (var property in record.EnumerateObject())
        {
            // {displayName, oldValue, newValue} and {key, value} name a property, and its value follows from that.
            var rule = (isProperty || isPair) && IsNameOfProperty(property.Name, isPair) ? FieldRule.Word
                : (isProperty || isPair) && property.Name.EndsWith("Value", StringComparison.OrdinalIgnoreCase) && key != null ? FieldRules.Of(key)
                : FieldRules.Of(property.Name);
            writer.WritePropertyName(property.Name);
            Write(property.Value, property.Name, rule, writer);
        }

        writer.WriteEndObject();
    }

    private static bool IsNameOfProperty(string name, bool isPair) => name.Equals("name", StringComparison.OrdinalIgnoreCase)
        || name.Equals(isPair ? "key" : "displayName", StringComparison.OrdinalIgnoreCase);

    private static (bool IsProperty, bool IsPair, string? Key) Form(JsonElement record)
    {
        var (values, isPair, name) = (false, false, (string?)null);
        foreach (var property in record.EnumerateObject())
        {
            if (property.NameEquals("oldValue") || property.NameEquals("newValue") || property.NameEquals("OldValue")
                || property.NameEquals("NewValue")) values = true;
            else if (property.NameEquals("value") || property.NameEquals("Value")) isPair = true;
            if (property.Value.ValueKind == JsonValueKind.String && (property.Name is "displayName" or "key" or "Key" or "name" or "Name" or "DisplayName"))
                name ??= BrokenText.Read(property.Value);
        }

        return (values, isPair && !values, name);
    }

    /// <summary>A value in place of another; what is JSON text is taken apart.</summary>
    /// <param name="text">The value.</param>
    /// <param name="rule">What it is.</param>
    public string Value(string text, FieldRule rule)
    {
        if (text.Length == 0 || SecretMask.IsNote(text) || WellKnown.Has(text)) return text;
        if (text.AsSpan().TrimStart() is ['{' or '[' or '"', ..] && Inside(text, rule) is { } inside) return inside;
        return rule switch
        {
            FieldRule.Identity => Whole(text),
            FieldRule.Word => Forms(text),
            _ => Text(text),
        };
    }

    private string? Inside(string text, FieldRule rule)
    {
        using var document = RecordJson.TryParse(text);
        if (document == null) return null;
        var buffer = new ArrayBufferWriter<byte>(text.Length);
        using (var writer = new Utf8JsonWriter(buffer, RecordJson.WriterOptions)) Write(document.RootElement, string.Empty, rule, writer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What is an identity as a whole: by its form, else a name.</summary>
    private string Whole(string text)
    {
        var plain = text.Trim();
        if (plain.Length < 2 || plain is "true" or "false" or "null" || WellKnown.Has(plain) || Times().IsMatch(plain)) return text;
        if (Everything().Match(plain) is { Success: true, Index: 0 } match && match.Length == plain.Length) return OfForm(match);
        // ServicePrincipal_… with its id.
        if (TypedIds().IsMatch(plain)) return Forms(plain);
        if (Numbers().IsMatch(plain) && plain.Count(char.IsDigit) >= LeastDigits) return pseudonym.Digits(plain);
        return pseudonym.Name(plain);
    }

    /// <summary>A text with what is known in it replaced.</summary>
    private string Text(string text) => Times().IsMatch(text) ? text
        : Joined(text, Everything(), piece => known.Replace(piece, pseudonym), OfForm);

    /// <summary>A text with ids and addresses in it replaced, and no names.</summary>
    private string Forms(string text) => Everything().Replace(text, OfForm);

    private static string Joined(string text, Regex forms, Func<string, string> between, Func<Match, string> form)
    {
        var parts = new System.Text.StringBuilder(text.Length);
        var done = 0;
        foreach (Match match in forms.Matches(text))
        {
            parts.Append(between(text[done..match.Index])).Append(form(match));
            done = match.Index + match.Length;
        }

        return parts.Append(between(text[done..])).ToString();
    }

    private string OfForm(Match match)
    {
        if (match.Groups["mail"].Success) return pseudonym.Mail(match.Value);
        if (match.Groups["id"].Success) return OfId(match);
        if (match.Groups["host"].Success) return pseudonym.Domain(match.Value);
        if (match.Groups["phone"].Success) return pseudonym.Digits(match.Value);
        return IPAddress.TryParse(match.Value, out var address) && !address.Equals(IPAddress.IPv6Any) ? pseudonym.Address(address) : match.Value;
    }

    private string OfId(Match match) => Guid.TryParse(match.Value, out var id) ? pseudonym.Id(match.Value, id) : match.Value;

    // Addresses of mail before ids: of a deleted user one begins with an id. Hosts of addresses, but Microsoft's. Numbers with a plus.
    [GeneratedRegex("""
        (?<mail>(?<![\p{L}\p{Nd}._%+\#~-]|[\p{L}\p{Nd}]')[\p{L}\p{Nd}_][\p{L}\p{Nd}._%+'\#~-]*@[\p{L}\p{Nd}](?:[\p{L}\p{Nd}.-]*[\p{L}\p{Nd}])?)
        |(?<id>(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32})(?![0-9A-Za-z]))
        |(?<host>(?<=https?://)(?![^/\s"]*\b(?:microsoft|microsoftonline|windows|azure|office|office365|live|microsoftgraph)\.(?:com|net)\b)[\p{L}\p{Nd}.-]+)
        |(?<address>(?<![0-9A-Za-z.:/])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?=[0-9a-fA-F]*:[0-9a-fA-F:]*:)[0-9a-fA-F:]{3,39}(?:\.[0-9.]+)?)(?![0-9A-Za-z.]))
        |(?<phone>\+[0-9](?:[ ()/.-]{0,2}[0-9]){6,14})
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Everything();

    [GeneratedRegex(
        "(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32})(?![0-9A-Za-z])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ids();

    [GeneratedRegex("^[A-Za-z]{1,40}_[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex TypedIds();

    [GeneratedRegex(@"^\s*\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[\d:.]*\s*(?:Z|[+-]\d\d:?\d\d)?)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Times();

    [GeneratedRegex(@"^[+]?[\d ()/.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
