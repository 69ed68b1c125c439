namespace EntraAuditTools.SampleTenant;

internal static class DirectoryObjectFactory
{
    private static readonly string[] Purposes = ["Readers", "Owners", "Contributors", "Approvers", "Visitors", "On-Call", "Pilot",
        "Licensing"];
    private static readonly string[] Areas =
        ["Ledger", "Harbor", "Wharf", "Forecast", "Payroll", "Contracts", "Field Service", "Data Lake", "Intranet", "Warehouse", "Lab",
            "Campaign"];
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
