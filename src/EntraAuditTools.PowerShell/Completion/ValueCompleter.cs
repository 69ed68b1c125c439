using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes a filter with the values that the mirror holds, most frequent first, narrowed by the filters already on
/// the command line. Without a mirror, service, category and activity complete from the catalog.
/// </summary>
public abstract class ValueCompleter : MirrorCompleter
{
    private readonly string column;

    /// <summary>Creates the completer of a column that <see cref="ValueQuery"/> knows.</summary>
    protected ValueCompleter(string column) => this.column = column;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string typed, IDictionary bound)
    {
        var others = new AuditActivityFilter
        {
            Service = Others(bound, "Service"),
            Category = Others(bound, "Category"),
            Activity = Others(bound, "Activity"),
            Result = Others(bound, "Result"),
        };
        return ValueQuery.Run(mirror, column, typed, Limit, others).Select(value => CompletionText.Literal(value.Key, value.Value));
    }

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> WithoutMirror(string typed, IDictionary bound)
    {
        Func<AuditActivityType, string>? name = column switch
        {
            "Service" => type => type.Service,
            "Category" => type => type.Category,
            "Activity" => type => type.Activity,
            _ => null,
        };
        if (name is null) return [];
        var known = AuditActivityTypeQuery.Run(null, Others(bound, "Service"), Others(bound, "Category"), Others(bound, "Activity"),
            seen: false, unlisted: false)
            .Select(name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
        return new TypedText(typed).Best(known).Select(value => CompletionText.Literal(value));
    }

    /// <summary>A filter already given; null for the completed one itself.</summary>
    private string[]? Others(IDictionary bound, string name) => name == column ? null : Given(bound, name);
}

/// <summary>Completes services.</summary>
public sealed class ServiceCompleter() : ValueCompleter("Service");

/// <summary>Completes categories.</summary>
public sealed class CategoryCompleter() : ValueCompleter("Category");

/// <summary>Completes activity names.</summary>
public sealed class ActivityCompleter() : ValueCompleter("Activity");

/// <summary>Completes results.</summary>
public sealed class ResultCompleter() : ValueCompleter("Result");

/// <summary>Completes initiators.</summary>
public sealed class InitiatedByCompleter() : ValueCompleter("InitiatedBy");

/// <summary>Completes targets.</summary>
public sealed class TargetCompleter() : ValueCompleter("Target");

/// <summary>Completes initiators and targets.</summary>
public sealed class InvolvingCompleter() : ValueCompleter("Involving");

/// <summary>Completes tenants.</summary>
public sealed class TenantCompleter() : ValueCompleter("Tenant");

/// <summary>Completes names of modified properties.</summary>
public sealed class PropertyCompleter() : ValueCompleter("Property");

/// <summary>Completes addresses.</summary>
public sealed class IPAddressCompleter() : ValueCompleter("IPAddress");

/// <summary>Completes actions of provisioning.</summary>
public sealed class ProvisioningActionCompleter() : ValueCompleter("ProvisioningAction");

/// <summary>Completes outcomes of provisioning.</summary>
public sealed class ProvisioningStatusCompleter() : ValueCompleter("ProvisioningStatus");

/// <summary>Completes applications that are provisioned.</summary>
public sealed class ProvisioningApplicationCompleter() : ValueCompleter("ProvisioningApplication");

/// <summary>Completes provisioning jobs.</summary>
public sealed class ProvisioningJobCompleter() : ValueCompleter("ProvisioningJob");

/// <summary>Completes types of object that are provisioned.</summary>
public sealed class IdentityTypeCompleter() : ValueCompleter("ProvisioningIdentityType");

/// <summary>Completes systems that provisioning reads.</summary>
public sealed class SourceSystemCompleter() : ValueCompleter("SourceSystem");

/// <summary>Completes systems that provisioning writes.</summary>
public sealed class TargetSystemCompleter() : ValueCompleter("TargetSystem");

/// <summary>Completes error codes of provisioning.</summary>
public sealed class ErrorCodeCompleter() : ValueCompleter("ErrorCode");
