using System.Globalization;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Provisioning;

/// <summary>The tabs of the portal's drawer as readable lines for list views.</summary>
internal static class ProvisioningText
{
    /// <summary>"Name: old → new"; the old value is blank when there was none, as in the portal.</summary>
    public static string Change(PSObject property)
    {
        var old = Cell.Line(property, "OldValue");
        var before = old.Length == 0 ? string.Empty : old + " ";
        return $"{Cell.Line(property, "Name")}: {before}→ {Cell.Line(property, "NewValue")}".TrimEnd();
    }

    /// <summary>"Name = value" of what was only read or evaluated, "Name: old → new" of what was changed.</summary>
    public static string Attribute(PSObject property) => Cell.Line(property, "OldValue").Length == 0
        ? $"{Cell.Line(property, "Name")} = {Cell.Line(property, "NewValue")}"
        : Change(property);

    /// <summary>"1. import, EntryImportAdd: success" and the description below; with details, indented below that.</summary>
    public static string Steps(PSObject entry, bool details)
    {
        var lines = new List<string>();
        foreach (var step in Cell.Items(entry, "Steps"))
        {
            var named = string.Join(", ", new[] { Cell.Line(step, "Type"), Cell.Line(step, "Name") }.Where(text => text.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase));
            var status = Cell.Line(step, "Status");
            lines.Add($"{Cell.Line(step, "Order")}. "
                + $"{(named.Length == 0 ? "(unnamed)" : named)}{(status.Length == 0 ? string.Empty : ": " + Palette.State(status))}");
            if (!details) continue;
            if (Cell.Line(step, "Description") is { Length: > 0 } description) lines.Add("   " + description);
            lines.AddRange(Cell.Items(step, "Details").Select(detail => $"     {Cell.Line(detail, "Key")} = {Cell.Line(detail, "Value")}"));
        }

        return string.Join('\n', lines);
    }

    /// <summary>Error code with category, reason, recommended action, what else is known; or why it was skipped.</summary>
    public static string Troubleshooting(PSObject entry)
    {
        var lines = new List<string>();
        Add(lines, "Error code", Cell.Line(entry, "ErrorCode"), Cell.Line(entry, "ErrorCategory"));
        Add(lines, "Reason", Cell.Line(entry, "Reason"));
        Add(lines, "Recommended action", Cell.Line(entry, "RecommendedAction"));
        Add(lines, "Details", Cell.Line(entry, "ErrorDetails"));
        Add(lines, "Skipped because", Cell.Line(entry, "SkipReason"));
        return string.Join('\n', lines);
    }

    /// <summary>Source and target identity, cycle, job, change, duration, initiator, tenant: what is known of them.</summary>
    public static string Summary(PSObject entry)
    {
        var lines = new List<string>
        {
            $"Source: {Side(entry, "SourceIdentity", "SourceSystem")}",
            $"Target: {Side(entry, "TargetIdentity", "TargetSystem")}",
        };
        Add(lines, "Cycle id", Cell.Line(entry, "CycleId"));
        Add(lines, "Job id", Cell.Line(entry, "JobId"));
        Add(lines, "Change id", Cell.Line(entry, "ChangeId"));
        Add(lines, "Duration", Cell.Value(entry, "Duration") is TimeSpan span ? Span(span) : Cell.Line(entry, "Duration"));
        Add(lines, "Initiated by", Cell.Line(entry, "InitiatedBy"), Cell.Line(entry, "InitiatorType"));
        if (Cell.Value(entry, "IsOnDemand") is true) lines.Add("On demand: somebody asked for it (provisionOnDemand)");
        Add(lines, "Tenant id", Cell.Line(entry, "TenantId"));
        return string.Join('\n', lines);
    }

    /// <summary>A duration for people.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.CurrentCulture, $"{span.TotalMilliseconds:N0} ms"),
        { TotalSeconds: < 100 } => string.Create(CultureInfo.CurrentCulture, $"{span.TotalSeconds:N1} s"),
        _ => span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture),
    };

    private static string Side(PSObject entry, string property, string system)
    {
        var parts = new List<string>();
        if (Cell.Value(entry, property) is { } value)
        {
            var identity = PSObject.AsPSObject(value);
            var (name, upn, id, type) =
                (Cell.Line(identity, "DisplayName"), Cell.Line(identity, "UserPrincipalName"),
                    Cell.Line(identity, "Id"), Cell.Line(identity, "Type"));
            if (type.Length > 0) parts.Add(type);
            if (name.Length > 0) parts.Add(name);
            if (upn.Length > 0 && upn != name) parts.Add(upn);
            parts.Add(id.Length > 0 ? $"id {id}" : parts.Count > 0 ? "no id" : "(not told)");
        }

        var where = Cell.Line(entry, system);
        return $"{string.Join(", ", parts)}{(where.Length == 0 ? string.Empty : $" in {where}")}";
    }

    private static void Add(List<string> lines, string label, string text, string? kind = null)
    {
        if (text.Length > 0) lines.Add($"{label}: {text}{(string.IsNullOrEmpty(kind) ? string.Empty : $" ({kind})")}");
    }
}
