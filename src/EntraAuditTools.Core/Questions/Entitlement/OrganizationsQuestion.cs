using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>Which organizations are connected?</summary>
internal static class OrganizationsQuestion
{
    /// <summary>States of connected organizations.</summary>
    public static readonly IReadOnlyList<string> StateWords = ["configured", "proposed", "removed"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<ConnectedOrganization> Instance = new("Get-ConnectedOrganization",
        "Which organizations are connected?")
    {
        What = "Connected organizations",
        Fields =
        [
            new("Name", "name or id", "Name or id.")
            {
                Noun = "connected organization", Held = NameColumn.ConnectedOrganization,
                Completes = NameCompletion.Of("ConnectedOrganization"),
            },
            new("State", "state", "configured, proposed, removed; those that are not removed when not given.") { ClosedList = StateWords },
            new("Domain", "domain", "A domain of an identity source.") { Completes = RoleCompletion.Domains },
            EntitlementFields.Tenant,
            TimeFields.AsOf,
        ],
        Examples = ["", "--state All --csv", "--domain fabrikam.example --json"],
        Notes = input => input.Texts("State") is null ? ["that are not removed"] : [],
        PagesItself = true,
        Run = (mirror, input) => ConnectedOrganizationQuery.Run(mirror, new ConnectedOrganizationFilter
        {
            Name = input.Texts("Name"),
            State = input.Texts("State") is not { } given ? null : AnyValue.Unless(given) ?? ["*"],
            Domain = input.Texts("Domain"),
            AsOf = input.Time("AsOf")?.ToUniversalTime(),
            Tenant = input.Texts("Tenant"),
            Skip = input.Skip,
            First = input.First,
        }),
    };
}
