using EntraAuditTools.Core.Formats.Audit.Changes;

namespace EntraAuditTools.Core.Tests.Formats.Audit;

/// <summary>What an activity acted on, by names for people.</summary>
public sealed class TargetNamesTests
{
    private const string Group = "4c8e5f65-0000-4000-8000-000000000001", Person = "5d9f6076-0000-4000-8000-000000000002";

    private static readonly AuditTarget Ana = new() { Type = "User", Id = Person, UserPrincipalName = "ana@contoso.com" };

    [Fact]
    public void One_is_shown_by_the_name_that_it_is_asked_for_by()
    {
        Assert.Equal(["ana@contoso.com"], TargetNames.Of([Ana], _ => "Ana Hansen"));
        Assert.Equal(["All engineers"], TargetNames.Of([new() { Type = "Group", Id = Group }], id => id == Group ? "All engineers" : null));
        Assert.Equal([Group], TargetNames.Of([new() { Type = "Group", Id = Group }], _ => null));
        Assert.Equal(["Device"], TargetNames.Of([new() { Type = "Device" }], _ => null));
        Assert.Empty(TargetNames.Of([], _ => null));
    }

    [Fact]
    public void Several_are_shown_by_their_short_names_in_their_order()
    {
        var group = new AuditTarget { Type = "Group", Id = Group };
        Assert.Equal(["Ana Hansen", "All engineers"], TargetNames.Of([Ana, group], id => id == Group ? "All engineers" : "Ana Hansen"));
        Assert.Equal([Group, "ana@contoso.com"], TargetNames.Of([group, Ana], _ => null));
    }

    [Fact]
    public void An_activity_has_each_name_once_those_that_are_ids_last()
    {
        AuditActivity Activity(params string[] names) =>
            new(() => new AuditActivityDetails { TargetNames = new(() => names) }, () => new([]), () => string.Empty);
        Assert.Equal(["Ana", "All engineers", Group], Activity(Group, "Ana", "ana", string.Empty, "All engineers").GetTargetNames());
        Assert.Equal([null, "Ana", null, null], Enumerable.Range(0, 4).Select(Activity(Group, "Ana", string.Empty).GetTargetName));
    }

    [Fact]
    public void The_name_of_a_group_stands_among_the_modified_properties()
    {
        var ana = new AuditTarget { Type = "User", Id = Person, DisplayName = "Ana",
            ModifiedProperties = new([new() { Name = "Group.DisplayName", NewValue = "All engineers" }]) };
        var group = new AuditTarget { Type = "Group", Id = Group };
        Assert.Equal(["Ana", "All engineers"], TargetNames.Of([ana, group], _ => null));
        // Of two groups it is not known which has that name.
        Assert.Equal(["Ana", Group, Person], TargetNames.Of([ana, group, new() { Type = "Group", Id = Person }], _ => null));
    }
}
