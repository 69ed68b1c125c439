using EntraAuditTools.Core.Formats.Audit.Changes;
using EntraAuditTools.Core.Formats.Details;

namespace EntraAuditTools.Core.Tests.Formats.Audit.Changes;

/// <summary>"What changed?" must be answered on the screen: by name, once, and only what is another.</summary>
public sealed class ChangeSummaryTests
{
    private const string Id = "90de8afb-93d2-4ebf-b487-596bc7c2145e";

    /// <summary>Shapes of modified properties as Entra writes them (FORMATS §0.7, §1.1), and what people should read.</summary>
    public static TheoryData<string, (string Name, string? Old, string? New)[], string> Cases => new()
    {
        { "a role by its name, not by three ids",
            [("Role.ObjectID", null, Id), ("Role.DisplayName", null, "Security Administrator"),
                ("Role.TemplateId", null, "194ae4cb-b126-40b2-bd5b-6091b380977d"), ("Role.WellKnownObjectName", null, "SecurityAdmin")],
                "Role: (none) → Security Administrator" },
        { "a group that was left",
            [("Group.ObjectID", Id, null), ("Group.DisplayName", "Payroll", null), ("Group.WellKnownObjectName", null, null)], "Group: Payroll → (none)" },
        { "an id whose name the mirror holds", [("Group.ObjectID", null, Id)], "Group: (none) → Payroll readers" },
        { "an id that nobody knows", [("Group.ObjectID", null, "11111111-93d2-4ebf-b487-596bc7c2145e")],
            "Group: (none) → 11111111-93d2-4ebf-b487-596bc7c2145e" },
        { "no change", [("AccountEnabled", "true", "true"), ("JobTitle", "Engineer", "Lead")], "JobTitle: Engineer → Lead" },
        { "what only repeats", [("JobTitle", "Engineer", "Lead"), ("Included Updated Properties", null, "JobTitle"),
            ("TargetId.UserType", null, "Member")], "JobTitle: Engineer → Lead" },
        { "a policy of which two things changed",
            [("ConditionalAccessPolicy",
                """{"id":"1","state":"enabledForReportingButNotEnforced","modifiedDateTime":"2026-01-01","conditions":{"users":{"includeUsers":["All"]},"platforms":null},"grantControls":{"operator":"OR","builtInControls":["mfa"]}}""", """{"id":"1","state":"enabled","modifiedDateTime":"2026-01-02","conditions":{"users":{"includeUsers":["All"]},"locations":[]},"grantControls":{"operator":"OR","builtInControls":["compliantDevice"]}}""")], "state: enabledForReportingButNotEnforced → enabled; grantControls: mfa → compliantDevice" },
        { "a policy that is new",
            [("ConditionalAccessPolicy", null, """{"state":"enabled","grantControls":{"builtInControls":["mfa"]}}""")],
            "state: (none) → enabled; grantControls: (none) → mfa" },
        { "ids in a list by their names", [("IncludeGroups", "[]", $$"""["{{Id}}"]""")], "IncludeGroups: (none) → Payroll readers" },
        { "a licence by its name",
            [("AssignedLicense", "[]",
                """["[SkuName=SPE_E5, AccountId=0ec71234-a6dd-4adb-8eaf-d3ec2403d98f, SkuId=7a091068-471c-4d10-a087-627eb37c5e51, DisabledPlans=[]]"]""")], "AssignedLicense: (none) → SPE_E5" },
        { "text that only looks like JSON", [("Note", "{half", "[more")], "Note: {half → [more" },
        { "nothing at all", [("JobTitle", null, "")], "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_what_changed(string what, (string Name, string? Old, string? New)[] properties, string expected)
    {
        Assert.NotEmpty(what);
        var target = new AuditTarget { ModifiedProperties =
            new([.. properties.Select(p => new ModifiedProperty { Name = p.Name, OldValue = p.Old, NewValue = p.New })]) };
        var changes = ChangeSummary.Of([target], id => id == Id ? "Payroll readers" : null);
        Assert.Equal(expected, string.Join("; ", changes));
    }

    [Fact]
    public void A_great_policy_is_cut_and_says_so()
    {
        var properties = string.Join(",", Enumerable.Range(0, 40).Select(n => $"\"p{n}\":\"v{n}\""));
        var target = new AuditTarget { ModifiedProperties = new([new ModifiedProperty { Name = "Policy", NewValue = "{" + properties + "}" }]) };
        var changes = ChangeSummary.Of([target], _ => null);
        Assert.Equal(13, changes.Count);
        Assert.Equal("Policy: (none) → and 28 values more", changes[^1].ToString());
    }

    [Theory]
    [InlineData("""["[KeyIdentifier=d3c022e4-76a6-4c72-bde0-2ee89b54143e,KeyType=AsymmetricX509Cert,KeyUsage=Verify,DisplayName=CN=Anchor Wiki]"]""", true)]
    [InlineData("""["[KeyIdentifier=d3c022e4-76a6-4c72-bde0-2ee89b54143e,KeyType=Password,KeyUsage=Verify,DisplayName=]","[KeyIdentifier=d3c022e4-76a6-4c72-bde0-2ee89b54143e,KeyType=Password,KeyUsage=Verify,DisplayName=ci]"]""", true)]
    [InlineData("[]", true)]
    [InlineData("""["[KeyIdentifier=d3c022e4-76a6-4c72-bde0-2ee89b54143e,KeyType=Password,KeyUsage=Verify,Hint=abc]"]""", false)]
    [InlineData("""["[KeyIdentifier=d3c022e4-76a6-4c72-bde0-2ee89b54143e,KeyType=Password,KeyUsage=Verify,DisplayName=Secret=abc]"]""", false)]
    [InlineData("s3cr3t", false)]
    [InlineData("""["s3cr3t"]""", false)]
    public void A_key_description_that_only_names_the_key_is_no_secret(string value, bool harmless)
    {
        Assert.Equal(harmless, SecretMask.IsHarmless("KeyDescription", value));
        Assert.False(SecretMask.IsHarmless("Password", value));
    }
}
