namespace EntraAuditTools.SampleTenant;

/// <summary>How much of the list of a group's members an export folder holds.</summary>
public enum MemberExport
{
    /// <summary>A page of its members that came to its end.</summary>
    Whole,

    /// <summary>Only what <c>$expand=members</c> gives: the first twenty, without a word about the rest.</summary>
    Cut,

    /// <summary>Neither the group nor its members: policies name its id, nothing else does.</summary>
    None,
}

/// <summary>A security group or Microsoft 365 group.</summary>
public sealed record DirectoryGroup(string Id, string DisplayName, string Mail, bool Unified, IReadOnlyList<Person> Members)
{
    /// <summary>groupType of an audit target.</summary>
    public string GroupType => Unified ? "unifiedGroups" : "azureAD";

    /// <summary>Groups that are members of this one.</summary>
    public IReadOnlyList<DirectoryGroup> Groups { get; init; } = [];

    /// <summary>How much of the list of its members is exported.</summary>
    public MemberExport Export { get; init; } = MemberExport.Whole;

    /// <summary>Its members and those of the groups in it, each once.</summary>
    public IEnumerable<Person> TransitiveMembers => Members.Concat(Groups.SelectMany(group => group.TransitiveMembers)).DistinctBy(member => member.Id);
}

/// <summary>A role that an application defines.</summary>
public sealed record ApplicationRole(string Id, string Value, string DisplayName);

/// <summary>An application with its service principal in this tenant.</summary>
public sealed record EnterpriseApplication(string ObjectId, string AppId, string ServicePrincipalId, string DisplayName, IReadOnlyList<ApplicationRole> Roles);

/// <summary>A directory role.</summary>
public sealed record DirectoryRole(string Id, string TemplateId, string DisplayName);

internal static class DirectoryObjectFactory
{
    private static readonly string[] Purposes = ["Readers", "Owners", "Contributors", "Approvers", "Visitors", "On-Call", "Pilot", "Licensing"];
    private static readonly string[] Areas =
        ["Ledger", "Harbor", "Wharf", "Forecast", "Payroll", "Contracts", "Field Service", "Data Lake", "Intranet", "Warehouse", "Lab", "Campaign"];
    private static readonly string[] Products =
        ["Tradewind CRM", "Ledgerline", "Quayside HR", "Beacon Ticketing", "Anchor Wiki", "Compass BI", "Signal Chat",
            "Lighthouse Learning", "Drydock Build", "Cargo Forms"];

    internal static DirectoryGroup[] Groups(SampleRandom random, int count, IReadOnlyList<Person> people, string domain)
    {
        // The first names are awkward on purpose: quotes, a leading sign that a spreadsheet takes for a formula, a comma.
        string[] awkward = ["=Finance Reports", "Team \"Blue\"", "+Support 24/7", "Sales, EMEA", "Übergabe – Küche"];
        var groups = new DirectoryGroup[count];
        for (int index = 0; index < count; index++)
        {
            int plain = index - awkward.Length;
            string name = plain < 0 ? awkward[index] : $"{Areas[plain % Areas.Length]} {Purposes[plain / Areas.Length % Purposes.Length]}"
                + (plain < Areas.Length * Purposes.Length ? "" : $" {plain}");
            var members = new Person[random.Between(3, Math.Min(20, people.Count / 3))];
            int first = random.Below(people.Count);
            for (int member = 0; member < members.Length; member++)
                members[member] = people[(first + member * 7) % people.Count];
            groups[index] = new DirectoryGroup(random.NewId(), name, $"grp{index}@{domain}", random.Chance(40), members);
        }

        return groups;
    }

    internal static EnterpriseApplication[] Applications(SampleRandom random, int count)
    {
        var applications = new EnterpriseApplication[count];
        for (int index = 0; index < count; index++)
        {
            string name = Products[index % Products.Length] + (index < Products.Length ? "" : $" {index / Products.Length + 1}");
            applications[index] = new EnterpriseApplication(random.NewId(), random.NewId(), random.NewId(), name,
            [
                new(random.NewId(), "user", "User"),
                new(random.NewId(), "admin", "Administrator"),
                new(random.NewId(), "auditor", "Auditor"),
            ]);
        }

        return applications;
    }

    internal static DirectoryRole[] Roles(SampleRandom random)
    {
        string[] names = ["Global Reader", "User Administrator", "Groups Administrator", "Security Administrator",
            "Application Administrator", "Helpdesk Administrator", "Identity Governance Administrator", "Global Administrator"];
        return [.. names.Select(name => new DirectoryRole(random.NewId(), random.NewId(), name))];
    }
}
