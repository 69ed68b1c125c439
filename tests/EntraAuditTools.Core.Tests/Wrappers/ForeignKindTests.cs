using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Wrappers;

/// <summary>What is of another kind is named for what it is, and is nobody of the directory.</summary>
public sealed class ForeignKindTests
{
    private const string V1 = "https://graph.microsoft.com/v1.0/$metadata#";

    /// <summary>A record, and what its note calls one of them.</summary>
    public static TheoryData<string, string> Records => new()
    {
        // People API, contacts and other look-alikes of users (Graph reference: person, contact, orgContact).
        { $$$"""{"@odata.context":"{{{V1}}}users('bob%40contoso.com')/people","value":[{"id":"33333333-0000-4000-8000-000000000001","displayName":"Ann","userPrincipalName":"","scoredEmailAddresses":[{"address":"a@x.com"}],"personType":{"class":"Person"}}]}""", "1 contact (People API) was" },
        { $$$"""{"@odata.context":"{{{V1}}}me/people(id,displayName,userPrincipalName)","value":[{"id":"33333333-0000-4000-8000-000000000001","displayName":"Ann","userPrincipalName":"ann@contoso.com"}]}""", "1 contact (People API) was" },
        { """{"id":"33333333-0000-4000-8000-000000000001","displayName":"Ann","userPrincipalName":"ann@contoso.com","personType":{"class":"Person"}}""", "1 contact (People API) was" },
        { """{"id":"AAMk","parentFolderId":"x","fileAs":"","displayName":"Ann","emailAddresses":[{"address":"a@x.com"}]}""", "1 contact was" },
        { """{"@odata.type":"#microsoft.graph.orgContact","id":"33333333-0000-4000-8000-000000000001","displayName":"Ann","mail":"a@x.com"}""", "1 organizational contact was" },
        { """{"UserPrincipalName":"bob@contoso.com","DisplayName":"Bob","Id":"Bob","ExchangeGuid":"7e0f0f9e-0000-4000-8000-000000000001","RecipientTypeDetails":"UserMailbox"}""", "1 mailbox or recipient of Exchange was" },
        { """{"UserPrincipalName":"bob@contoso.com","DisplayName":"Bob","SamAccountName":"bob","DistinguishedName":"CN=Bob","ObjectGUID":"7e0f0f9e-0000-4000-8000-000000000001"}""", "1 user of Active Directory was" },
        { """{"id":"33333333-0000-4000-8000-000000000001","userPrincipalName":"bob@contoso.com","userDisplayName":"Bob","isMfaRegistered":true,"methodsRegistered":[]}""", "1 registration report row was" },
        { """{"reportRefreshDate":"2026-10-01","userPrincipalName":"bob@contoso.com","displayName":"Bob","isDeleted":false}""", "1 usage report row was" },
        // Other logs of Entra and Azure.
        { """{"id":"x","createdDateTime":"2026-10-01T08:00:00Z","userDisplayName":"Bob","userPrincipalName":"bob@contoso.com","appDisplayName":"Portal","conditionalAccessStatus":"success","ipAddress":"203.0.113.1"}""", "1 sign-in was" },
        { $$$"""{"@odata.context":"{{{V1}}}auditLogs/signIns","value":[{"id":"x"},{"id":"y"}]}""", "2 sign-ins were" },
        { """{"id":"x","riskEventType":"unfamiliarFeatures","riskLevel":"high","userPrincipalName":"bob@contoso.com","userDisplayName":"Bob","detectedDateTime":"2026-10-01T08:00:00Z"}""", "1 risk detection was" },
        { """{"id":"x","riskLevel":"high","riskState":"atRisk","userDisplayName":"Bob","userPrincipalName":"bob@contoso.com"}""", "1 risky user was" },
        { """{"time":"2026-10-01T08:00:00Z","category":"NonInteractiveUserSignInLogs","properties":{"id":"x"}}""", "1 sign-in was" },
        { """{"time":"2026-10-01T08:00:00Z","category":"UserRiskEvents","properties":{"id":"x"}}""", "1 risk detection was" },
        { """{"time":"2026-10-01T08:00:00Z","category":"MicrosoftGraphActivityLogs","properties":{"requestMethod":"GET"}}""",
            "1 Microsoft Graph activity log record was" },
        { """{"time":"2026-10-01T08:00:00Z","category":"Administrative","properties":{}}""", "1 Azure activity log record was" },
        { """{"TimeGenerated":"2026-10-01T08:00:00Z","Type":"MicrosoftGraphActivityLogs","RequestMethod":"GET"}""",
            "1 Microsoft Graph activity log record was" },
        { """{"TimeGenerated":"2026-10-01T08:00:00Z","Type":"AADManagedIdentitySignInLogs"}""", "1 sign-in was" },
        { """{"TimeGenerated":"2026-10-01T08:00:00Z","Type":"DeviceLogonEvents"}""", "1 Defender XDR event (DeviceLogonEvents) was" },
        { """{"TimeGenerated":"2026-10-01T08:00:00Z","Type":"IntuneAuditLogs"}""", "1 Intune audit event was" },
        { """{"RequestId":"x","requestMethod":"GET","requestUri":"https://graph.microsoft.com/v1.0/users","responseStatusCode":200}""",
            "1 Microsoft Graph activity log record was" },
        { """{"eventTimestamp":"2026-10-01T08:00:00Z","operationName":{"value":"x"},"caller":"bob@contoso.com","subscriptionId":"s"}""",
            "1 Azure activity log record was" },
        { """{"id":"x","displayName":"Patch","activityType":"Patch","activityOperationType":"Patch","componentName":"Device","activityDateTime":"2026-10-01T08:00:00Z","category":"Device"}""", "1 Intune audit event was" },
        { """{"id":"x","deviceId":"y","displayName":"PC","operatingSystem":"Windows","trustType":"AzureAd"}""", "1 device was" },
        { """{"id":"x","userPrincipalName":"bob@contoso.com","userDisplayName":"Bob","deviceName":"PC","complianceState":"compliant"}""",
            "1 Intune device was" },
        { """{"CreationTime":"2026-10-01T08:00:00","Id":"x","Operation":"MailItemsAccessed","RecordType":50,"Workload":"Exchange","UserId":"bob@contoso.com"}""", "1 unified audit log record (Exchange) was" },
        { """{"CreationTime":"2026-10-01T08:00:00","Id":"x","Operation":"UserLoggedIn","RecordType":15,"Workload":"AzureActiveDirectory","UserId":"bob@contoso.com"}""", "1 unified audit log record (sign-in) was" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void It_is_left_out_by_its_name(string text, string words)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(text);
        Assert.Equal((0, 0, "NotSupported"), (result.Added, result.Rejected, result.Status));
        Assert.Contains(words, Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Contains("left out", result.Notes.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,displayName,userPrincipalName,personType\n1,Ann,ann@contoso.com,Person", "1 contact (People API) was")]
    [InlineData("UserPrincipalName,DisplayName,Id,RecipientTypeDetails\nbob@contoso.com,Bob,Bob,UserMailbox", "1 mailbox or recipient of Exchange was")]
    [InlineData("Date (UTC),Request ID,User,Username,Application,Status,Sign-in error "
        + "code\n2026-10-01T08:00:00Z,x,Bob,bob@contoso.com,Portal,Success,\n2026-10-01T08:00:00Z,y,Bob,bob@contoso.com,Portal,Success,", "2 sign-ins were")]
    [InlineData("id,riskEventType,riskLevel,userPrincipalName,detectedDateTime\nx,unfamiliar,high,bob@contoso.com,2026-10-01T08:00:00Z",
        "1 risk detection was")]
    [InlineData("TimeGenerated [UTC],RequestMethod,RequestUri,Type\n2026-10-01T08:00:00Z,GET,https://x,MicrosoftGraphActivityLogs",
        "1 Microsoft Graph activity log record was")]
    public void Rows_of_a_CSV_too(string text, string words)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(text + "\n", "export.csv");
        Assert.Equal((0, "NotSupported"), (result.Added, result.Status));
        Assert.Contains(words, Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com"}""")]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users/$entity","id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com"}""")]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users('x')/directReports","value":[{"id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com"}]}""")]
    [InlineData("""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups('44444444-0000-4000-8000-000000000001')/owners","value":[{"@odata.type":"#microsoft.graph.user","id":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com"}]}""")]
    // The AzureAD module and ROADtools (Azure AD Graph's names).
    [InlineData("""{"ObjectId":"33333333-0000-4000-8000-000000000001","ObjectType":"User","DisplayName":"Bob","UserPrincipalName":"bob@contoso.com","UserType":"Member","AccountEnabled":true}""")]
    [InlineData("""{"objectId":"33333333-0000-4000-8000-000000000001","displayName":"Bob","userPrincipalName":"bob@contoso.com","userType":"Member"}""")]
    public void A_user_of_the_directory_is_one(string text)
    {
        using var mirror = new TestMirror();
        Assert.Equal(1, mirror.ImportText(text).Added);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(["bob@contoso.com"], reader.Query($"SELECT upn FROM entity WHERE kind = {(int)EntityKind.User}", row => row.GetString(0)));
    }
}
