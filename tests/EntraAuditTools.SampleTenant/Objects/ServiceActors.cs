namespace EntraAuditTools.SampleTenant;

/// <summary>Microsoft's own services as initiators. The appId is null in real records; the service principal differs per tenant.</summary>
internal sealed class ServiceActors(SampleRandom random)
{
    public EventActor Entitlement { get; } = new(false, random.NewId(), "Azure AD Identity Governance - Entitlement Management");

    public EventActor Mfa { get; } = new(false, random.NewId(), "Azure MFA StrongAuthenticationService");

    public EventActor PasswordReset { get; } = new(false, random.NewId(), "Microsoft password reset service");

    public EventActor DeviceRegistration { get; } = new(false, random.NewId(), "Device Registration Service");

    public EventActor Sync { get; } = new(false, random.NewId(), "Microsoft Azure AD Connect Cloud Sync");

    public EventActor Licensing { get; } = new(false, random.NewId(), "Microsoft Azure AD Group-Based Licensing");

    public EventActor Pim { get; } = new(false, random.NewId(), "MS-PIM");

    public EventActor Invitations { get; } = new(false, random.NewId(), "Microsoft B2B Admin Worker");

    public EventActor Provisioning { get; } = new(false, null, "Azure AD Cloud Sync Provisioning");
}
