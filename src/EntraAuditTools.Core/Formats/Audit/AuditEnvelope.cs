using System.Buffers.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// What an Azure Monitor envelope contains besides the record in its <c>properties</c> (FORMATS §3), as pieces of the record's bytes: few
/// records lack what it could add, so nothing is read before it is needed. Some records have the same names among their properties.
/// </summary>
internal ref struct AuditEnvelope(ReadOnlySpan<byte> record)
{
    private readonly ReadOnlySpan<byte> record = record;
    private TextRange activity, result, signature, address, correlation, tenant, resource, identity, time, category, operationType, service,
        agent;

    /// <summary>Why: the piece with the description of the result.</summary>
    public TextRange Description { get; private set; }

    /// <summary>Notes where a property is, if it is one of the envelope's, and moves behind it.</summary>
    public bool TryNote(ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan;
        switch (name.Length)
        {
            case 4 when Utf8.Is(name, "time"u8):
                time = Next(ref reader);
                return true;
            case 8 when Utf8.Is(name, "tenantId"u8):
                tenant = Next(ref reader);
                return true;
            case 8 when Utf8.Is(name, "identity"u8):
                identity = Next(ref reader);
                return true;
            case 8 when Utf8.Is(name, "category"u8):
                category = Next(ref reader);
                return true;
            case 9 when Utf8.Is(name, "userAgent"u8):
                agent = Next(ref reader);
                return true;
            case 10 when Utf8.Is(name, "resultType"u8):
                result = Next(ref reader);
                return true;
            case 10 when Utf8.Is(name, "resourceId"u8):
                resource = Next(ref reader);
                return true;
            case 13 when Utf8.Is(name, "operationName"u8):
                activity = Next(ref reader);
                return true;
            case 13 when Utf8.Is(name, "correlationId"u8):
                correlation = Next(ref reader);
                return true;
            case 13 when Utf8.Is(name, "operationType"u8):
            case 16 when Utf8.Is(name, "AADOperationType"u8):
                operationType = Next(ref reader);
                return true;
            case 15 when Utf8.Is(name, "resultSignature"u8):
                signature = Next(ref reader);
                return true;
            case 15 when Utf8.Is(name, "callerIpAddress"u8):
                address = Next(ref reader);
                return true;
            case 15 when Utf8.Is(name, "loggedByService"u8):
                service = Next(ref reader);
                return true;
            case 17 when Utf8.Is(name, "resultDescription"u8):
                Description = Next(ref reader);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether the category says that it is an audit record's envelope.</summary>
    public readonly bool IsAudit => Utf8.Is(Raw(category), "\"AuditLogs\""u8);

    /// <summary>Whether something that people see is only in the envelope.</summary>
    /// <param name="properties">The record in it.</param>
    public readonly bool HasMoreThan(ReadOnlySpan<byte> properties) =>
        IsMissing(address, properties) || IsMissing(Description, properties) || IsMissing(identity, properties)
        || IsMissing(activity, properties) || IsMissing(agent, properties);

    /// <summary>Fills what the record lacks.</summary>
    public readonly void Fill(AuditFields fields)
    {
        if (fields.Tenant.IsEmpty) fields.Tenant = Take(tenant, fields);
        if (fields.Tenant.IsEmpty) fields.Tenant = TenantOf(Take(resource, fields), fields);
        if (fields.Activity.IsEmpty) fields.Activity = Take(activity, fields);
        if (fields.CorrelationId.IsEmpty) fields.CorrelationId = Take(correlation, fields);
        if (fields.Result.IsEmpty) fields.Result = Take(result, fields);
        if (fields.Result.IsEmpty && !Utf8.Is(Raw(signature), "\"None\""u8)) fields.Result = Take(signature, fields);
        if (fields.Address.IsEmpty) fields.Address = Take(address, fields);
        if (fields.OperationType.IsEmpty) fields.OperationType = Take(operationType, fields);
        if (fields.Service.IsEmpty) fields.Service = Take(service, fields);
        if (fields.Category.IsEmpty && !IsAudit) fields.Category = Take(category, fields);
        if (fields.Reason.Length <= 2 && Description.Length > 2) fields.Reason = Description;
        if (fields is { Ticks: 0, BadTime: null } && TimeText.TryParse(fields.Get(Take(time, fields)), fields.Dates, out var ticks))
            fields.Ticks = ticks;
        if (identity.Length > 2) FillActor(fields);
    }

    /// <summary>The identity of the token: a display name, a UPN or an id.</summary>
    private readonly void FillActor(AuditFields fields)
    {
        ref var actor = ref fields.Actor;
        var isNobody = actor.Id.IsEmpty && actor.Name.IsEmpty && actor.UserPrincipalName.IsEmpty && actor.AppId.IsEmpty;
        var isUser = isNobody || Utf8.Is(fields.Get(actor.Type), "User"u8);
        if (!isNobody && !actor.Name.IsEmpty && (!isUser || !actor.UserPrincipalName.IsEmpty)) return;
        var text = Take(identity, fields);
        if (text.IsEmpty) return;
        var bytes = fields.Get(text);
        if (bytes.Length == 36 && Utf8Parser.TryParse(bytes, out Guid _, out var read) && read == bytes.Length)
        {
            if (isNobody) actor.Id = text;
        }
        else if (isUser && bytes.Contains((byte)'@'))
        {
            if (actor.UserPrincipalName.IsEmpty) actor.UserPrincipalName = text;
            if (isNobody && actor.Type.IsEmpty) actor.Type = fields.Add("User"u8);
        }
        else if (actor.Name.IsEmpty)
        {
            actor.Name = text;
        }
    }

    /// <summary>The id in <c>/tenants/&lt;id&gt;/providers/…</c>.</summary>
    public static TextRange TenantOf(TextRange resource, RecordFields fields)
    {
        const int Length = 36;
        var text = fields.Get(resource);
        var at = text.IndexOf("/tenants/"u8) is >= 0 and var lower ? lower : text.IndexOf("/TENANTS/"u8);
        return at >= 0 && text.Length >= at + 9 + Length && Utf8Parser.TryParse(text.Slice(at + 9, Length), out Guid _, out _)
            ? new(resource.Start + at + 9, Length) : default;
    }

    private readonly bool IsMissing(TextRange piece, ReadOnlySpan<byte> properties) =>
        piece.Length > 2 && Raw(piece)[0] == '"' && properties.IndexOf(Raw(piece)[1..^1]) < 0;

    private readonly ReadOnlySpan<byte> Raw(TextRange piece) => record.Slice(piece.Start, piece.Length);

    private readonly TextRange Take(TextRange piece, AuditFields fields)
    {
        if (piece.IsEmpty) return default;
        var reader = new Utf8JsonReader(Raw(piece), isFinalBlock: true, default);
        reader.Read();
        return FieldReader.Text(ref reader, fields);
    }

    private static TextRange Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        // Null and nested values count as missing.
        return reader.TokenType is JsonTokenType.Null or JsonTokenType.EndObject or JsonTokenType.EndArray ? default
            : new(start, (int)reader.BytesConsumed - start);
    }
}
