using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes filters of the audit log; without a mirror, service, category and activity from the catalog.</summary>
/// <param name="name">The filter, where it is not called as the parameter.</param>
public abstract class CatalogedFieldCompleter(string? name = null) : LogFieldCompleter(AuditActivityQuery.Fields, name)
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> WithoutMirror(string parameter, string typed, IDictionary bound)
    {
        Func<AuditActivityType, string>? value = NameOf(parameter) switch
        {
            "Service" => type => type.Service,
            "Category" => type => type.Category,
            "Activity" => type => type.Activity,
            _ => null,
        };
        if (value is null) return [];
        string[]? Others(string other) => other == NameOf(parameter) ? null : Given(bound, other);
        var known = AuditActivityTypeQuery
            .Run(null, Others("Service"), Others("Category"), Others("Activity"), seen: false, unlisted: false)
            .Select(value)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
        return new TypedText(typed).Best(known).Select(text => CompletionText.Literal(text));
    }
}

/// <summary>Completes filters of the audit log.</summary>
public sealed class ActivityFieldCompleter() : CatalogedFieldCompleter;

/// <summary>Completes operations of entitlement management, which are activities.</summary>
public sealed class OperationCompleter() : CatalogedFieldCompleter("Activity");
