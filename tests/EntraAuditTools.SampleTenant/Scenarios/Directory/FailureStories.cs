using static EntraAuditTools.SampleTenant.Telling;

namespace EntraAuditTools.SampleTenant;

/// <summary>What did not work.</summary>
internal static class FailureStories
{
    public static void Directory(StoryContext story)
    {
        var person = story.Random.Pick(story.Tenant.People);
        var administrator = story.Random.Pick(story.Tenant.Members);
        var group = story.Random.Pick(story.Tenant.Groups);
        string correlation = story.Random.NewId();
        int which = story.Random.Below(4);
        story.Step(0, (random, ticks) =>
        {
            var (activity, category, operation, reason) = which switch
            {
                0 => ("Add member to group", "GroupManagement", "Assign", "Microsoft.Online.DirectoryServices.DirectoryUniquenessException"),
                1 => ("Update user", "UserManagement", "Update", "Insufficient privileges to complete the operation."),
                2 => ("Delete group", "GroupManagement", "Delete",
                    "Microsoft.Online.Workflows.ObjectInUseException: the group is referenced by\r\nan access package."),
                _ => ("Add user", "UserManagement", "Add", "Microsoft.Online.Workflows.ValidationException: \"userPrincipalName\" already exists"),
            };
            EventTarget[] targets = category == "GroupManagement" ? [Target(group), Target(person)] : [Target(person, Set(Included, Quoted("")))];
            return Record("Directory", "Core Directory", random, ticks, correlation, category, activity, operation,
                Actor(random, administrator), targets, [], random.Chance(10) ? "timeout" : "failure", reason, random.Pick(UserAgents));
        });
    }
}
