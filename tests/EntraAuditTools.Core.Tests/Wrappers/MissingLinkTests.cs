using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>Objects that come without what they belong to: they are taken in, and the result says what is missing and how to get it.</summary>
public sealed class MissingLinkTests
{
    private const string Assignment =
        """{"id":"aaaaaaaa-0000-4000-8000-000000000001","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-03-24T18:09:55Z"}""";
    private const string Policy =
        """{"id":"dddddddd-0000-4000-8000-000000000001","displayName":"All","allowedTargetScope":"allMemberUsers","requestApprovalSettings":{"isApprovalRequiredForAdd":false,"stages":[]}""";
    private const string Request =
        """{"id":"cccccccc-0000-4000-8000-000000000001","requestType":"userAdd","state":"delivered","status":"Fulfilled","createdDateTime":"2026-03-24T18:09:55Z","completedDateTime":null""";
    private const string Scope =
        """{"id":"r_s","createdDateTime":"2026-01-01T08:00:00Z","role":{"id":"r","originId":"Member_b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup"},"scope":{"id":"s","originId":"b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup"}""";
    private const string Package = ""","accessPackage":{"id":"bbbbbbbb-0000-4000-8000-000000000001"}""";
    private const string Target = ""","target":{"id":"eeeeeeee-0000-4000-8000-000000000001","objectId":"33333333-0000-4000-8000-000000000001"}""";
    private const string Member =
        """{"@odata.type":"#microsoft.graph.user","id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com"}""";

    /// <summary>An export, and words that its note must have; none when nothing is missing.</summary>
    public static TheoryData<string, string[]> Exports => new()
    {
        { Assignment + "}", ["1 assignment does not tell whose it is, nor of which access package", "$expand=target,accessPackage", "-AccessPackage"] },
        { Assignment + Package + "}", ["1 assignment does not tell whose it is:", "$expand=target"] },
        { Assignment + Target + "}", ["1 assignment does not tell of which access package it is:"] },
        { Assignment + Target + Package + "}", [] },
        // Beta has ids where v1.0 has nothing.
        { Assignment + ""","accessPackageId":"bbbbbbbb-0000-4000-8000-000000000001","targetId":"eeeeeeee-0000-4000-8000-000000000001"}""", [] },
        { $"[{Assignment}}},{Assignment.Replace("000001", "000002", StringComparison.Ordinal)}{Package}}}]",
            ["2 assignments do not tell whose they are, nor (1 of them) of which access package"] },
        { Policy + "}", ["1 policy does not tell of which access package it is", "$expand=accessPackage"] },
        { $"[{Policy}}},{Policy.Replace("000001", "000002", StringComparison.Ordinal)}}}]", ["2 policies do not tell of which access package they are"] },
        { Policy + Package + "}", [] },
        { Request + "}", ["1 request does not tell whose it is, nor for which access package", "$expand=requestor,accessPackage"] },
        { Request + Package + ""","requestor":{"id":"x","objectId":"33333333-0000-4000-8000-000000000001"}}""", [] },
        { Scope + "}", ["1 resource role does not tell of which access package it is", "resourceRoleScopes"] },
        { """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages('bbbbbbbb-0000-4000-8000-000000000001')/resourceRoleScopes","value":[""" + Scope + "}]}", [] },
        { Member, ["members of which group", "-Group"] },
        { """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[""" + Member + "]}",
            ["1 user comes from a list", "members of which group"] },
        { """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#directoryObjects","value":[""" + Member
            + "," + Member.Replace("000001", "000002", StringComparison.Ordinal)
            + """,{"@odata.type":"#microsoft.graph.group","id":"44444444-0000-4000-8000-000000000001","displayName":"Inner"}]}""",
            ["2 users and 1 group come from a list"] },
        // The Graph PowerShell SDK's Get-MgGroupMember.
        { """[{"DeletedDateTime":null,"Id":"33333333-0000-4000-8000-000000000001","AdditionalProperties":{"@odata.type":"#microsoft.graph.user","displayName":"Bob","userPrincipalName":"bob@contoso.com"}}]""", ["members of which group"] },
        { """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups('44444444-0000-4000-8000-000000000001')/members","value":[""" + Member + "]}", [] },
        { """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[""" + Member + "]}", [] },
        { """{"id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com","userType":"Member"}""", [] },
    };

    [Theory]
    [MemberData(nameof(Exports))]
    public void What_is_missing_is_noted(string export, string[] words)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(export);
        Assert.Equal("Imported", result.Status);
        if (words.Length == 0) Assert.Empty(result.Notes);
        else Assert.All(words, word => Assert.Contains(word, Assert.Single(result.Notes), StringComparison.Ordinal));
    }

    [Fact]
    public void Members_of_a_CSV_are_members_of_which_group()
    {
        using var mirror = new TestMirror();
        const string Rows = "id,userPrincipalName,displayName,objectType,userType,isUser,isGroup,isGuest\n33333333-0000-4000-8000-000000000001,bob@contoso.com,Bob Brown,User,Member,TRUE,FALSE,FALSE\n";
        Assert.Contains("members of which group", Assert.Single(mirror.ImportText(Rows, "m.csv").Notes), StringComparison.Ordinal);
        var results = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Group = "44444444-0000-4000-8000-000000000001" },
            mirror.Write("m2.csv", System.Text.Encoding.UTF8.GetBytes(Rows + "\n")));
        Assert.Empty(results.Single().Notes);
    }

    [Theory]
    [InlineData(Assignment + "}", Assignment + Target + Package + "}")]
    [InlineData(Policy + "}", Policy + Package + "}")]
    [InlineData(Scope + "}",
        """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages('bbbbbbbb-0000-4000-8000-000000000001')/resourceRoleScopes","value":[""" + Scope + "}]}")]
    public void What_another_file_of_the_same_import_brings_is_not_missing(string plain, string whole)
    {
        using var mirror = new TestMirror();
        var (first, second) = (mirror.Write("1.json", System.Text.Encoding.UTF8.GetBytes(plain)),
            mirror.Write("2.json", System.Text.Encoding.UTF8.GetBytes(whole)));
        Assert.All(mirror.Import(first, second), result => Assert.Empty(result.Notes));
        Assert.Empty(mirror.Notes);

        using var alone = new TestMirror();
        var other = alone.Write("3.json", "[]"u8.ToArray());
        Assert.Contains("of which access package",
            Assert.Single(alone.Import(alone.Write("1.json", System.Text.Encoding.UTF8.GetBytes(plain)), other)[0].Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Assignment + Target + Package + "}", Assignment + "}")]
    [InlineData(Policy + Package + "}", Policy + "}")]
    public void What_the_mirror_knows_is_not_missing(string before, string after)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(before, "a.json");
        Assert.Empty(mirror.ImportText(after, "b.json").Notes);
    }
}
