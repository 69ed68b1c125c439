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
    public IEnumerable<Person> TransitiveMembers =>
        Members.Concat(Groups.SelectMany(group => group.TransitiveMembers)).DistinctBy(member => member.Id);
}
