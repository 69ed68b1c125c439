using System.Text.Json;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// The caller's address among the additional details, where some services write it instead of with the initiator: <c>ipaddr</c> of account
/// provisioning and Privileged Identity Management, <c>ipAddress</c>, <c>ClientIP</c>.
/// </summary>
internal static class DetailAddress
{
    private static readonly string[] Keys =
        ["ipaddr", "ipAddress", "IP Address", "IP-Address", "ClientIP", "Client IP", "ClientIPAddress", "CallerIpAddress",
            "ActorIpAddress"];

    /// <summary>The address; empty when no detail has one.</summary>
    /// <param name="read">The bytes that the record was read from.</param>
    /// <param name="fields">The record.</param>
    public static TextRange Find(ReadOnlySpan<byte> read, AuditFields fields)
    {
        var json = read.Slice(fields.Details.Start, fields.Details.Length);
        // Nearly no record gets further.
        if (json.IndexOf("ip"u8) < 0 && json.IndexOf("IP"u8) < 0 && json.IndexOf("Ip"u8) < 0) return default;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        var (isAddress, value) = (false, default(TextRange));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                if (isAddress && !value.IsEmpty && !UnifiedEntry.IsUnknown(System.Text.Encoding.UTF8.GetString(fields.Get(value))))
                    return value;
                (isAddress, value) = (false, default);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = Utf8.Is(reader.ValueSpan, "key"u8);
                var isValue = Utf8.Is(reader.ValueSpan, "value"u8);
                reader.Read();
                // The list itself can be a wrapper's value.
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) continue;
                if (isKey && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped) isAddress = IsKey(reader.ValueSpan);
                else if (isValue) value = FieldReader.Text(ref reader, fields);
            }
        }

        return default;
    }

    private static bool IsKey(ReadOnlySpan<byte> key)
    {
        foreach (var wanted in Keys)
        {
            if (key.Length == wanted.Length && System.Text.Ascii.EqualsIgnoreCase(key, wanted)) return true;
        }

        return false;
    }
}
