using System.Net;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Exporting;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Exporting;

/// <summary>Export-AuditRecord -Pseudonymize: nobody is named, and everything else answers as before.</summary>
public sealed class PseudonymizeTests
{
    private static readonly PseudonymKey Key = PseudonymKey.Of("0123456789abcdef"u8.ToArray());

    [Theory]
    [MemberData(nameof(ExportedTenant.Shapes), MemberType = typeof(ExportedTenant))]
    public void Every_shape_imports_again_with_as_many_of_everything_and_names_nobody(string shape)
    {
        using var tenant = new ExportedTenant(shape);
        var export = Run(tenant.Mirror, tenant.File, Key);
        Assert.True(export is { Pseudonymized: true, IsVerbatim: false });
        AssertNamesNobody(tenant.Mirror, File.ReadAllText(tenant.File));
        tenant.Again().Dispose();
    }

    [Fact]
    public void All_of_a_tenant_together_imports_again_with_as_many_of_everything()
    {
        using var tenant = new ExportedTenant("directory", "entitlement", "graph", "unified-audit", "provisioning");
        Run(tenant.Mirror, tenant.File, Key);
        AssertNamesNobody(tenant.Mirror, File.ReadAllText(tenant.File));
        tenant.Again().Dispose();
    }

    [Fact]
    public void A_key_gives_the_same_pseudonyms_in_every_kind_and_in_texts_and_another_others()
    {
        using var mirror = new TestMirror();
        const string Id = "11111111-2222-4333-8444-555555555555";
        mirror.ImportText($$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"{{Id}}","displayName":"Zoë O'Neil-Ray",
            "userPrincipalName":"zoe.oneil@contoso.example","mobilePhone":"+1 (425) 555-0123"}]}
            """, "users.json");
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Update user")
        {
            Targets = [Event.Target(Id, "Zoë O'Neil-Ray", "User", "ZOE.oneil@contoso.example",
                Event.Modified("Notes", null, $"\"zoë o'neil-ray ({Id.ToUpperInvariant()}, zoe.oneil@CONTOSO.example) "
                    + "from 203.0.113.9, call +1 (425) 555-0123, User 'zoe.oneil@contoso.example' or o'zoe@contoso.example, "
                    + "see https://contoso.example/x\""))],
        }.ToString(), "log.json");
        Run(mirror, Path.Combine(mirror.Folder, "one"), Key);
        Run(mirror, Path.Combine(mirror.Folder, "two"), Key);
        Run(mirror, Path.Combine(mirror.Folder, "other"), PseudonymKey.Random());
        var (one, other) = (File.ReadAllText(Path.Combine(mirror.Folder, "one")), File.ReadAllText(Path.Combine(mirror.Folder, "other")));
        Assert.Equal(one, File.ReadAllText(Path.Combine(mirror.Folder, "two")));
        var pseudonym = new Pseudonym(Key);
        string[] values =
        [
            pseudonym.Id(Id, new(Id)), pseudonym.Name("Zoë O'Neil-Ray"), pseudonym.Mail("zoe.oneil@contoso.example"),
            pseudonym.Digits("+1 (425) 555-0123"),
        ];
        foreach (var value in values)
        {
            Assert.True(Regex.Count(one, Regex.Escape(value), RegexOptions.IgnoreCase) >= 2, $"{value}: {one}");
            Assert.DoesNotContain(value, other, StringComparison.Ordinal);
        }

        Assert.Contains($"User '{pseudonym.Mail("zoe.oneil@contoso.example")}' or {pseudonym.Mail("o'zoe@contoso.example")},", one, StringComparison.Ordinal);
        Assert.Contains($"https://{pseudonym.Domain("contoso.example")}/x", one, StringComparison.Ordinal);
        Assert.Contains(pseudonym.Address(IPAddress.Parse("203.0.113.9")), one, StringComparison.Ordinal);
        foreach (var kept in new[] { "Update user", "2026-10-01T08:00:00Z", "\"Notes\"", "\"User\"", "displayName" })
            Assert.Contains(kept, one, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)zoë|neil|contoso|11111111|555-0123|203.0.113", one);
    }

    [Fact]
    public void Secrets_stay_masked()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Update application")
        {
            Targets = [Event.Target("app", "Portal", "Application", null, Event.Modified("KeyDescription", "[]", "S3CR3T"))],
        }.ToString());
        Assert.Equal(1, Run(mirror, Path.Combine(mirror.Folder, "out"), Key).Masked);
        Assert.DoesNotContain("S3CR3T", File.ReadAllText(Path.Combine(mirror.Folder, "out")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada@contoso.com", @"^u[a-z2-7]{10}@d[a-z2-7]{8}\.example$")]
    [InlineData("bo_fabrikam.com#EXT#@contoso.onmicrosoft.com", @"^u[a-z2-7]{10}_d[a-z2-7]{8}\.example#EXT#@d[a-z2-7]{8}\.example$")]
    [InlineData("11111111222243338444555555555555ada@contoso.com", @"^[0-9a-f]{32}u[a-z2-7]{10}@d[a-z2-7]{8}\.example$")]
    public void Addresses_of_mail_stay_what_they_are(string mail, string form)
    {
        var pseudonym = new Pseudonym(Key);
        Assert.Matches(form, pseudonym.Mail(mail));
        Assert.Equal(pseudonym.Mail(mail), pseudonym.Mail(mail.ToUpperInvariant()), ignoreCase: true);
        if (mail.StartsWith("bo_", StringComparison.Ordinal))
            Assert.StartsWith(pseudonym.Mail("bo@fabrikam.com").Replace('@', '_'), pseudonym.Mail(mail), StringComparison.Ordinal);
        if (mail.StartsWith('1')) Assert.EndsWith(pseudonym.Mail("ada@contoso.com"), pseudonym.Mail(mail), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_and_addresses_stay_ids_and_addresses()
    {
        var pseudonym = new Pseudonym(Key);
        var id = Guid.NewGuid();
        Assert.True(Guid.TryParseExact(pseudonym.Id(id.ToString(), id), "D", out var made));
        Assert.Equal(made.ToString("N"), pseudonym.Id(id.ToString("N"), id));
        Assert.NotEqual(id, made);
        foreach (var well in new[] { "00000003-0000-0000-c000-000000000000", "62e90394-69f5-4237-9190-012177145e10", Guid.Empty.ToString() })
            Assert.Equal(well, pseudonym.Id(well, new(well)));
        Assert.Matches(@"^2(4|5)\d\.\d+\.\d+\.\d+$", pseudonym.Address(IPAddress.Parse("10.0.0.1")));
        Assert.StartsWith("2001:db8:", pseudonym.Address(IPAddress.Parse("2a01::1")), StringComparison.Ordinal);
        Assert.Matches(@"^\+\d \(\d{3}\) \d{3}-\d{4}$", pseudonym.Digits("+1 (425) 555-0123"));
    }

    [Fact]
    public void A_key_file_is_made_for_its_owner_and_one_that_others_can_read_is_refused()
    {
        using var mirror = new TestMirror();
        var file = Path.Combine(mirror.Folder, "keys", "my.key");
        var made = PseudonymKey.OfFile(file, out var isNew);
        Assert.True(isNew);
        Assert.Equal(made.Hash("x", "y"), PseudonymKey.OfFile(file, out isNew).Hash("x", "y"));
        Assert.False(isNew);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Equal("KeyFileLoose", Assert.Throws<AuditToolException>(() => PseudonymKey.OfFile(file, out _)).ErrorId);
        }

        var small = mirror.Write("short.key", "abc"u8.ToArray());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(small, UnixFileMode.UserRead);
        Assert.Equal("KeyTooShort", Assert.Throws<AuditToolException>(() => PseudonymKey.OfFile(small, out _)).ErrorId);
        Assert.Equal("KeyTooShort", Assert.Throws<AuditToolException>(() => PseudonymKey.Of("abc"u8.ToArray())).ErrorId);
    }

    private static void AssertNamesNobody(TestMirror mirror, string text)
    {
        var identities = OldMirror.Texts(mirror.Path, """
            SELECT object_id FROM identity WHERE object_id <> '' UNION SELECT display_name FROM identity WHERE display_name <> ''
            UNION SELECT upn FROM identity WHERE upn <> '' UNION SELECT name FROM entity WHERE name <> '' UNION SELECT upn FROM entity WHERE upn <> ''
            UNION SELECT CASE typeof(object_id) WHEN 'blob' THEN lower(substr(hex(object_id), 1, 8) || '-' || substr(hex(object_id), 9, 4) || '-' ||
                substr(hex(object_id), 13, 4) || '-' || substr(hex(object_id), 17, 4) || '-' || substr(hex(object_id), 21)) ELSE object_id END FROM entity
            UNION SELECT text FROM address UNION SELECT text FROM term WHERE id IN (SELECT term FROM tenant)
            """).Where(name => name is { Length: > 2 } && !IsOfEveryTenant(name)).ToList();
        Assert.NotEmpty(identities);
        static string Alone(string name) => $@"(?<![\p{{L}}\p{{Nd}}]){Regex.Escape(name)}(?![\p{{L}}\p{{Nd}}])";
        var named = identities.Where(name => Regex.IsMatch(text, Alone(name), RegexOptions.IgnoreCase)).ToList();
        Assert.True(named.Count == 0, $"{named.Count} of {identities.Count}: {string.Join(", ", named.Take(20))}");
    }

    // Names of Microsoft's, and words of which activities are made: an application's role that is called "admin".
    private static bool IsOfEveryTenant(string name) =>
        WellKnown.Has(name) || WellKnown.IsWord(name) || (Guid.TryParse(name, out var id) && WellKnown.Has(id));

    private static AuditRecordExport Run(TestMirror mirror, string file, PseudonymKey key) =>
        RecordExport.Run(mirror.Path, file, new() { Key = key }, _ => { }, TestContext.Current.CancellationToken);
}
