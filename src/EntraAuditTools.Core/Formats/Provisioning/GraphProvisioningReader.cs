using System.Globalization;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;
using static EntraAuditTools.Core.Formats.Json.FieldReader;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// Reads a Graph <c>provisioningObjectSummary</c> (CSDL; FORMATS §1.2) of v1.0 or beta, or a diagnostic-settings envelope around one
/// (FORMATS §3: Id, Name and Type in PascalCase, numbers for words), into <see cref="ProvisioningFields"/> in a single pass.
/// </summary>
internal static class GraphProvisioningReader
{
    /// <summary>Reads one entry.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="RecordException">It is no object, or holds texts that are not Unicode.</exception>
    public static void Read(ReadOnlySpan<byte> record, ProvisioningFields fields)
    {
        fields.Clear();
        var reader = Open(record);
        ReadRecord(ref reader, fields);
        ReadToEnd(ref reader);
    }

    /// <summary>
    /// Reads the entry in the <c>properties</c> of an envelope, and what only the envelope contains. False when it is no provisioning
    /// log's.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public static bool ReadEnvelope(ReadOnlySpan<byte> record, ProvisioningFields fields)
    {
        fields.Clear();
        var reader = Open(record);
        TextRange tenant = default, change = default, identity = default, result = default, code = default, time = default,
            resource = default, operation = default;
        var (isProvisioning, found, duration) = (false, false, -1L);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "properties"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject) return false;
                ReadRecord(ref reader, fields);
                found = true;
            }
            else if (Utf8.Is(name, "category"u8))
            {
                reader.Read();
                isProvisioning = reader.TokenType == JsonTokenType.String && Utf8.Is(reader.ValueSpan, "ProvisioningLogs"u8);
            }
            else if (Utf8.Is(name, "tenantId"u8)) tenant = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "correlationId"u8)) change = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "identity"u8)) identity = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "resultType"u8)) result = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "resultSignature"u8)) code = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "time"u8)) time = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "resourceId"u8)) resource = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "operationName"u8)) operation = Uncounted(ref reader, fields);
            else if (Utf8.Is(name, "durationMs"u8)) duration = Number(fields, Uncounted(ref reader, fields));
            else Skip(ref reader);
        }

        if (fields.Tenant.IsEmpty) fields.Tenant = tenant.IsEmpty ? AuditEnvelope.TenantOf(resource, fields) : tenant;
        // "Provisioning activity" in most; the action in some.
        if (fields.Action.IsEmpty && ProvisioningWords.Known(ProvisioningWords.Actions, fields.Get(operation)) != fields.Get(operation))
            fields.Action = operation;
        if (fields.ChangeId.IsEmpty) fields.ChangeId = change;
        if (fields.Id.IsEmpty) fields.Id = identity;
        if (fields.Status.IsEmpty) fields.Status = result;
        if (fields.ErrorCode.IsEmpty) SetCode(fields, code);
        // The envelope writes 0 where nothing was measured.
        if (fields.Duration < 0 && duration > 0) fields.Duration = duration;
        if (fields.Ticks == 0 && fields.BadTime == null && TimeText.TryParse(fields.Get(time), fields.Dates, out var ticks))
            fields.Ticks = ticks;
        ReadToEnd(ref reader);
        return isProvisioning && found;
    }

    private static void ReadRecord(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        TextRange oldAction = default, result = default, code = default, statusText = default;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            switch (name.Length)
            {
                case 2 when Utf8.Is(name, "id"u8):
                    fields.Id = Value(ref reader, fields);
                    break;
                case 5 when Utf8.Is(name, "jobId"u8):
                    fields.JobId = Value(ref reader, fields);
                    break;
                case 6 when Utf8.Is(name, "action"u8):
                    oldAction = Uncounted(ref reader, fields);
                    break;
                case 7 when Utf8.Is(name, "cycleId"u8):
                    fields.CycleId = Value(ref reader, fields);
                    break;
                case 8 when Utf8.Is(name, "changeId"u8):
                    fields.ChangeId = Value(ref reader, fields);
                    break;
                case 8 when Utf8.Is(name, "tenantId"u8):
                    fields.Tenant = Uncounted(ref reader, fields);
                    break;
                case 10 when Utf8.Is(name, "resultType"u8):
                    result = Uncounted(ref reader, fields);
                    break;
                case 10 when Utf8.Is(name, "statusInfo"u8):
                    ReadStatus(ref reader, fields, ref statusText);
                    break;
                case 11 when Utf8.Is(name, "initiatedBy"u8):
                    ReadInitiator(ref reader, fields);
                    break;
                case 12 when Utf8.Is(name, "sourceSystem"u8):
                    ReadSystem(ref reader, fields, ref fields.SourceSystem);
                    break;
                case 12 when Utf8.Is(name, "targetSystem"u8):
                    ReadSystem(ref reader, fields, ref fields.TargetSystem);
                    break;
                case 14 when Utf8.Is(name, "sourceIdentity"u8):
                    ReadIdentity(ref reader, fields, ref fields.Source);
                    break;
                case 14 when Utf8.Is(name, "targetIdentity"u8):
                    ReadIdentity(ref reader, fields, ref fields.Target);
                    break;
                case 15 when Utf8.Is(name, "resultSignature"u8):
                    code = Uncounted(ref reader, fields);
                    break;
                case 16 when Utf8.Is(name, "activityDateTime"u8):
                    ReadTime(ref reader, fields);
                    break;
                case 16 when Utf8.Is(name, "servicePrincipal"u8):
                    ReadServicePrincipal(ref reader, fields);
                    break;
                case 17 when Utf8.Is(name, "provisioningSteps"u8):
                    ReadObjects(ref reader, fields, ReadStep);
                    break;
                case 18 when Utf8.Is(name, "provisioningAction"u8):
                    fields.Action = Value(ref reader, fields);
                    break;
                case 18 when Utf8.Is(name, "modifiedProperties"u8):
                    reader.Read();
                    CountAll(ref reader, fields);
                    break;
                case 22 when Utf8.Is(name, "durationInMilliseconds"u8):
                    fields.Duration = Number(fields, Value(ref reader, fields));
                    break;
                case 22 when Utf8.Is(name, "provisioningStatusInfo"u8):
                    ReadStatus(ref reader, fields, ref fields.Status);
                    break;
                default:
                    fields.HasOther |= !IsAnnotation(name);
                    Skip(ref reader);
                    break;
            }
        }

        if (fields.Action.IsEmpty) fields.Action = oldAction;
        if (fields.Status.IsEmpty) fields.Status = statusText.IsEmpty ? result : statusText;
        if (fields.ErrorCode.IsEmpty) SetCode(fields, code);
    }

    private static void ReadInitiator(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        reader.Read();
        if (!EnterObject(ref reader, fields)) return;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "app"u8) || Utf8.Is(name, "user"u8))
            {
                // As the audit log writes initiators.
                var isApp = name.Length == 3;
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject) ReadParty(ref reader, fields, isApp);
                else reader.Skip();
            }
            else if (Utf8.Is(name, "id"u8) || Utf8.Is(name, "servicePrincipalId"u8)) fields.Initiator.Id = Value(ref reader, fields);
            else if (Utf8.Is(name, "appId"u8)) fields.Initiator.AppId = Value(ref reader, fields);
            else if (Utf8.Is(name, "userPrincipalName"u8)) fields.Initiator.UserPrincipalName = Value(ref reader, fields);
            else if (IsName(name)) fields.Initiator.Name = Value(ref reader, fields);
            else if (Utf8.Is(name, "initiatorType"u8) || Utf8.Is(name, "initiatingType"u8) || Utf8.Is(name, "type"u8))
                fields.Initiator.Type = Value(ref reader, fields);
            else Skip(ref reader);
        }
    }

    private static void ReadParty(ref Utf8JsonReader reader, ProvisioningFields fields, bool isApp)
    {
        PartyFields party = default;
        TextRange principalName = default;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "id"u8) || Utf8.Is(name, "servicePrincipalId"u8)) party.Id = Value(ref reader, fields);
            else if (Utf8.Is(name, "appId"u8)) party.AppId = Value(ref reader, fields);
            else if (Utf8.Is(name, "servicePrincipalName"u8)) principalName = Value(ref reader, fields);
            else if (Utf8.Is(name, "userPrincipalName"u8)) party.UserPrincipalName = Value(ref reader, fields);
            else if (IsName(name)) party.Name = Value(ref reader, fields);
            else Skip(ref reader);
        }

        if (party.Name.IsEmpty) party.Name = principalName;
        if (party.Id.IsEmpty && party.AppId.IsEmpty && party.Name.IsEmpty && party.UserPrincipalName.IsEmpty) return;
        party.Type = fields.Initiator.Type.IsEmpty ? fields.Add(isApp ? "application"u8 : "user"u8) : fields.Initiator.Type;
        fields.Initiator = party;
    }

    /// <summary>One object, or a list of which the first counts (the documentation calls it a collection, the wire sends one).</summary>
    private static void ReadServicePrincipal(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && PowerShellValue.TryOpen(reader, out var inner))
        {
            reader.Skip();
            ReadServicePrincipals(ref inner, fields);
            return;
        }

        ReadServicePrincipals(ref reader, fields);
    }

    private static void ReadServicePrincipals(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        var isList = reader.TokenType == JsonTokenType.StartArray;
        if (isList) reader.Read();
        if (isList && reader.TokenType == JsonTokenType.EndArray) return;
        if (EnterObject(ref reader, fields))
        {
            var folded = 0;
            while (Next(ref reader, ref folded))
            {
                var name = reader.ValueSpan;
                if (Utf8.Is(name, "id"u8)) fields.Application.Id = Value(ref reader, fields);
                else if (Utf8.Is(name, "appId"u8)) fields.Application.AppId = Value(ref reader, fields);
                else if (IsName(name)) fields.Application.Name = Value(ref reader, fields);
                else Skip(ref reader);
            }
        }

        while (isList && reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
    }

    private static void ReadSystem(ref Utf8JsonReader reader, ProvisioningFields fields, ref TextRange system)
    {
        reader.Read();
        if (!EnterObject(ref reader, fields)) return;
        TextRange id = default;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "id"u8)) id = Value(ref reader, fields);
            else if (IsName(name)) system = Value(ref reader, fields);
            else if (Utf8.Is(name, "details"u8)) ReadDetails(ref reader, fields, OfSystem);
            else Skip(ref reader);
        }

        if (system.IsEmpty) system = id;
    }

    private static void ReadIdentity(ref Utf8JsonReader reader, ProvisioningFields fields, ref PartyFields identity)
    {
        reader.Read();
        if (!EnterObject(ref reader, fields)) return;
        var before = fields.Imported;
        fields.Imported = default;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "id"u8)) identity.Id = Value(ref reader, fields);
            else if (IsName(name)) identity.Name = Value(ref reader, fields);
            else if (Utf8.Is(name, "identityType"u8)) identity.Type = Value(ref reader, fields);
            else if (Utf8.Is(name, "userPrincipalName"u8)) identity.UserPrincipalName = Value(ref reader, fields);
            else if (Utf8.Is(name, "details"u8)) ReadDetails(ref reader, fields, OfObject);
            else Skip(ref reader);
        }

        Fill(ref identity, fields.Imported);
        DeletedUser.Restore(fields, ref identity);
        fields.Imported = before;
    }

    private static void ReadStatus(ref Utf8JsonReader reader, ProvisioningFields fields, ref TextRange status)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject && PowerShellValue.TryOpen(reader, out var inner))
        {
            reader.Skip();
            status = FieldReader.Text(ref inner, fields);
            return;
        }

        // Some tools flatten it to the status alone.
        if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.StartsWith("@{"u8)
            && !reader.ValueSpan.StartsWith("Microsoft."u8))
        {
            status = FieldReader.Text(ref reader, fields);
            return;
        }

        if (!EnterObject(ref reader, fields)) return;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "status"u8)) status = Value(ref reader, fields);
            else if (Utf8.Is(name, "errorInformation"u8)) ReadError(ref reader, fields);
            else ReadErrorProperty(ref reader, fields);
        }
    }

    private static void ReadError(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null || !EnterObject(ref reader, fields)) return;
        var folded = 0;
        while (Next(ref reader, ref folded)) ReadErrorProperty(ref reader, fields);
    }

    private static void ReadErrorProperty(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        var name = reader.ValueSpan;
        if (Utf8.Is(name, "errorCode"u8)) SetCode(fields, Value(ref reader, fields));
        else if (Utf8.Is(name, "errorCategory"u8))
        {
            var category = Value(ref reader, fields);
            if (!category.IsEmpty) fields.ErrorCategory = category;
        }
        else
        {
            reader.Read();
            Count(ref reader, fields);
        }
    }

    private static void ReadStep(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        TextRange type = default, status = default;
        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var name = reader.ValueSpan;
            if (Utf8.Is(name, "details"u8)) ReadDetails(ref reader, fields, OfObject);
            else if (Utf8.Is(name, "provisioningStepType"u8)) type = Value(ref reader, fields);
            else if (Utf8.Is(name, "status"u8)) status = Value(ref reader, fields);
            else
            {
                reader.Read();
                Count(ref reader, fields);
            }
        }

        if (Utf8.Is(ProvisioningWords.Known(ProvisioningWords.StepTypes, fields.Get(type)), "scoping"u8)
            && Utf8.Is(ProvisioningWords.Known(ProvisioningWords.Results, fields.Get(status)), "skipped"u8)) fields.IsOutOfScope = true;
    }

    /// <summary>An open dictionary, of which some keys are of use; a list of names and values in some exports.</summary>
    private static void ReadDetails(ref Utf8JsonReader reader, ProvisioningFields fields, byte[][] wanted)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (reader.TokenType == JsonTokenType.StartArray) CountAll(ref reader, fields);
            else NoteCut(ref reader, fields);
            return;
        }

        var folded = 0;
        while (Next(ref reader, ref folded))
        {
            var index = IndexOf(wanted, reader.ValueSpan);
            if (index < 0)
            {
                var decides = IsScopeTest(reader.ValueSpan);
                reader.Read();
                if (decides && (reader.TokenType == JsonTokenType.False
                    || (reader.TokenType == JsonTokenType.String && Utf8.Is(reader.ValueSpan, "False"u8)))) fields.IsOutOfScope = true;
                Count(ref reader, fields);
                continue;
            }

            var value = Value(ref reader, fields);
            if (value.IsEmpty) continue;
            if (wanted == OfSystem) KeepFirst(ref index == 0 ? ref fields.Application.Id : ref index == 1 ? ref fields.Application.Name
                : ref fields.Application.AppId, value);
            else if (index == 0) KeepFirst(ref fields.SkipReason, value);
            else if (index <= 2) KeepFirst(ref fields.Imported.UserPrincipalName, value);
            else KeepFirst(ref fields.Imported.Name, value);
        }
    }

    private static readonly byte[][] OfSystem = [[.. "ServicePrincipalId"u8], [.. "ServicePrincipalDisplayName"u8], [.. "ApplicationId"u8]];
    private static readonly byte[][] OfObject = [[.. "SkipReason"u8], [.. "UserPrincipalName"u8], [.. "ReportableIdentifier"u8],
        [.. "DisplayName"u8]];

    /// <summary>Keys of a scoping step's details (FORMATS §7): "Assigned to the application", "User has the required role"…</summary>
    private static bool IsScopeTest(ReadOnlySpan<byte> key) =>
        Utf8.Is(key, "Active in the source system"u8) || Utf8.Is(key, "Assigned to the application"u8)
        || Utf8.Is(key, "Scoping filter evaluation passed"u8) || key.EndsWith("has the required role"u8);

    private static int IndexOf(byte[][] names, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (Utf8.Is(name, names[i])) return i;
        }

        return -1;
    }

    private static void KeepFirst(ref TextRange known, TextRange value)
    {
        if (known.IsEmpty) known = value;
    }

    private static void Fill(ref PartyFields identity, in PartyFields details)
    {
        KeepFirst(ref identity.UserPrincipalName, details.UserPrincipalName);
        KeepFirst(ref identity.Name, details.Name);
    }

    private static void SetCode(ProvisioningFields fields, TextRange code)
    {
        if (!ProvisioningWords.IsNone(fields.Get(code))) fields.ErrorCode = code;
    }

    private static bool IsName(ReadOnlySpan<byte> name) => Utf8.Is(name, "displayName"u8) || Utf8.Is(name, "name"u8);

    private static TextRange Uncounted(ref Utf8JsonReader reader, ProvisioningFields fields)
    {
        reader.Read();
        return FieldReader.Text(ref reader, fields);
    }

    private static long Number(ProvisioningFields fields, TextRange text) =>
        double.TryParse(Encoding.UTF8.GetString(fields.Get(text)), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < int.MaxValue ? (long)number : -1;
}
