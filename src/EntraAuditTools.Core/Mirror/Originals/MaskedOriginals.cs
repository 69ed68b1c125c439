using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>
/// Blocks of originals for people who may not see secrets: each record that holds some is masked as commands mask what they show, and keeps
/// its slot and the SHA-256 of what was imported, so that the chain still proves the block.
/// </summary>
internal static class MaskedOriginals
{
    /// <summary>Where a mirror says of itself that its originals are masked.</summary>
    public const string MetaName = "originals", MetaValue = "masked";

    /// <summary>SQL for whether a mirror says so.</summary>
    public const string IsMaskedSql = $"SELECT EXISTS (SELECT 1 FROM main.meta WHERE name = '{MetaName}' AND value = '{MetaValue}')";

    /// <summary>Whether a mirror says so.</summary>
    public static bool AreIn(SqliteConnection mirror)
    {
        using var look = new Statement(mirror, IsMaskedSql);
        return look.Step() && look.Number(0) != 0;
    }

    /// <summary>The block with its secrets masked; null when there is nothing to mask.</summary>
    /// <param name="block">The block.</param>
    /// <param name="writer">An empty one, which is empty again afterwards.</param>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static CompressedBlock? Of(OriginalBlock block, OriginalBlockWriter writer)
    {
        List<OriginalRecord>? masked = null;
        var slot = 0;
        foreach (var record in block.ReadAll())
        {
            if (!record.IsMasked && !record.Json.IsEmpty && Masked(record) is { } hidden)
                (masked ??= [.. block.ReadAll()])[slot] = hidden;
            slot++;
        }

        if (masked == null) return null;
        foreach (var record in masked) writer.Add(record);
        return writer.Compress();
    }

    private static OriginalRecord? Masked(in OriginalRecord record)
    {
        // Most have none, and need not become text.
        if (!SecretMask.MayHoldSecret(record.Json.Span)) return null;
        var text = Encoding.UTF8.GetString(record.Json.Span);
        var masked = SecretMask.MaskJson(text, SecretMask.Gone);
        if (ReferenceEquals(masked, text)) return null;
        OriginalRecord hidden = new(record.Shape, Encoding.UTF8.GetBytes(masked)) { Sha256 = BlockDigest.OfRecord(record) };
        return CanBeRead(hidden) ? hidden : hidden with { Json = WithoutDoubt(record.Json) };
    }

    /// <summary>Whether what is shown of a record can still be read: where a whole object had to be hidden, it may not.</summary>
    private static bool CanBeRead(in OriginalRecord record)
    {
        if (record.Json.Span is not [(byte)'{', ..]) return false;
        try
        {
            var info = ShapeInfo.Of(record.Shape);
            if (info.Kind == KindNames.AuditActivity) _ = AuditNormalizer.ToGraph(record);
            else if (info.Kind == KindNames.ProvisioningLog && !info.IsPart) _ = ProvisioningNormalizer.ToGraph(record);
            return true;
        }
        catch (Exception e) when (e is Errors.RecordException or JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// The record with more hidden than has to be, but readable: of an object that names something secret, every text; what only looks like
    /// JSON and may hold a secret, as a whole.
    /// </summary>
    private static byte[] WithoutDoubt(ReadOnlyMemory<byte> json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, RecordJson.WriterOptions))
        {
            using var document = RecordJson.ParseShown(json);
            Write(document.RootElement, writer);
        }

        return stream.ToArray();
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Inside(element.GetString()!));
                break;
            default:
                writer.WriteAsIs(element);
                break;
        }
    }

    private static void WriteObject(JsonElement element, Utf8JsonWriter writer)
    {
        var namesSecret = element.EnumerateObject().Any(property => SecretMask.IsSecret(property.Name)
            || (property.Value.ValueKind == JsonValueKind.String && SecretMask.IsSecret(property.Value.GetString())));
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            var isValue = property.Value.ValueKind == JsonValueKind.String || property.Name.EndsWith("Value", StringComparison.OrdinalIgnoreCase);
            if (SecretMask.IsSecret(property.Name) || (namesSecret && isValue))
            {
                writer.WriteString(property.Name, SecretMask.Gone);
                continue;
            }

            writer.WritePropertyName(property.Name);
            Write(property.Value, writer);
        }

        writer.WriteEndObject();
    }

    private static string Inside(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (text.TrimStart() is not ['{' or '[' or '"', ..] || !SecretMask.MayHoldSecret(utf8)) return text;
        try
        {
            return Encoding.UTF8.GetString(WithoutDoubt(utf8));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return SecretMask.Gone;
        }
    }
}
