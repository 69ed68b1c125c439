namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What PowerShell's -eq, -contains, Sort-Object and Group-Object make of the people in records.</summary>
public sealed class IdentityEqualityTests
{
    private static readonly AuditInitiator Adele =
        new() { Id = "11111111-0000-4000-8000-000000000001", DisplayName = "Adele Abadi", UserPrincipalName = "adele@contoso.com" };

    [Theory]
    [InlineData("adele@contoso.com", true)]
    [InlineData("ADELE@CONTOSO.COM", true)]
    [InlineData("Adele Abadi", true)]
    [InlineData("11111111-0000-4000-8000-000000000001", true)]
    [InlineData("adele", false)]
    [InlineData("", false)]
    public void Is_equal_to_the_text_that_is_shown_its_id_its_upn_and_its_name(string text, bool equal) => Assert.Equal(equal, Adele.Equals(text));

    [Fact]
    public void Two_of_one_name_are_two_when_their_ids_are()
    {
        var subject = new EntitlementSubject { Id = "a", DisplayName = "Sam Rivers" };
        var other = new EntitlementSubject { Id = "b", DisplayName = "Sam Rivers" };
        Assert.False(subject.Equals(other));
        Assert.True(subject.CompareTo(other) < 0);
        Assert.Equal(2, new HashSet<object> { subject, other, new EntitlementSubject { Id = "A", DisplayName = "Sam R." } }.Count);
    }

    [Fact]
    public void Without_ids_the_upn_decides_and_without_one_the_name()
    {
        Assert.True(new AuditTarget { UserPrincipalName = "bo@contoso.com",
            DisplayName = "Bo" }.Equals(new AuditTarget { UserPrincipalName = "BO@contoso.com", DisplayName = "Bo Berg" }));
        Assert.True(new AuditTarget { DisplayName = "Bo" }.Equals(new AuditTarget { DisplayName = "bo" }));
        Assert.False(new AuditTarget { DisplayName = "Bo" }.Equals(new AuditTarget { DisplayName = "Al" }));
        Assert.True(new AuditTarget { Id = "x" }.Equals((object)new AuditInitiator { Id = "X" }));
    }

    [Fact]
    public void Sorts_by_what_is_shown()
    {
        List<EntitlementReference> packages =
            [new() { Id = "2", DisplayName = "beta" }, new() { Id = "1", DisplayName = "Gamma" }, new() { Id = "3", DisplayName = "Alpha" }];
        packages.Sort((a, b) => a.CompareTo(b));
        Assert.Equal(["Alpha", "beta", "Gamma"], packages.Select(package => package.DisplayName));
        Assert.True(packages[0].CompareTo("Zeta") < 0);
        Assert.True(packages[0].CompareTo(null) > 0);
    }
}
