using EntraAuditTools.Core.Queries.Logs;
using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes a filter of entitlement management with names that the mirror holds.</summary>
public abstract class EntitlementNameCompleter : MirrorCompleter
{
    private readonly string kind;

    /// <summary>Creates the completer of a kind that <see cref="EntitlementNameQuery"/> knows.</summary>
    protected EntitlementNameCompleter(string kind) => this.kind = kind;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound) =>
        EntitlementNameQuery.RunNamed(mirror, kind, typed, Limit,
            EntitlementLinks.Of(mirror, kind, Given(bound, "Catalog"), Given(bound, "AccessPackage")))
            .Select(name => CompletionText.Literal(name.Value, tip: name.Name));
}

/// <summary>
/// Completes access packages; of Get-AccessPackageActivity, those with activity in the time asked for, most active first.
/// </summary>
public sealed class AccessPackageCompleter() : EntitlementNameCompleter("AccessPackage")
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        if (!command.EndsWith("Get-AccessPackageActivity", StringComparison.OrdinalIgnoreCase))
            return base.FromMirror(mirror, command, parameter, typed, bound);
        var (after, before) = TypedTime.Of(Given(bound, "After"), Given(bound, "Before"), Given(bound, "Last"), DateTimeOffset.Now);
        return new TypedText(typed)
            .Best(AccessPackageActivityQuery.Packages(mirror, after, before)
                .Select(package => package.DisplayName ?? package.Id ?? string.Empty))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(Limit)
            .Select(name => CompletionText.Literal(name));
    }
}

/// <summary>Completes catalogs.</summary>
public sealed class CatalogCompleter() : EntitlementNameCompleter("Catalog");

/// <summary>Completes assignment policies.</summary>
public sealed class PolicyCompleter() : EntitlementNameCompleter("Policy");

/// <summary>Completes groups, applications and sites that packages give roles of.</summary>
public sealed class ResourceCompleter() : EntitlementNameCompleter("Resource");

/// <summary>Completes connected organizations.</summary>
public sealed class ConnectedOrganizationCompleter() : EntitlementNameCompleter("ConnectedOrganization");

/// <summary>Completes users.</summary>
public sealed class UserCompleter() : EntitlementNameCompleter("User");

/// <summary>Completes applications whose roles were given or taken; where none of them fits, others that the directory knows.</summary>
public sealed class RoleApplicationCompleter() : EntitlementNameCompleter("ServicePrincipal")
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var changed = new TypedText(typed).Best(AppRoleAssignmentActivityQuery.Applications(mirror)).Take(Limit)
            .Select(name => CompletionText.Literal(name)).ToList();
        return changed.Count > 0 ? changed : base.FromMirror(mirror, command, parameter, typed, bound);
    }
}

/// <summary>Completes groups.</summary>
public sealed class GroupCompleter() : EntitlementNameCompleter("Group");
