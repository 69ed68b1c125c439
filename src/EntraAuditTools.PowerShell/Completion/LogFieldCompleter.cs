using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes a filter of a log, which is called as the parameter, with the values that the mirror holds, most frequent first, narrowed by the
/// filters already on the command line. Without a mirror, service, category and activity complete from the catalog.
/// </summary>
/// <param name="fields">The filters of the log.</param>
/// <param name="name">The filter, where it is not called as the parameter.</param>
public abstract class LogFieldCompleter(IReadOnlyList<LogField> fields, string? name = null) : MirrorCompleter
{
    private static readonly string[] Narrowing = ["Service", "Category", "Activity", "Result"];

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        if (fields.FirstOrDefault(field => field.Name.Equals(name ?? parameter, StringComparison.OrdinalIgnoreCase)) is not { } completed) return [];
        var others = new AuditActivityFilter();
        foreach (var other in Narrowing.Where(other => other != completed.Name)) others[other] = Given(bound, other);
        return FilterValueQuery.Run(mirror, completed, typed, Limit, others).Select(value => CompletionText.Literal(value.Key, value.Value));
    }

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> WithoutMirror(string parameter, string typed, IDictionary bound)
    {
        Func<AuditActivityType, string>? value = (name ?? parameter) switch
        {
            "Service" => type => type.Service,
            "Category" => type => type.Category,
            "Activity" => type => type.Activity,
            _ => null,
        };
        if (value is null) return [];
        string[]? Others(string other) => other == (name ?? parameter) ? null : Given(bound, other);
        var known = AuditActivityTypeQuery.Run(null, Others("Service"), Others("Category"), Others("Activity"), seen: false, unlisted: false)
            .Select(value)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
        return new TypedText(typed).Best(known).Select(text => CompletionText.Literal(text));
    }
}

/// <summary>Completes filters of the audit log.</summary>
public sealed class ActivityFieldCompleter() : LogFieldCompleter(AuditActivityQuery.Fields);

/// <summary>Completes operations of entitlement management, which are activities.</summary>
public sealed class OperationCompleter() : LogFieldCompleter(AuditActivityQuery.Fields, "Activity");

/// <summary>Completes filters of the provisioning log.</summary>
public sealed class ProvisioningFieldCompleter() : LogFieldCompleter(ProvisioningLogQuery.Fields);
