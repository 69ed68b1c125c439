using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Conflicts;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The questions about who has what through which access package, asked of a mirror of <see cref="EntitlementBulk"/>.</summary>
internal sealed class EntitlementQueries
{
    private const double Bar = 100;
    private const double CanRequestBar = 300;

    private readonly string mirror;
    private readonly EntitlementBulkOptions options;
    private readonly EntitlementBulk bulk;
    private readonly List<(string Name, Func<string, EntitlementQuestion> Ask)> questions = [];

    /// <param name="mirror">The mirror.</param>
    /// <param name="options">What it was made with.</param>
    public EntitlementQueries(string mirror, EntitlementBulkOptions options)
    {
        (this.mirror, this.options, bulk) = (mirror, options, new EntitlementBulk(options));
        // A member in the middle, whose assignments hold and whose packages are not the first ones.
        var user = options.Users / 2 + 1;
        var guest = options.Users / 2 + 9;
        var package = bulk.Assignment(user).Package;
        var (member, packages) = (Of(user), new EntitlementSelector { AccessPackage = [EntitlementBulk.PackageName(package)] });
        var past = options.At.AddDays(-90);
        Assignments("users assigned to a package", new() { Selectors = [packages] });
        Assignments("packages assigned to a user", new() { Selectors = [member] });
        Packages("packages a user can request", CanRequestBar, new() { Selectors = [member], CanRequest = true });
        Packages("packages a guest can request", CanRequestBar, new() { Selectors = [Of(guest)], CanRequest = true });
        Packages($"whether a user can request, of all {options.Packages:N0} packages", CanRequestBar, new() { Selectors = [member] });
        Packages("access packages for a user: has, and can request", CanRequestBar, new() { Selectors = [member], Assigned = true, CanRequest = true });
        Packages("access packages for a user: has", Bar, new() { Selectors = [member], Assigned = true });
        Add("resource assignments of a user", Bar, false, reader => ResourceAssignmentQuery.Run(reader, new() { Selectors = [member] }));
        Assignments("assignments of a user 90 days ago", new() { Selectors = [member], AsOf = past });
        Assignments("assignments of a package 90 days ago", new() { Selectors = [packages], AsOf = past });
        Assignments("held at any time in a month, of a package", new() { Selectors = [packages], After = past, Before = past.AddDays(30) });
        Add("changes of a package in 90 days", Bar, false, reader => AssignmentComparison.Run(reader, new() { Selectors = [packages] }, past, options.At));
        Assignments("ending within 14 days, first 100", new() { ExpiringWithin = TimeSpan.FromDays(14), First = 100 });
        // As the help asks it: a filter behind the pipeline, which stops it.
        Add("without an end, first 100", Bar, false, reader => AccessPackageAssignmentQuery.Run(reader, new())
            .Where(assignment => assignment is { EndKnown: true, End: null }).Take(100));
        Conflicts("conflicts of a user", [Of(Conflicting())]);
        Conflicts("conflicts of a package", [new() { AccessPackage = [EntitlementBulk.PackageName(1)] }]);
        Add("connected organizations", Bar, false, reader => ConnectedOrganizationQuery.Run(reader, new()));
        Packages("packages that give a group", Bar, new() { Resource = ["Group 00002"] });
        Add("who reaches a site", Bar, true, reader => ResourceAssignmentQuery.Run(reader, new() { Resource = ["https://bulk.sharepoint.example/sites/40"] }));
        Add("access packages, all with roles and policies", Bar, true, reader => AccessPackageQuery.Run(reader, new()));
        Conflicts("conflicts of the tenant", null);
        Assignments("ending within 14 days, all", new() { ExpiringWithin = TimeSpan.FromDays(14) }, isStream: true);
        Assignments("assignments, all that hold", new(), isStream: true);
        Add("assignments, how many hold", null, false, reader => new[] { AccessPackageAssignmentQuery.Count(reader, new()) });
    }

    /// <summary>How many questions there are.</summary>
    public int Count => questions.Count;

    /// <summary>Asks one, by its place.</summary>
    public EntitlementQuestion Ask(int number) => questions[number].Ask(questions[number].Name);

    /// <summary>The name of one.</summary>
    public string Name(int number) => questions[number].Name;

    // Packages 50, 100… exclude those before them; each user has some in a row.
    private int Conflicting() => Enumerable.Range(options.Users / 2, options.Users / 2)
        .First(user => EntitlementBulk.Holds(user) && Enumerable.Range(0, options.Assignments / options.Users - 1)
            .Any(turn => bulk.Assignment(user + turn * options.Users).Package % 50 == 0));

    private static EntitlementSelector Of(int user) => new() { User = [EntitlementBulk.UserPrincipalName(user)] };

    private void Assignments(string name, AccessPackageAssignmentFilter filter, bool isStream = false) =>
        Add(name, Bar, isStream, reader => AccessPackageAssignmentQuery.Run(reader, filter));

    private void Packages(string name, double bar, AccessPackageFilter filter) => Add(name, bar, false, reader => AccessPackageQuery.Run(reader, filter));

    private void Conflicts(string name, EntitlementSelector[]? selectors) =>
        Add(name, Bar, selectors == null, reader => AccessPackageConflictQuery.Run(reader, new() { Selectors = selectors, Kind = ["Incompatible*"] }));

    private void Add<T>(string name, double? bar, bool isStream, Func<MirrorReader, IEnumerable<T>> question)
    {
        questions.Add((name, label => EntitlementQuestion.Ask(label, bar, isStream, Answer)));

        IEnumerable<T> Answer()
        {
            using var reader = MirrorReader.Open(mirror);
            foreach (var item in question(reader)) yield return item;
        }
    }
}
