using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Text;
using EntraAuditTools.Core.Formats.Json;
using static EntraAuditTools.Core.Formats.Json.FieldReader;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// Reads a Graph <c>directoryAudit</c> (CSDL microsoft.graph.directoryAudit; FORMATS §1.1), or a diagnostic-settings envelope around
/// one (FORMATS §3), into <see cref="AuditFields"/> in a single pass. Names are compared without case; <c>AdditionalProperties</c> of
/// the Graph PowerShell SDK count as part of their parent.
/// </summary>
internal static class GraphAuditReader
{
    /// <summary>Reads one record.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="RecordException">It is no object, or holds texts that are not Unicode.</exception>
    public static void Read(ReadOnlySpan<byte> record, AuditFields fields)
    {
        fields.Clear();
        var reader = Open(record);
        ReadRecord(ref reader, record, fields);
        ReadToEnd(ref reader);
    }

    /// <summary>
    /// Reads the record in the <c>properties</c> of an envelope, and what only the envelope contains. False when its properties are no
    /// object.
    /// </summary>
    /// <param name="record">The envelope.</param>
    /// <param name="fields">Where to.</param>
    /// <param name="isAudit">Whether the envelope says that it is an audit record's.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="RecordException">It is no object, or holds texts that are not Unicode.</exception>
    public static bool ReadEnvelope(ReadOnlySpan<byte> record, AuditFields fields, out bool isAudit)
    {
        fields.Clear();
        isAudit = false;
        var reader = Open(record);
        var envelope = new AuditEnvelope(record);
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Utf8.Is(reader.ValueSpan, "properties"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject) return false;
                ReadRecord(ref reader, record, fields);
                found = true;
            }
            else if (!envelope.TryNote(ref reader))
            {
                Skip(ref reader);
            }
        }

        ReadToEnd(ref reader);
        envelope.Fill(fields);
        isAudit = envelope.IsAudit;
        return found;
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, AuditFields fields)
    {
        // Some shapes write the envelope's names among the record's own.
        var envelope = new AuditEnvelope(record);
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            switch (name.Length)
            {
                case 2 when Utf8.Is(name, "id"u8):
                    fields.Id = Value(ref reader, fields);
                    break;
                case 6 when Utf8.Is(name, "result"u8):
                    fields.Result = Value(ref reader, fields);
                    break;
                case 8 when Utf8.Is(name, "category"u8):
                    fields.Category = Value(ref reader, fields);
                    break;
                case 8 when Utf8.Is(name, "tenantId"u8):
                    reader.Read();
                    fields.Tenant = FieldReader.Text(ref reader, fields);
                    break;
                case 9 when Utf8.Is(name, "userAgent"u8):
                    reader.Read();
                    Count(ref reader, fields);
                    break;
                case 12 when Utf8.Is(name, "resultReason"u8):
                    reader.Read();
                    var reasonAt = (int)reader.TokenStartIndex;
                    var isReason = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
                    Count(ref reader, fields);
                    fields.Reason = isReason ? new(reasonAt, (int)reader.BytesConsumed - reasonAt) : default;
                    break;
                case 11 when Utf8.Is(name, "initiatedBy"u8):
                    ReadInitiator(ref reader, fields);
                    break;
                case 13 when Utf8.Is(name, "correlationId"u8):
                    fields.CorrelationId = Value(ref reader, fields);
                    break;
                case 13 when Utf8.Is(name, "operationType"u8):
                    fields.OperationType = Value(ref reader, fields);
                    break;
                case 15 when Utf8.Is(name, "loggedByService"u8):
                    fields.Service = Value(ref reader, fields);
                    break;
                case 15 when Utf8.Is(name, "targetResources"u8):
                    ReadObjects(ref reader, fields, ReadTarget);
                    break;
                case 16 when Utf8.Is(name, "activityDateTime"u8):
                    ReadTime(ref reader, fields);
                    break;
                case 17 when Utf8.Is(name, "additionalDetails"u8):
                    reader.Read();
                    var detailsAt = (int)reader.TokenStartIndex;
                    CountAll(ref reader, fields);
                    fields.Details = new(detailsAt, (int)reader.BytesConsumed - detailsAt);
                    break;
                case 19 when Utf8.Is(name, "activityDisplayName"u8):
                    fields.Activity = Value(ref reader, fields);
                    break;
                default:
                    fields.HasOther |= !IsAnnotation(name);
                    if (!envelope.TryNote(ref reader)) Skip(ref reader);
                    break;
            }
        }

        envelope.Fill(fields);
    }

    private static void ReadInitiator(ref Utf8JsonReader reader, AuditFields fields)
    {
        reader.Read();
        if (!EnterObject(ref reader, fields)) return;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var isUser = Utf8.Is(reader.ValueSpan, "user"u8);
            var isApp = Utf8.Is(reader.ValueSpan, "app"u8);
            if (!isUser && !isApp)
            {
                Skip(ref reader);
                continue;
            }

            reader.Read();
            if (!EnterObject(ref reader, fields)) continue;
            PartyFields party = default;
            TextRange principalName = default, address = default;
            var inner = 0;
            var before = fields.Filled;
            while (Next(ref reader, ref inner))
            {
                var name = reader.ValueSpan;
                if (Utf8.Is(name, "id"u8) || Utf8.Is(name, "servicePrincipalId"u8)) party.Id = Value(ref reader, fields);
                else if (Utf8.Is(name, "displayName"u8)) party.Name = Value(ref reader, fields);
                else if (Utf8.Is(name, "userPrincipalName"u8)) party.UserPrincipalName = Value(ref reader, fields);
                else if (Utf8.Is(name, "ipAddress"u8)) address = Value(ref reader, fields);
                else if (Utf8.Is(name, "appId"u8)) party.AppId = Value(ref reader, fields);
                else if (Utf8.Is(name, "servicePrincipalName"u8)) principalName = Value(ref reader, fields);
                else if (Utf8.Is(name, "userType"u8) || name.StartsWith("homeTenant"u8)) Value(ref reader, fields);
                else Skip(ref reader);
            }

            // An SDK object carries an empty twin of the other kind: it says nothing.
            if (fields.Filled == before) continue;
            if (isApp)
            {
                if (party.Name.IsEmpty) party.Name = principalName;
                if (party.AppId.IsEmpty) party.AppId = principalName;
                party.UserPrincipalName = default;
            }
            else
            {
                party.AppId = default;
            }

            if (AddressText.IsNone(fields.Get(address))) address = default;
            if (fields.Address.IsEmpty || isUser) fields.Address = address.IsEmpty ? fields.Address : address;
            if (!fields.Actor.Type.IsEmpty && isApp) continue;
            DeletedUser.Restore(fields, ref party);
            party.Type = fields.Add(isUser ? "User"u8 : "Application"u8);
            fields.Actor = party;
        }
    }

    private static void ReadTarget(ref Utf8JsonReader reader, AuditFields fields)
    {
        PartyFields party = default;
        TextRange odataType = default;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "id"u8)) party.Id = Value(ref reader, fields);
            else if (Utf8.Is(name, "displayName"u8)) party.Name = Value(ref reader, fields);
            else if (Utf8.Is(name, "@odata.type"u8))
            {
                reader.Read();
                odataType = FieldReader.Text(ref reader, fields);
            }
            else if (Utf8.Is(name, "type"u8)) party.Type = Value(ref reader, fields);
            else if (Utf8.Is(name, "userPrincipalName"u8)) party.UserPrincipalName = Value(ref reader, fields);
            else if (Utf8.Is(name, "appId"u8)) party.AppId = Value(ref reader, fields);
            else if (Utf8.Is(name, "groupType"u8)) Value(ref reader, fields);
            else if (Utf8.Is(name, "modifiedProperties"u8)) ReadObjects(ref reader, fields, ReadModifiedItem);
            else Skip(ref reader);
        }

        if (party.Type.IsEmpty && !odataType.IsEmpty) party.Type = TargetType.Of(odataType, fields);
        DeletedUser.Restore(fields, ref party);
        // Nameless ones count too: account provisioning writes them.
        fields.Targets.Add(party);
    }

    private static void ReadModifiedItem(ref Utf8JsonReader reader, AuditFields fields)
    {
        var folded = 0;
        IdentityProperty named = default;
        TextRange old = default, now = default;
        while (Next(ref reader, ref folded))
        {
            if (Utf8.Is(reader.ValueSpan, "displayName"u8) || Utf8.Is(reader.ValueSpan, "name"u8))
            {
                var range = Value(ref reader, fields);
                if (range.IsEmpty) continue;
                fields.PropertyNames.Add(range);
                named = IdentityProperties.Find(fields.Get(range));
            }
            else
            {
                var (isOld, isNew) = (Utf8.Is(reader.ValueSpan, "oldValue"u8), Utf8.Is(reader.ValueSpan, "newValue"u8));
                reader.Read();
                var at = (int)reader.TokenStartIndex;
                var isText = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
                Count(ref reader, fields);
                if (!isText) continue;
                if (isOld) old = new(at, (int)reader.BytesConsumed - at);
                else if (isNew) now = new(at, (int)reader.BytesConsumed - at);
            }
        }

        if (named.Part != IdentityPart.None && !(old.IsEmpty && now.IsEmpty)) fields.Named.Add(new(named, fields.Targets.Count, old, now));
    }
}
