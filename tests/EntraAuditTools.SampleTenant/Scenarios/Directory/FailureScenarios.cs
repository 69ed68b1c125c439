using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>What did not work.</summary>
internal static class FailureScenarios
{
    public static void Directory(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.People);
        var administrator = scenario.Random.Pick(scenario.Tenant.Members);
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        string correlation = scenario.Random.NewId();
        int which = scenario.Random.Below(4);
        scenario.Step(0, (random, ticks) =>
        {
            var (activity, category, operation, reason) = which switch
            {
                0 => ("Add member to group", "GroupManagement", "Assign",
                    "Microsoft.Online.DirectoryServices.DirectoryUniquenessException"),
                1 => ("Update user", "UserManagement", "Update", "Insufficient privileges to complete the operation."),
                2 => ("Delete group", "GroupManagement", "Delete",
                    "Microsoft.Online.Workflows.ObjectInUseException: the group is referenced by\r\nan access package."),
                _ => ("Add user", "UserManagement", "Add",
                    "Microsoft.Online.Workflows.ValidationException: \"userPrincipalName\" already exists"),
            };
            EventTarget[] targets = category == "GroupManagement" ? [Target(group), Target(person)]
                : [Target(person, Set(Included, Quoted("")))];
            return Record("Directory", "Core Directory", random, ticks, correlation, category, activity, operation,
                Actor(random, administrator), targets, [], random.Chance(10) ? "timeout" : "failure", reason, random.Pick(UserAgents));
        });
    }
}
