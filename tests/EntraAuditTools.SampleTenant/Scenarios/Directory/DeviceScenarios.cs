using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>Devices join and report.</summary>
internal static class DeviceScenarios
{
    public static void Register(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        string device = scenario.Random.NewId();
        string name = "LT-" + scenario.Random.Code(6);
        var service = scenario.Tenant.Services.DeviceRegistration;
        EventTarget Device(params EventProperty[] properties) => new("Device", device, name) { Properties = properties };
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "Device", "Add device", "Add", service,
            [
                Device(
                    Changed("AccountEnabled", "[]", "[true]"),
                    Changed("DeviceId", "[]", Listed(random.NewId())),
                    Changed("DeviceOSType", "[]", "[\"Windows\"]"),
                    Changed("DeviceOSVersion", "[]", $"[\"10.0.26100.{random.Between(1000, 7000)}\"]"),
                    Changed("DeviceTrustType", "[]", "[\"AzureAd\"]"),
                    Changed("DisplayName", "[]", Listed(name)),
                    Set(Included, Quoted("AccountEnabled, DeviceId, DeviceOSType, DeviceOSVersion, DeviceTrustType, DisplayName"))),
            ],
            new EventDetail("DeviceId", device), new EventDetail("DeviceOSType", "Windows"),
                new EventDetail("DeviceTrustType", "AzureAd")));
        // Owner and user are written in one transaction.
        scenario.Step(TimeSpan.FromMilliseconds(80),
            (random, ticks) => Directory(random, ticks, correlation, "Device", "Add registered owner to device", "Assign", service,
                [Target(person, Changed("Device.ObjectID", null, Quoted(device)), Changed("Device.DisplayName", null, Quoted(name))),
                    Device()]));
        scenario.Step(TimeSpan.FromMilliseconds(80),
            (random, ticks) => Directory(random, ticks, correlation, "Device", "Add registered users to device", "Assign", service,
                [Target(person, Changed("Device.ObjectID", null, Quoted(device)), Changed("Device.DisplayName", null, Quoted(name))),
                    Device()]));
        scenario.Step(TimeSpan.FromSeconds(1),
            (random, ticks) => Record("DRS", "Device Registration Service", random, ticks, correlation, "Device", "Register device", "Add",
                Actor(random, person),
            [Device(), Named(person)], [new("DeviceTrustType", "AzureAd"), new("Device OS", "Windows 10.0.26100"),
                new("DeviceMembershipType", "Join")]));
    }

    public static void Update(ScenarioContext scenario)
    {
        string correlation = scenario.Random.NewId();
        string device = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "Device", "Update device", "Update",
            scenario.Tenant.Services.DeviceRegistration,
            [
                new("Device", device, "LT-" + random.Code(6))
                {
                    Properties =
                    [
                        Changed("DeviceOSVersion", $"[\"10.0.22631.{random.Between(1000, 7000)}\"]",
                            $"[\"10.0.26100.{random.Between(1000, 7000)}\"]"),
                        Changed("ApproximateLastLogonTimestamp", Listed(Iso(ticks - 9 * TimeSpan.TicksPerDay)), Listed(Iso(ticks))),
                        Changed("DevicePhysicalIds", Listed("[USER-HWID]:" + random.NewId()), "[" + Quoted("[USER-HWID]:" + random.NewId())
                            + "," + Quoted("[GID]:g:" + Number(random.Below(99_999_999_999))) + "]"),
                        Set(Included, Quoted("DeviceOSVersion, ApproximateLastLogonTimestamp, DevicePhysicalIds")),
                        Set("TargetId.DeviceId", Quoted(device)), Set("TargetId.DeviceOSType", Quoted("Windows")),
                        Set("TargetId.DeviceTrustType", Quoted("AzureAd")),
                    ],
                },
            ],
            new EventDetail("DeviceId", device), new EventDetail("DeviceOSType", "Windows"),
                new EventDetail("DeviceTrustType", "AzureAd")));
    }
}
