using EntraAuditTools.Core.Formats.Audit.Changes;

namespace EntraAuditTools.Core.Tests.Formats.Audit;

/// <summary>Changes that Entra writes as all values, shown as the values that differ.</summary>
public sealed class KeyAndConsentTests
{
    private const string Certificate = "[KeyIdentifier=d3c022e4-0000-4000-8000-000000000001,KeyType=AsymmetricX509Cert,KeyUsage=Verify,DisplayName=CN=Wiki]";
    private const string Password = "[KeyIdentifier=ae52cd1b-0000-4000-8000-000000000002,KeyType=Password,KeyUsage=Verify,DisplayName=deploy]";
    private const string Nameless = "[KeyIdentifier=ae52cd1b-0000-4000-8000-000000000003,KeyType=Password,KeyUsage=Verify,DisplayName=]";

    [Theory]
    // As Graph writes lists; as one value; with the line breaks of the unified log.
    [InlineData("[\"" + Certificate + "\"]", "[\"" + Certificate + "\",\"" + Password + "\"]",
        " > Password 'deploy', key ae52cd1b-0000-4000-8000-000000000002")]
    [InlineData(Certificate, "[\r\n  \"" + Certificate + "\",\r\n  \"" + Password + "\"\r\n]",
        " > Password 'deploy', key ae52cd1b-0000-4000-8000-000000000002")]
    [InlineData("[\"" + Password + "\"]", "[]", "Password 'deploy', key ae52cd1b-0000-4000-8000-000000000002 > ")]
    [InlineData("[\"" + Password + "\"]", "[\"" + Nameless + "\"]",
        "Password 'deploy', key ae52cd1b-0000-4000-8000-000000000002 > | > Password, key ae52cd1b-0000-4000-8000-000000000003")]
    [InlineData("[\"" + Password + "\"]", "[ \"" + Password + "\" ]", "")]
    public void Keys_that_came_or_went(string old, string now, string expected) =>
        Assert.Equal(expected, string.Join("|", KeyChanges.Of("KeyDescription", old, now)!.Select(pair => $"{pair.Before} > {pair.After}")));

    [Theory]
    [InlineData("DisplayName", "a", "b")]
    [InlineData("KeyDescription", "", "something else")]
    public void What_names_no_keys_is_left_as_it_is(string property, string old, string now) => Assert.Null(KeyChanges.Of(property, old, now));

    [Fact]
    public void Scopes_of_a_consent()
    {
        const string Grant = "[Id: 4CAB, ClientId: c1, PrincipalId: p1, ResourceId: r1, ConsentType: Principal, Scope: User.Read openid, "
            + "CreatedDateTime: , LastModifiedDateTime ]";
        const string All = "[Id: 5CAB, ClientId: c1, PrincipalId: , ResourceId: r2, ConsentType: AllPrincipals, Scope:  Mail.Read ]";
        Assert.Equal((string.Empty, "User.Read openid of r1, for p1"), ConsentChanges.Of("ConsentAction.Permissions", "[] => ", $"[] => [{Grant}]; "));
        Assert.Equal(("User.Read openid of r1, for p1", "User.Read openid of r1, for p1; Mail.Read of r2, for everybody"),
            ConsentChanges.Of("ConsentAction.Permissions", string.Empty, $"[{Grant}] => [{Grant}, {All}]; "));
        Assert.Null(ConsentChanges.Of("ConsentAction.Permissions", "a", "b"));
        Assert.Null(ConsentChanges.Of("DisplayName", string.Empty, $"[] => [{Grant}]"));
    }
}
