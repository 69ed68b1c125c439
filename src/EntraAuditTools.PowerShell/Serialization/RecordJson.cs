using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>
/// Writes any PowerShell object as the JSON document that it would have been in an export: property names kept, times in UTC, the Graph
/// SDK's AdditionalProperties folded into their parent. ConvertTo-Json does not do that: it stops at a depth, and its spelling of times
/// depends on their kind.
/// </summary>
internal sealed class RecordJson : IDisposable
{
    /// <summary>Deeper than any export; the writer itself allows 1,000.</summary>
    private const int MaxDepth = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new(4096);
    private readonly Utf8JsonWriter writer;

    /// <summary>The objects being written, from the outside in: meeting one again is a cycle.</summary>
    private readonly List<object> ancestors = [];

    public RecordJson() => writer = new Utf8JsonWriter(buffer, Options);

    /// <summary>The document as UTF-8, ended by a line feed; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(object? record)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
        ancestors.Clear();
        WriteValue(record);
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    public void Dispose() => writer.Dispose();

    private void WriteValue(object? value)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (bare is null || ReferenceEquals(bare, System.Management.Automation.Internal.AutomationNull.Value))
            writer.WriteNullValue();
        else if (!TryWriteScalar(bare))
            WriteNested(value!, bare);
    }

    private bool TryWriteScalar(object value)
    {
        switch (value)
        {
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case SwitchParameter flag: writer.WriteBooleanValue(flag.IsPresent); break;
            case DateTime time: writer.WriteStringValue(Utc(time)); break;
            case DateTimeOffset time: writer.WriteStringValue(Utc(time.UtcDateTime)); break;
            case DateOnly day: writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case TimeSpan span: writer.WriteStringValue(XmlConvert.ToString(span)); break;
            case Guid id: writer.WriteStringValue(id); break;
            case Uri uri: writer.WriteStringValue(uri.OriginalString); break;
            case Enum word: writer.WriteStringValue(word.ToString()); break;
            case char letter: writer.WriteStringValue(letter.ToString()); break;
            case byte[] bytes: writer.WriteBase64StringValue(bytes); break;
            case double number when !double.IsFinite(number): writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case float number when !float.IsFinite(number): writer.WriteStringValue(number.ToString(CultureInfo.InvariantCulture)); break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or BigInteger:
                writer.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!, skipInputValidation: true);
                break;
            case JsonElement { ValueKind: JsonValueKind.Undefined }: writer.WriteNullValue(); break;
            case JsonElement element: WriteRaw(element); break;
            case JsonDocument document: WriteRaw(document.RootElement); break;
            case JsonNode node: node.WriteTo(writer); break;
            case Type or ScriptBlock or Delegate or Version: writer.WriteStringValue(value.ToString()); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Unchanged: the import judges half a surrogate pair in it.</summary>
    private void WriteRaw(JsonElement element) => writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);

    private void WriteNested(object value, object bare)
    {
        if (ancestors.Count >= MaxDepth)
        {
            // What a shallow ConvertTo-Json leaves too: the import reports such values.
            writer.WriteStringValue(bare.GetType().FullName);
            return;
        }

        foreach (var ancestor in ancestors)
        {
            if (!ReferenceEquals(ancestor, bare)) continue;
            writer.WriteNullValue();
            return;
        }

        ancestors.Add(bare);
        if (RecordMembers.IsList(bare))
        {
            writer.WriteStartArray();
            foreach (var item in (IEnumerable)bare) WriteValue(item);
            writer.WriteEndArray();
        }
        else
        {
            WriteObject(RecordMembers.Of(value, bare));
        }

        ancestors.RemoveAt(ancestors.Count - 1);
    }

    private void WriteObject(List<KeyValuePair<string, object?>>? members)
    {
        if (members is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(member);
        }

        writer.WriteEndObject();
    }

    /// <summary>A time of unknown kind is UTC: exports hold UTC, and some readers drop the kind.</summary>
    private static string Utc(DateTime time)
    {
        var utc = time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
        return utc.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
    }
}
