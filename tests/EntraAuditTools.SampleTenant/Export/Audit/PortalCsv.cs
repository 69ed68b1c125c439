using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// The portal's download of the audit log: no id, no operation type, at most three targets with five properties each and six details.
/// </summary>
public static class PortalCsv
{
    private const int TargetLimit = 3;
    private const int IdentityColumns = 4;
    private const int PropertyLimit = 5;
    private const int DetailLimit = 6;

    private static readonly string[] Head =
    [
        "Date (UTC)", "CorrelationId", "Service", "Category", "Activity", "Result", "ResultReason", "User Agent", "ActorType",
        "ActorDisplayName", "ActorObjectId",
        "ActorUserPrincipalName", "IPAddress", "ActorHomeTenantId", "ActorHomeTenantName", "ActorServicePrincipalId",
            "ActorServicePrincipalName",
    ];

    // What the Spanish portal was seen to translate; the rest stays English there.
    private static readonly Dictionary<string, string> Spanish = new()
    {
        ["Date (UTC)"] = "Fecha (UTC)", ["Service"] = "Servicio", ["Category"] = "Categoría", ["Activity"] = "Actividad",
            ["Result"] = "Resultado",
        ["User Agent"] = "Agente de usuario",
        ["Target1UserPrincipalName"] = "Objetivo1NombrePrincipalDeUsuario",
        ["Target2UserPrincipalName"] = "Objetivo2NombrePrincipalDeUsuario",
            ["Target3UserPrincipalName"] = "Objetivo3NombrePrincipalDeUsuario",
    };

    /// <summary>The 86 columns of today.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        [.. Head, .. Enumerable.Range(1, TargetLimit).SelectMany(TargetColumns),
            .. Enumerable.Range(1, DetailLimit).SelectMany(DetailColumns)];

    public static void Write(Stream stream, IEnumerable<AuditEvent> events, bool spanish = false)
    {
        ArgumentNullException.ThrowIfNull(events);
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: false);
        csv.Row([.. Columns.Select(column => spanish ? Spanish.GetValueOrDefault(column, column) : column)]);
        var cells = new string?[Columns.Count];
        foreach (var audit in events)
        {
            Array.Clear(cells);
            int at = Common(cells, audit, Iso8601.Text(audit.Ticks, "+00:00"), spanish);
            for (int number = 0; number < TargetLimit; number++)
            {
                if (number < audit.Targets.Count)
                    Target(cells.AsSpan(at), audit.Targets[number], true);
                at += IdentityColumns + 3 * PropertyLimit;
            }

            Details(cells.AsSpan(at), audit);
            csv.Row(cells);
        }
    }

    /// <summary>
    /// The generation before: whole seconds, fewer columns about the initiator, and the properties of the first target in one column as
    /// JSON.
    /// </summary>
    public static void WriteOlder(Stream stream, IEnumerable<AuditEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: false);
        string[] columns =
        [
            "Date (UTC)", "CorrelationId", "Service", "Category", "Activity", "Result", "ResultReason", "ActorType", "ActorDisplayName",
            "ActorObjectId", "ActorUserPrincipalName", "IPAddress",
            "ActorServicePrincipalId", "ActorServicePrincipalName", .. Enumerable.Range(1, TargetLimit)
            .SelectMany(number => TargetColumns(number).Take(IdentityColumns)), "ModifiedProperties",
            .. Enumerable.Range(1, DetailLimit).SelectMany(DetailColumns),
        ];
        csv.Row(columns);
        using var text = new JsonText();
        var cells = new string?[columns.Length];
        foreach (var audit in events)
        {
            Array.Clear(cells);
            var all = new string?[Head.Length];
            Common(all, audit, Iso8601.Text(audit.Ticks - audit.Ticks % TimeSpan.TicksPerSecond, "+00:00"), false);
            all[..7].CopyTo(cells, 0);
            all[8..13].CopyTo(cells, 7);
            all[15..].CopyTo(cells, 12);
            int at = 14;
            for (int number = 0; number < TargetLimit; number++, at += IdentityColumns)
            {
                if (number < audit.Targets.Count)
                    Target(cells.AsSpan(at), audit.Targets[number], false);
            }

            if (audit.Targets is [{ Properties.Count: > 0 } first, ..])
                cells[at] = text.Text(json => Pascal(json, first.Properties));
            Details(cells.AsSpan(at + 1), audit);
            csv.Row(cells);
        }
    }

    private static int Common(Span<string?> cells, AuditEvent audit, string time, bool spanish)
    {
        var actor = audit.Actor;
        cells[0] = time;
        cells[1] = audit.CorrelationId;
        cells[2] = audit.Service;
        cells[3] = audit.Category;
        cells[4] = audit.Activity;
        cells[5] = audit.Result;
        cells[6] = audit.ResultReason;
        cells[7] = audit.UserAgent;
        cells[8] = actor.IsUser ? spanish ? "Usuario" : "User" : spanish ? "Aplicación" : "Application";
        cells[9] = actor.DisplayName;
        cells[12] = actor.IpAddress;
        if (actor.IsUser)
        {
            cells[10] = actor.Id;
            cells[11] = actor.UserPrincipalName;
            cells[13] = actor.HomeTenantId;
            cells[14] = actor.HomeTenantName;
        }
        else
        {
            cells[15] = actor.Id;
        }

        return Head.Length;
    }

    private static void Target(Span<string?> cells, EventTarget target, bool properties)
    {
        cells[0] = target.Type;
        cells[1] = target.DisplayName;
        cells[2] = target.Id;
        cells[3] = target.UserPrincipalName;
        for (int index = 0; properties && index < PropertyLimit && index < target.Properties.Count; index++)
        {
            cells[4 + 3 * index] = target.Properties[index].Name;
            cells[5 + 3 * index] = target.Properties[index].OldValue;
            cells[6 + 3 * index] = target.Properties[index].NewValue;
        }
    }

    private static void Details(Span<string?> cells, AuditEvent audit)
    {
        for (int index = 0; index < DetailLimit && index < audit.Details.Count; index++)
        {
            cells[2 * index] = audit.Details[index].Key;
            cells[2 * index + 1] = audit.Details[index].Value;
        }
    }

    private static void Pascal(Utf8JsonWriter json, IReadOnlyList<EventProperty> properties)
    {
        json.WriteStartArray();
        foreach (var property in properties)
        {
            json.WriteStartObject();
            json.WriteString("DisplayName", property.Name);
            json.WriteString("OldValue", property.OldValue);
            json.WriteString("NewValue", property.NewValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> TargetColumns(int number)
    {
        foreach (string column in (string[])["Type", "DisplayName", "ObjectId", "UserPrincipalName"])
            yield return $"Target{number}{column}";
        for (int property = 1; property <= PropertyLimit; property++)
        {
            yield return $"Target{number}ModifiedProperty{property}Name";
            yield return $"Target{number}ModifiedProperty{property}OldValue";
            yield return $"Target{number}ModifiedProperty{property}NewValue";
        }
    }

    private static IEnumerable<string> DetailColumns(int number) => [$"AdditionalDetail{number}Key", $"AdditionalDetail{number}Value"];
}
