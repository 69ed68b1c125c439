using System.Text.Json;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>
/// Finds in a record of Entitlement Management or Access Reviews what ties it to a request for an access package (FORMATS §6): a target of
/// type AccessPackageAssignmentRequest, or of type Other in the records of approvals; RequestId, ApprovalId, AssignmentId and
/// Justification among the additional details.
/// </summary>
internal static class EntitlementEventReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonResync.MaxDepth };

    /// <summary>Whether an activity can be about requests, by its service or its category.</summary>
    public static bool IsWanted(ReadOnlySpan<byte> service, ReadOnlySpan<byte> category) =>
        service.Length switch
        {
            22 => Utf8.Is(service, "Entitlement Management"u8),
            14 => Utf8.Is(service, "Access Reviews"u8),
            _ => false,
        }
        || (category.Length == 21 && Utf8.Is(category, "EntitlementManagement"u8));

    /// <summary>Adds what a record says to a batch.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="fields">The record, read.</param>
    /// <param name="read">The bytes that it was read from.</param>
    /// <param name="actor">The initiator (0: none).</param>
    /// <returns>Its position in the batch, from 1.</returns>
    public static int Add(ImportBatch batch, AuditFields fields, ReadOnlySpan<byte> read, int actor)
    {
        IdRange request = default, assignment = default, other = default;
        var hasUser = false;
        foreach (ref readonly var target in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(fields.Targets))
        {
            var type = fields.Get(target.Type);
            if (target.Id.IsEmpty) hasUser |= Utf8.Is(type, "User"u8);
            else if (Utf8.Is(type, "User"u8)) hasUser = true;
            else if (Utf8.Is(type, "AccessPackageAssignmentRequest"u8)) Keep(ref request, batch, fields.Get(target.Id));
            else if (Utf8.Is(type, "AccessPackageAssignment"u8)) Keep(ref assignment, batch, fields.Get(target.Id));
            else if (Utf8.Is(type, "Other"u8) && target.Id.Length == 36) Keep(ref other, batch, fields.Get(target.Id));
        }

        ByteRange justification = default, reason = default;
        ReadDetails(batch, Slice(read, fields.Details), ref request, ref assignment, ref justification, ref reason);
        if (ReadReason(batch, Slice(read, fields.Reason)) is { Length: > 0 } stated) reason = stated;
        if (request.Bytes.Length == 0) request = other;
        var isUser = Utf8.Is(fields.Get(fields.Actor.Type), "User"u8);
        batch.EntitlementEvents.Add(new(request, assignment, !hasUser && isUser ? actor : 0, justification, reason));
        return batch.EntitlementEvents.Count;
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> read, TextRange range) => read.Slice(range.Start, range.Length);

    private static void Keep(ref IdRange id, ImportBatch batch, ReadOnlySpan<byte> text)
    {
        if (id.Bytes.Length == 0) id = RowBuilder.AddId(batch, text);
    }

    private static ByteRange ReadReason(ImportBatch batch, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        return !json.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.String ? AddText(batch, ref reader) : default;
    }

    private static void ReadDetails(ImportBatch batch, ReadOnlySpan<byte> json, ref IdRange request, ref IdRange assignment,
        ref ByteRange justification, ref ByteRange reason)
    {
        if (json.IsEmpty) return;
        var reader = new Utf8JsonReader(json, Options);
        ByteRange key = default, value = default;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                var name = batch.Get(key);
                var text = batch.Get(value);
                if (text.IsEmpty) continue;
                if (Utf8.Is(name, "RequestId"u8) || Utf8.Is(name, "AccessPackageAssignmentRequestId"u8) || Utf8.Is(name, "ApprovalId"u8))
                    Keep(ref request, batch, text);
                else if (Utf8.Is(name, "AssignmentId"u8) || Utf8.Is(name, "AccessPackageAssignmentId"u8)) Keep(ref assignment, batch, text);
                else if (Utf8.Is(name, "Justification"u8)) justification = value;
                else if (Utf8.Is(name, "Reason"u8)) reason = value;
                (key, value) = (default, default);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = Utf8.Is(reader.ValueSpan, "key"u8);
                var isValue = Utf8.Is(reader.ValueSpan, "value"u8);
                if (!reader.Read() || reader.TokenType != JsonTokenType.String) continue;
                if (isKey) key = AddText(batch, ref reader);
                else if (isValue) value = AddText(batch, ref reader);
            }
        }
    }

    private static ByteRange AddText(ImportBatch batch, ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return batch.Add(reader.ValueSpan);
        var start = batch.Bytes.WrittenCount;
        try
        {
            var written = reader.CopyString(batch.Bytes.GetSpan(reader.ValueSpan.Length));
            batch.Bytes.Advance(written);
            return new(start, written);
        }
        catch (InvalidOperationException)
        {
            return default; // Half a surrogate pair: the original shows it.
        }
    }
}
