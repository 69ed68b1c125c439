using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>The portal's downloads, whose headers no source shows: any likely words, in any order; and Graph objects as CSV.</summary>
public sealed class PortalDownloadTests
{
    [Theory]
    [InlineData("Name,User principal name,Policy,Status,Start date,End date,User lifecycle")]
    [InlineData("Display name,UPN,Email,Object ID,Assignment policy,Assignment status,Assigned on,Expires on")]
    [InlineData("User;Access package;Policy;State;Start date (UTC);End date (UTC)")]
    [InlineData("id,displayName,userPrincipalName,policy,state,endDate")]
    public void Assignments_are_known_by_their_columns(string header)
    {
        var layout = Layout(header);
        Assert.Equal((RecordShape.PortalAssignmentRow, RecordKind.Entitlement, EntityKind.Assignment),
            (layout!.Shape, layout.Recognized.Kind, layout.Recognized.Entity));
        Assert.Empty(layout.NotUnderstood);
        Assert.Equal("Portal CSV", ShapeInfo.Of(layout.Shape).Name);
    }

    [Theory]
    [InlineData("Name,Description,Domains,State,Internal sponsors,External sponsors,Created date")]
    [InlineData("Connected organization,State,Modified on")]
    [InlineData("Display name,Tenant ID,Status,ID")]
    public void Connected_organizations_are_known_by_their_columns(string header)
    {
        var layout = Layout(header);
        Assert.Equal((RecordShape.PortalConnectedOrganizationRow, EntityKind.ConnectedOrganization), (layout!.Shape, layout.Recognized.Entity));
        Assert.Empty(layout.NotUnderstood);
    }

    [Theory]
    [InlineData("Name,Phone,City")]
    [InlineData("User,State,City")]
    [InlineData("displayName,userPrincipalName")]
    [InlineData("a,b,c")]
    public void Other_tables_are_not(string header) => Assert.Null(Layout(header));

    [Fact]
    public void Columns_that_are_not_understood_are_listed_and_can_be_mapped()
    {
        Assert.Equal(["Farbe"], Layout("Name,Policy,Status,Farbe")!.NotUnderstood);
        Assert.Null(Layout("Wer,Wodurch,Bis wann"));
        var layout = CsvLayout.Recognize(["Wer", "Wodurch", "Bis wann"],
            new Dictionary<string, string> { ["Wer"] = "userPrincipalName", ["wodurch"] = "policy", ["Bis wann"] = "end" });
        Assert.Equal(["userPrincipalName", "policy", "end"], layout!.Columns);
    }

    [Fact]
    public void A_row_is_an_assignment_without_id()
    {
        var read = Rows("Name,UPN,Email,Object ID,Policy,Status,Start date,End date,User "
            + "lifecycle\nAda,ada@contoso.example,ada@mail.example,B1000000-0000-4000-8000-000000000001,All,Partially "
            + "delivered,5/18/2026 9:13:33 PM,2026-12-31,Not governed", new(null, "Sales", null, null)).Single();
        Assert.Equal("portal:sales|b1000000-0000-4000-8000-000000000001|all", read.Id);
        Assert.Equal(
            """{"expirationDuration":null,"expirationEnd":"2026-12-31T00:00:00.0000000Z","expirationType":"afterDateTime","packageName":"Sales","policyName":"All","portal":true,"start":"2026-05-18T21:13:33.0000000Z","state":"partiallyDelivered","subject":"b1000000-0000-4000-8000-000000000001","subjectMail":"ada@mail.example","subjectName":"Ada","subjectUpn":"ada@contoso.example"}""",
            read.Facts());
        Assert.Equal(new NamedParent(EntityKind.AccessPackage, "Sales", FactNames.Package, null), read.NamedParent);
        var user = read.Nested.Single();
        Assert.Equal("""{"lifecycle":"notGoverned","mail":"ada@mail.example","name":"Ada","upn":"ada@contoso.example"}""", user.Facts());
    }

    [Fact]
    public void The_same_row_has_the_same_id_and_other_rows_others()
    {
        const string Csv = "User,Policy,Status\nada@contoso.example,All,Delivered\nADA@contoso.example,All,Expired\nada@contoso.example,Guests,Delivered\nbo@contoso.example,All,Delivered";
        var ids = Rows(Csv, new(null, "a1000000-0000-4000-8000-000000000001", null, null)).ConvertAll(r => r.Id);
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public void A_package_is_known_from_its_column_or_the_admin()
    {
        const string Id = "a1000000-0000-4000-8000-000000000001";
        Assert.Contains((FactNames.Package, EntityKind.AccessPackage, Id),
            Rows("User,Policy,Status\nada,All,Delivered", new(null, Id, null, null)).Single().Links);
        var named = Rows("User,Access package,Policy,Status\nada,Own,All,Delivered", new(null, Id, null, null)).Single();
        Assert.Equal("Own", named.ParentName);
        Assert.Empty(named.Links);
    }

    [Theory]
    [InlineData("Never", "\"noExpiration\"")]
    [InlineData("No end date", "\"noExpiration\"")]
    [InlineData("31.12.2026", null)]
    [InlineData("", null)]
    public void An_end_is_a_time_or_none_or_unknown(string end, string? type) =>
        Assert.Equal(type, Rows($"User,Policy,End date\nada,All,{end}", EntitlementHints.None).Single().Fact(FactNames.ExpirationType));

    [Fact]
    public void A_column_User_may_hold_an_id_a_UPN_or_a_name()
    {
        var read = Rows("User,Policy,Status\nb1000000-0000-4000-8000-000000000001,All,x\nada@contoso.example,All,x\nAda Lovelace,All,x", EntitlementHints.None);
        Assert.Equal("\"b1000000-0000-4000-8000-000000000001\"", read[0].Fact(FactNames.Subject));
        Assert.Equal("\"ada@contoso.example\"", read[1].Fact(FactNames.SubjectUpn));
        Assert.Equal("\"Ada Lovelace\"", read[2].Fact(FactNames.SubjectName));
    }

    [Fact]
    public void A_row_without_a_user_is_refused() => Assert.Throws<RecordException>(() => Rows("User,Policy,Status\n,All,Delivered", EntitlementHints.None));

    [Fact]
    public void A_connected_organization_has_sources_and_sponsors()
    {
        var read = Rows("Name,Description,Domains,State,Internal sponsors,Created date\nFabrikam,Partner,\"Fabrikam.example; "
            + "7D000000-0000-4000-8000-000000000001\",Proposed,\"Ada, Bo\",2026-01-01 08:00:00", EntitlementHints.None).Single();
        Assert.Equal("portal:fabrikam", read.Id);
        Assert.Equal(
            """{"created":"2026-01-01T08:00:00.0000000Z","description":"Partner","identitySources":[{"tenantId":"7d000000-0000-4000-8000-000000000001"},{"domain":"fabrikam.example"}],"internalSponsorNames":["Ada","Bo"],"name":"Fabrikam","portal":true,"state":"proposed"}""",
            read.Facts());
        Assert.Equal("o1", Rows("Name,ID,State,Tenant ID\nFabrikam,o1,Configured,x", EntitlementHints.None).Single().Id);
    }

    [Fact]
    public void Graph_objects_through_Export_Csv_are_known_as_cut()
    {
        const string Csv = "\"AccessPackage\",\"AssignmentPolicy\",\"CustomExtensionCalloutInstances\",\"ExpiredDateTime\",\"Id\",\"Schedule\",\"State\",\"Status\",\"Target\",\"AdditionalProperties\"\n"
            + "\"Microsoft.Graph.PowerShell.Models.MicrosoftGraphAccessPackage\",\"Microsoft.Graph.PowerShell.Models.MicrosoftGraphAccessPackageAssignmentPolicy\",\"\",\"\",\"11111111-0000-4000-8000-000000000001\",\"Microsoft.Graph.PowerShell.Models.MicrosoftGraphEntitlementManagementSchedule\",\"delivered\",\"Delivered\",\"Microsoft.Graph.PowerShell.Models.MicrosoftGraphAccessPackageSubject\",\"System.Collections.Generic.Dictionary`2[System.String,System.Object]\"";
        var read = Rows(Csv, EntitlementHints.None).Single();
        Assert.True(read.IsCut);
        Assert.Equal("""{"state":"delivered","status":"Delivered"}""", read.Facts());
        Assert.Empty(read.Nested);
    }

    [Fact]
    public void A_list_of_users_or_members_is_one()
    {
        var users = Rows("userPrincipalName,displayName,mail,id,userType,accountEnabled,groupIds\nada@contoso.example,Ada,,u1,Member,True,x", EntitlementHints.None).Single();
        Assert.Equal((EntityKind.User, """{"enabled":true,"name":"Ada","upn":"ada@contoso.example","userType":"Member"}"""), (users.Kind, users.Facts()));
        var members = Rows("id,userPrincipalName,displayName,objectType\nu1,ada@contoso.example,Ada,User\ng2,,Juniors,Group\nd1,,Laptop,Device", new(null, null, "Sellers", null));
        Assert.Equal([EntityKind.User, EntityKind.Group], members.ConvertAll(m => m.Kind));
        Assert.All(members, m => Assert.Equal("Sellers", m.ParentName));
    }

    private static CsvLayout? Layout(string header) => CsvLayout.Recognize(header.Split(header.Contains(';', StringComparison.Ordinal) ? ';' : ','), null);

    private static List<EntityObservation> Rows(string csv, EntitlementHints hints)
    {
        using var reader = new CsvRecordReader(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        var layout = CsvLayout.Recognize(reader.Header, null)!;
        var read = new List<EntityObservation>();
        while (reader.TryRead(layout.Columns, out var row))
        {
            Assert.Null(row.Error);
            using var document = JsonDocument.Parse(row.Json);
            if (EntitlementNormalizer.Read(document.RootElement, layout.Recognized.Entity, layout.Shape, hints) is { } entity) read.Add(entity);
        }

        return read;
    }
}
