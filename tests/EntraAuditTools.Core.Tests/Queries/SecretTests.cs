using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>Values that can hold key material stay hidden, in details and originals of every shape, unless asked for.</summary>
public sealed class SecretTests
{
    private const string Secret = "KeyIdentifier=9f8e7d";

    public static TheoryData<string, string> Originals => new()
    {
        { "Graph", $$"""{"targetResources":[{"modifiedProperties":[{"displayName":"KeyDescription","oldValue":"[]","newValue":"[\"{{Secret}}\"]"}]}]}""" },
        { "values before the name", $$"""{"ModifiedProperties":[{"NewValue":"{{Secret}}","OldValue":null,"Name":"Application.Credential"}]}""" },
        { "JSON text in a cell", $$"""{"TargetResources":"[{\"modifiedProperties\":[{\"displayName\":\"KeyDescription\",\"newValue\":\"{{Secret}}\"}]}]"}""" },
        { "JSON text in JSON text",
            $$"""{"AuditData":"{\"ExtendedProperties\":[{\"Name\":\"x\",\"Value\":\"{\\\"Name\\\":\\\"KeyDescription\\\",\\\"Value\\\":\\\"{{Secret}}\\\"}\"}]}"}""" },
        { "portal CSV", $$"""{"Target1ModifiedProperty2Name":"KeyDescription","Target1ModifiedProperty2OldValue":"","Target1ModifiedProperty2NewValue":"{{Secret}}","Target1ModifiedProperty3Name":"DisplayName"}""" },
        { "portal CSV in Spanish",
            $$"""{"Objetivo1PropiedadModificada1Nombre":"KeyDescription","Objetivo1PropiedadModificada1ValorAnterior":"{{Secret}}","Objetivo1PropiedadModificada1ValorNuevo":"{{Secret}}"}""" },
        { "portal CSV, a detail", $$"""{"AdditionalDetail1Key":"ClientSecret","AdditionalDetail1Value":"{{Secret}}"}""" },
        { "a property of that name", $$"""{"passwordCredentials":[{"secretText":"{{Secret}}"}]}""" },
        { "signs between the words",
            $$"""
            {"additionalDetails":[{"key":"client_secret","value":"{{Secret}}"},{"key":"Key-Description","value":"{{Secret}}"},
            {"key":"private key","value":"{{Secret}}"}]}
            """ },
        { "settings as the value of one property",
            $$"""{"modifiedProperties":[{"displayName":"AppSettings","newValue":"[\"{\\\"userPassword\\\":\\\"{{Secret}}\\\"}\"]"}]}""" },
        { "a row that a CSV wrote as JSON text", $$"""{"Details":"\"{\\\"api_key\\\":\\\"{{Secret}}\\\"}\""}""" },
        { "the same name twice in text within", $$"""{"Details":"{\"a\":1,\"a\":2,\"secret\":\"{{Secret}}\"}"}""" },
        { "the same name twice in an object", $$"""{"displayName":"KeyDescription","newValue":"{{Secret}}","newValue":"{{Secret}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Originals))]
    public void Is_masked_in_originals(string shape, string json)
    {
        var masked = SecretMask.MaskJson(json);
        Assert.DoesNotContain("9f8e7d", masked, StringComparison.Ordinal);
        Assert.Contains(SecretMask.Note, masked, StringComparison.Ordinal);
        Assert.NotEmpty(shape);
    }

    [Theory]
    [InlineData("""{"displayName":"Included Updated Properties","oldValue":null,"newValue":"\"KeyDescription\""}""")]
    [InlineData("""{ "displayName": "DisplayName",  "newValue": "\"KeyDescription of the app\"" }""")]
    [InlineData("""{"Target1ModifiedProperty1Name":"Included Updated Properties","Target1ModifiedProperty1NewValue":"\"KeyDescription\"","Target1ModifiedProperty2Name":"DisplayName","Target1ModifiedProperty2NewValue":"x"}""")]
    public void Names_alone_are_no_secret(string json) => Assert.Equal(json, SecretMask.MaskJson(json));

    public static TheoryData<string> Names =>
    [
        "KeyDescription", "Credential", "KeyCredentials", "PasswordCredentials", "EncryptedCredential", "AsymmetricKey", "SymmetricKey",
        "ClientSecret", "Secret", "SecretText", "SharedSecret", "PrivateKey", "ApiKey", "ConnectionString", "SynchronizationSecrets",
        "SecretToken", "AccessToken", "RefreshToken", "Password", "UnicodePwd", "UserPassword", "TemporaryAccessPass", "OathSecretKey",
        "StrongAuthenticationPhoneAppDetail", "DeviceKey", "Application.KeyDescription", "client_secret", "api-key", "private key",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_masked_under_every_such_name(string name)
    {
        Assert.DoesNotContain("9f8e7d", SecretMask.MaskJson($$"""{"{{name}}":"{{Secret}}"}"""), StringComparison.Ordinal);
        Assert.DoesNotContain("9f8e7d", SecretMask.MaskJson($$"""{"key":"{{name}}","value":"{{Secret}}"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PasswordPolicies")]
    [InlineData("LastPasswordChangeTimestamp")]
    [InlineData("TokenLifetimePolicy")]
    [InlineData("KeyId")]
    public void What_is_said_about_secrets_is_shown(string name) =>
        Assert.Contains(Secret, SecretMask.MaskJson($$"""{"key":"{{name}}","value":"{{Secret}}"}"""), StringComparison.Ordinal);

    [Fact]
    public void Is_shown_only_when_asked_for()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Update application – Certificates and secrets management")
        {
            Targets = [Event.Target("app", "Portal", "Application", null, Event.Modified("KeyDescription", "[]", $"[\"{Secret}\"]"),
                Event.Modified("DisplayName", null, "\"Portal\""))],
        }.ToString());

        var hidden = Assert.Single(mirror.Activities());
        var key = hidden.Targets[0].ModifiedProperties[0];
        Assert.Equal((true, SecretMask.Note, SecretMask.Note), (key.Masked, key.NewValue, key.RawNewValue));
        Assert.Equal("Portal", hidden.Targets[0].ModifiedProperties[1].NewValue);
        Assert.DoesNotContain("9f8e7d", hidden.GetOriginal(), StringComparison.Ordinal);

        var shown = Assert.Single(mirror.Activities(new() { ShowSecret = true }));
        Assert.Equal((false, Secret), (shown.Targets[0].ModifiedProperties[0].Masked, shown.Targets[0].ModifiedProperties[0].NewValue));
        Assert.Contains(Secret, shown.GetOriginal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("\"Member\"", "Member")]
    [InlineData("[\"a\"]", "a")]
    [InlineData("[\r\n  \"a\"\r\n]", "a")]
    [InlineData("[true]", "true")]
    [InlineData("[]", "")]
    [InlineData("\"\"", "")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"b\"]")]
    [InlineData("[{\"a\":1}]", "[{\"a\":1}]")]
    [InlineData("bare", "bare")]
    [InlineData("[EXT] Bo", "[EXT] Bo")]
    [InlineData("\"half", "\"half")]
    public void Values_are_unwrapped(string? raw, string? value) => Assert.Equal(value, WrappedValue.Unwrap(raw));
}
