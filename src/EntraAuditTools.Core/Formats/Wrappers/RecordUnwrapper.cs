using System.Buffers;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>A record that was found inside another object.</summary>
/// <param name="Json">Its text.</param>
/// <param name="Context">The <c>@odata.context</c> of its page; null when there is none.</param>
/// <param name="Recognized">What it is.</param>
/// <param name="Error">Why it can't be read, though it looks like a record; null when it can.</param>
internal sealed record InnerRecord(ReadOnlyMemory<byte> Json, string? Context, Recognized Recognized, string? Error)
{
    /// <summary>Whether it is of a kind that is taken in.</summary>
    public bool IsTaken => Recognized.IsTaken;
}

/// <summary>
/// Finds the records inside an object that is none itself: what a shipper, a SIEM, a queue or a service's answer wrapped around them, as
/// objects or as JSON text, at any sensible depth. Under a name that is not known as a wrapper's (<see cref="WrapperNames"/>) only what is
/// unmistakable counts: a record of a log.
/// </summary>
internal sealed class RecordUnwrapper
{
    private const int MaxDepth = 24;
    private const int MaxTexts = 5;

    private readonly List<string> leftLinks = [];
    private readonly List<string> path = [];

    /// <summary>
    /// Where an object of a kind that is taken in is found under a name that is no wrapper's, and what it is; null when there is none.
    /// </summary>
    public (string Path, string Label)? PassedOver { get; private set; }

    /// <summary>Pages inside that end with a link to another.</summary>
    public int LeftPages => leftLinks.Count;

    /// <summary>The records inside an object; none when there are none.</summary>
    /// <param name="outer">An object that was recognised as nothing.</param>
    public List<InnerRecord> Find(JsonElement outer)
    {
        leftLinks.Clear();
        path.Clear();
        PassedOver = null;
        var found = Inside(outer, null, isNamed: true, depth: 0, texts: 0);
        if (found.Count == 0 || found.TrueForAll(inner => inner.Recognized.Kind == RecordKind.Unknown && inner.Error == null)) return [];
        return found;
    }

    /// <summary>The records in what an answer held: itself, or those inside.</summary>
    public List<InnerRecord> FindIn(JsonElement body)
    {
        leftLinks.Clear();
        path.Clear();
        PassedOver = null;
        return Look(body, null, isNamed: true, depth: 0, texts: 0);
    }

    private List<InnerRecord> Look(JsonElement value, string? context, bool isNamed, int depth, int texts)
    {
        if (depth > MaxDepth) return [];
        value = PowerShellValue.Unwrap(value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return LookAt(value, context, isNamed, depth, texts);
            case JsonValueKind.Array:
                return Items(value, context, isNamed, depth, texts);
            case JsonValueKind.String when texts < MaxTexts && TextOf(value) is { } text && RecordText.Parse(text, isNamed) is { } document:
                using (document) return Look(document.RootElement, context, isNamed, depth + 1, texts + 1);
            default:
                return [];
        }
    }

    private List<InnerRecord> LookAt(JsonElement value, string? context, bool isNamed, int depth, int texts)
    {
        Recognized recognized;
        try
        {
            if (ElasticAudit.Is(value))
                return [new(ElasticAudit.ToGraph(value), null, Recognized.Of(RecordShape.GraphAudit), null)];
            recognized = RecordRecognizer.Recognize(value, context);
        }
        catch (Exception e) when (e is RecordException or InvalidOperationException)
        {
            return isNamed ? [new(Raw(value), context, default, e is RecordException ? e.Message
                : "a text in it holds half a surrogate pair: it is not valid Unicode")] : [];
        }

        var record = new InnerRecord(Raw(value), context, recognized, null);
        if (recognized.IsOfLog || (record.IsTaken && isNamed)) return [record];
        if (record.IsTaken) PassedOver ??= (string.Join('.', path), recognized.Label);
        if (recognized.Kind == RecordKind.GraphError) return isNamed ? [record] : [];
        var inside = Inside(value, context, isNamed, depth, texts);
        if (inside.Exists(inner => inner.IsTaken)) return inside;
        if (recognized.Kind == RecordKind.NotSupported) return isNamed ? [record] : [];
        return inside;
    }

    /// <summary>
    /// The records in the properties of an object. A record that is in it twice, as it came and taken apart, counts once.
    /// </summary>
    private List<InnerRecord> Inside(JsonElement value, string? context, bool isNamed, int depth, int texts)
    {
        if (Table(value) is { } rows) return rows;
        var properties = new List<(int Rank, string Name, JsonElement Value)>();
        var page = context;
        foreach (var property in value.EnumerateObject())
        {
            if (NameOf(property) is not { } name) continue;
            if (Utf8.Is(name, "@odata.context")) page = TextOf(property.Value) ?? page;
            else if (Utf8.Is(name, "@odata.nextLink")) leftLinks.Add(name);
            else if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)
                properties.Add((WrapperNames.Rank(name), name, property.Value));
        }

        properties.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        List<InnerRecord> all = [];
        foreach (var (rank, name, inner) in properties)
        {
            path.Add(name);
            var found = Look(inner, page, isNamed && rank < int.MaxValue, depth + 1, texts);
            path.RemoveAt(path.Count - 1);
            if (found.Count == 0) continue;
            if (all.Count == 0) all = found;
            else all.AddRange(found.FindAll(item => !all.Exists(known => IsSame(known, item))));
        }

        return all;
    }

    /// <summary>Where some items are records, the others are rejected, not left out without a word.</summary>
    private List<InnerRecord> Items(JsonElement list, string? context, bool isNamed, int depth, int texts)
    {
        List<InnerRecord> all = [];
        var others = new List<InnerRecord>();
        foreach (var item in list.EnumerateArray())
        {
            var found = Look(item, context, isNamed, depth + 1, texts);
            if (found.Count > 0) all.AddRange(found);
            else if (item.ValueKind == JsonValueKind.Object) others.Add(new(Raw(item), context, default, null));
        }

        if (all.Exists(inner => inner.IsTaken)) all.AddRange(others);
        return all;
    }

    /// <summary>The rows of a table in an object; null when it is none.</summary>
    private List<InnerRecord>? Table(JsonElement value)
    {
        var rows = value.Find("rows");
        var columns = value.Find("columns", "fields");
        if (rows.ValueKind != JsonValueKind.Array || columns.ValueKind != JsonValueKind.Array) return null;
        var names = new List<string>();
        foreach (var column in columns.EnumerateArray())
        {
            var name = column.ValueKind == JsonValueKind.Object ? column.Text("name", "columnName") : TextOf(column);
            if (name == null) return null;
            names.Add(name);
        }

        List<InnerRecord> all = [];
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array) return null;
            try
            {
                using var document = RecordJson.Parse(TableRow.ToObject(Raw(row).Span, names, buffer).ToArray());
                var found = Look(document.RootElement, null, isNamed: true, depth: 1, texts: 0);
                if (found.Count > 0) all.AddRange(found);
                else all.Add(new(Raw(document.RootElement), null, default, null));
            }
            catch (RecordException e)
            {
                all.Add(new(Raw(row), null, default, e.Message));
            }
        }

        return all;
    }

    private static bool IsSame(InnerRecord a, InnerRecord b)
    {
        if (a.Json.Span.SequenceEqual(b.Json.Span)) return true;
        return Id(a) is { } id && id == Id(b);
    }

    private static string? Id(InnerRecord record)
    {
        using var document = RecordJson.Parse(record.Json);
        var properties = document.RootElement.Find("properties");
        return document.RootElement.Text("id") ?? (properties.ValueKind == JsonValueKind.Object ? properties.Text("id") : null);
    }

    private static ReadOnlyMemory<byte> Raw(JsonElement value) => Encoding.UTF8.GetBytes(value.GetRawText());

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair: no text.
        }
    }

    private static string? NameOf(in JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
