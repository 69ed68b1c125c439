using System.Globalization;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>
/// What the views of the provisioning log and of its trails show, and the Graph SDK's nested objects, as hidden code
/// properties; see <see cref="ActivityView"/> for why.
/// </summary>
public static class ProvisioningView
{
    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as ProvisioningLogEntry)?.GetOriginal();

    /// <summary>The Graph SDK's DurationInMilliseconds; null when the export does not say.</summary>
    public static object? DurationInMilliseconds(PSObject instance) => Cell.Value(instance, "Duration") is TimeSpan span ? (long)span.TotalMilliseconds : null;

    /// <summary>The Graph SDK's ProvisioningStatusInfo: status, and error information where there was an error.</summary>
    public static object ProvisioningStatusInfo(PSObject instance)
    {
        var info = Note(("Status", Cell.Value(instance, "Status")));
        string[] parts = ["ErrorCode", "ErrorCategory", "Reason", "RecommendedAction"];
        var known = parts.Any(part => Cell.Value(instance, part) is not null);
        info.Properties.Add(new PSNoteProperty("ErrorInformation", known
            ? Note([.. parts.Select(part => (part, Cell.Value(instance, part))), ("AdditionalDetails", Cell.Value(instance, "ErrorDetails"))])
            : null));
        return info;
    }

    /// <summary>The Graph SDK's ServicePrincipal: id and display name of the application.</summary>
    public static object ServicePrincipal(PSObject instance) =>
        Note(("Id", Cell.Value(instance, "ApplicationId")), ("DisplayName", Cell.Value(instance, "Application")));

    /// <summary>Whom or what it is about.</summary>
    public static object Identity(PSObject instance) =>
        instance.BaseObject is ProvisioningLogEntry entry ? Cell.Line(entry.Identity) : Cell.Line(instance, "Identity");

    /// <summary>create, update…</summary>
    public static object Action(PSObject instance) => Cell.Line(instance, "Action");

    /// <summary>The system that is read.</summary>
    public static object Source(PSObject instance) => Cell.Line(instance, "SourceSystem");

    /// <summary>The system that is written.</summary>
    public static object Target(PSObject instance) => Cell.Line(instance, "TargetSystem");

    /// <summary>The application and its id.</summary>
    public static object Application(PSObject instance)
    {
        var (name, id) = (Cell.Line(instance, "Application"), Cell.Line(instance, "ApplicationId"));
        return id.Length == 0 || id == name ? name : $"{name} ({id})";
    }

    /// <summary>The status in its colour.</summary>
    public static object Status(PSObject instance) =>
        Palette.State(instance.BaseObject is ProvisioningLogEntry entry ? Cell.Line(entry.Status) : Cell.Line(instance, "Status"));

    /// <summary>The steps, a line each, without their details.</summary>
    public static object StepLines(PSObject instance) => ProvisioningText.Steps(instance, details: false);

    /// <summary>The steps in order with status, description and details.</summary>
    public static object Steps(PSObject instance) => ProvisioningText.Steps(instance, details: true);

    /// <summary>Modified properties, a line each.</summary>
    public static object Changes(PSObject instance) => string.Join('\n', Cell.Items(instance, "ModifiedProperties").Select(ProvisioningText.Change));

    /// <summary>Error, reason and advice; why it was skipped. Empty when all went well.</summary>
    public static object Troubleshooting(PSObject instance) => ProvisioningText.Troubleshooting(instance);

    /// <summary>Both identities with their ids, and the ids of cycle, job and change.</summary>
    public static object Summary(PSObject instance) => ProvisioningText.Summary(instance);

    /// <summary>Imports that brought it, a line each.</summary>
    public static object Evidence(PSObject instance) => DetailText.Evidence(instance);

    /// <summary>The type of a step.</summary>
    public static object Type(PSObject instance) => Cell.Line(instance, "Type");

    /// <summary>The type of a step, and below it its name.</summary>
    public static object TypeAndName(PSObject instance) => $"{Type(instance)}\n{Cell.Line(instance, "Name")}".Trim('\n');

    /// <summary>What happened in a step.</summary>
    public static object Description(PSObject instance) => Cell.Line(instance, "Description");

    /// <summary>Details of a step, a line each.</summary>
    public static object Details(PSObject instance) => DetailText.Pairs(instance, "Details");

    /// <summary>Whose trail it is: identity and application.</summary>
    public static object Trail(PSObject instance)
    {
        var (identity, application) = (Cell.Line(instance, "Identity"), Cell.Line(instance, "Application"));
        if (identity.Length == 0) identity = "(unnamed)";
        return application.Length == 0 ? identity : $"{identity} · {application}";
    }

    /// <summary>What an event's pass is grouped by: events without a pass stand alone.</summary>
    public static object Pass(PSObject instance) => Cell.Line(instance, "Pass") is { Length: > 0 } pass ? pass : Cell.Line(instance, "RecordId");

    /// <summary>Name of the event's activity.</summary>
    public static object Activity(PSObject instance) => Cell.Line(instance, "Activity");

    /// <summary>What happened; the error's code; and, on the last event of a pass, where the trail is incomplete.</summary>
    public static object What(PSObject instance)
    {
        var (reason, code, name, note) =
            (Cell.Line(instance, "StatusReason"), Cell.Line(instance, "ErrorCode"), Cell.Line(instance, "EventName"), Cell.Line(instance, "Note"));
        if (reason.Length == 0) reason = name;
        if (code.Length > 0 && !reason.Contains(code, StringComparison.OrdinalIgnoreCase)) reason = reason.Length == 0 ? code : $"{code}: {reason}";
        return note.Length == 0 ? reason : $"{reason}\n{Palette.Warning("Incomplete: " + note)}".TrimStart('\n');
    }

    /// <summary>What happened, in the service's words.</summary>
    public static object StatusReason(PSObject instance) => Cell.Line(instance, "StatusReason");

    /// <summary>Where the trail is incomplete.</summary>
    public static object Incomplete(PSObject instance) => Cell.Line(instance, "Note") is { Length: > 0 } note ? Palette.Warning(note) : string.Empty;

    /// <summary>The portal's column Target(s).</summary>
    public static object Targets(PSObject instance) => string.Join(", ", Cell.Items(instance, "Targets").Select(target => Cell.Line(target)));

    /// <summary>The application, and below it the object's id.</summary>
    public static object TargetLines(PSObject instance) => string.Join('\n', Cell.Items(instance, "Targets").Select(target => Cell.Line(target)));

    /// <summary>Attributes that were retrieved, evaluated or written, a line each.</summary>
    public static object Attributes(PSObject instance) => string.Join('\n', Cell.Items(instance, "Attributes").Select(ProvisioningText.Attribute));

    /// <summary>Code of an error.</summary>
    public static object ErrorCode(PSObject instance) => Cell.Line(instance, "ErrorCode") is { Length: > 0 } code ? code : "(no code)";

    /// <summary>Code and message of an error.</summary>
    public static object Error(PSObject instance) => Cell.Line(instance, "Error");

    private static PSObject Note(params (string Name, object? Value)[] properties)
    {
        var note = new PSObject();
        foreach (var (name, value) in properties) note.Properties.Add(new PSNoteProperty(name, value));
        return note;
    }

    /// <summary>A time as views write it.</summary>
    internal static string Utc(object? time, string format = "yyyy-MM-dd HH:mm:ss'Z'") =>
        time is DateTimeOffset at ? at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture) : Cell.Line(time);
}
