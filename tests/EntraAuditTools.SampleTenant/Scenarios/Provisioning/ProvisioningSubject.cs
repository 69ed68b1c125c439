using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>A person, group or worker as a provisioning job sees it: ids on both sides and the attributes that it maps.</summary>
/// <param name="SourceId">Object id in the directory; the employee number of a worker.</param>
/// <param name="MatchingId">User principal name, employee number or a group's name.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="Word">What sentences call it.</param>
/// <param name="SourceType">identityType of the source.</param>
/// <param name="TargetType">identityType of the target.</param>
/// <param name="Attributes">Name in the source, name in the target, value.</param>
internal sealed record ProvisioningSubject(string SourceId, string MatchingId, string DisplayName, string Word, string SourceType,
    string TargetType, IReadOnlyList<(string Source, string Target, string Value)> Attributes)
{
    public static ProvisioningSubject Of(Person person, ProvisioningJob job)
    {
        bool scim = job.Kind is ProvisioningTargetKind.Scim or ProvisioningTargetKind.Dropbox;
        return new(person.Id, person.UserPrincipalName, person.DisplayName, "User", "User", scim
            ? "urn:ietf:params:scim:schemas:core:2.0:User" : "User",
        [
            ("userPrincipalName", scim ? "userName" : job.Kind == ProvisioningTargetKind.ServiceNow ? "user_name"
                : job.Kind == ProvisioningTargetKind.Salesforce ? "Username" : "userPrincipalName", person.UserPrincipalName),
            ("displayName", "displayName", person.DisplayName),
            ("jobTitle", "title", person.JobTitle),
            ("department", "department", person.Department),
            ("mail", scim ? "emails[type eq \"work\"].value" : "email", person.Mail),
        ]);
    }

    public static ProvisioningSubject Of(DirectoryGroup group, ProvisioningJob job) =>
        new(group.Id, group.DisplayName, group.DisplayName, "Group", "Group", job.Kind == ProvisioningTargetKind.Scim
            ? "urn:ietf:params:scim:schemas:core:2.0:Group" : "Group",
        [
            ("displayName", "displayName", group.DisplayName),
            ("objectId", "externalId", group.Id),
            ("members", "members", string.Join(", ", group.Members.Take(3).Select(member => member.Id))),
        ]);

    /// <summary>The person as Workday's worker: known by the employee number, which follows from the place in the list.</summary>
    public static ProvisioningSubject OfWorker(Person person, int index)
    {
        string number = (21_000 + index).ToString(CultureInfo.InvariantCulture);
        return new(number, number, person.DisplayName, "Worker", "Worker", "User",
        [
            ("WorkerID", "employeeID", number),
            ("PreferredNameData", "displayName", person.DisplayName),
            ("BusinessTitle", "title", person.JobTitle),
            ("SupervisoryOrganization", "department", person.Department),
            ("UserID", "userPrincipalName", person.UserPrincipalName),
        ]);
    }
}
