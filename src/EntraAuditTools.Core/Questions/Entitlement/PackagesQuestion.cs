using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>Which access packages exist; which can this user request; which has she?</summary>
internal static class PackagesQuestion
{
    /// <summary>Views of packages that were asked for a user: what she can request, and what she has.</summary>
    public const string ForUser = "User", AssignedToUser = "Assigned";

    private const string CanRequest = "CanRequest", Assigned = "Assigned", RequestedBy = "RequestedBy", Name = "Name";

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AccessPackage> Instance =
        new("Get-AccessPackage", "Which access packages exist; which can this user request; which has she?")
        {
            What = "Access packages",
            Fields =
            [
                new(Name, "name or id", "Name or id of the package.")
                {
                    Noun = "access package", Held = NameColumn.AccessPackage, Selects = nameof(EntitlementSelector.AccessPackage),
                    Completes = NameCompletion.AccessPackages,
                },
                .. EntitlementFields.WhoseAndWhich,
                EntitlementFields.Catalog,
                EntitlementFields.Resource,
                new(RequestedBy, "requested by", "Who asks for the users; without a user, for those whom this person manages.")
                {
                    Noun = "user", Held = NameColumn.Identity, Completes = NameCompletion.Of("User"),
                },
                new(CanRequest, "that the user can request, or may be able to",
                    "Only packages that the user can request, or may be able to.") { IsSwitch = true },
                new(Assigned, "that the user has", "Only packages that the user has.") { IsSwitch = true },
                TimeFields.AsOf,
            ],
            Examples = ["--catalog Finance", "--user 'Noor Aldana' --can-request", "--user 'Ingrid Solberg' --assigned --json"],
            Check = Check,
            Cautions = Cautions,
            View = input => !IsOfUser(input) ? null
                : input.Has(Assigned) && !input.Has(CanRequest) ? AssignedToUser : ForUser,
            PagesItself = true,
            Run = (mirror, input) => AccessPackageQuery.Run(mirror, new AccessPackageFilter
            {
                Selectors = input.Selectors,
                Catalog = input.Texts("Catalog"),
                Resource = input.Texts("Resource"),
                RequestedBy = input.Text(RequestedBy),
                CanRequest = input.Has(CanRequest),
                Assigned = input.Has(Assigned),
                AsOf = input.Time("AsOf")?.ToUniversalTime(),
                Tenant = input.Texts("Tenant"),
                Skip = input.Skip,
                First = input.First,
            }),
        };

    /// <summary>The error where packages are named twice.</summary>
    public static AuditToolException Twice(object? name) => AuditToolException.BadArgument("PackageTwice",
        $"{Caller.Option(Name)} and {Caller.Option("AccessPackage")} both say which packages.",
        Caller.Choose("Give one of them; objects in the pipeline that carry a package need no -Name.", "Give one of them."), name);

    private static bool IsOfUser(QuestionInput input) =>
        input.Texts(RequestedBy) != null || input.Selectors?.Any(selector => selector.User is not null) == true;

    private static void Check(QuestionInput input)
    {
        if (input.Typed(Name) is { } name && input.Typed("AccessPackage") != null) throw Twice(name[0]);
        if ((input.Has(CanRequest) || input.Has(Assigned)) && !IsOfUser(input))
        {
            throw AuditToolException.BadArgument("UserMissing",
                $"{Caller.Option(input.Has(CanRequest) ? CanRequest : Assigned)} needs a user.",
                Caller.Choose("Say whose with -User, or pipe users.", $"Say whose with {Caller.Option("User")}."));
        }

        if (input.Texts(RequestedBy) is { } by && (by.Count != 1 || new WildcardText(by[0]).Literal is null))
        {
            throw AuditToolException.BadArgument("RequestorNotOne",
                $"{Caller.Option(RequestedBy)} '{string.Join("', '", by)}' can be several people; who asks for others is one.",
                "Give one user principal name, id or whole name.", by);
        }
    }

    private static IEnumerable<string> Cautions(MirrorReader mirror, QuestionInput input)
    {
        if (input.Texts(RequestedBy) != null && !AccessPackageQuery.HasManagers(mirror))
            yield return "No export tells who manages whom, so that nobody can be requested for as a manager for certain: export users "
                + "with $expand=manager, and import them.";
    }
}
