using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>The oracle of who can request, on the cases that the world was made for.</summary>
public sealed class EntitlementCanRequestTests
{
    private static readonly Tenant Sample = new(new SampleTenantOptions());

    public static TheoryData<string, string, int, string, CanRequestReason> Cases => new()
    {
        // Who, what, days before the end, answer, reason.
        { "Noor Aldana", "Engineering workbench", 0, "Yes", CanRequestReason.Allowed },
        { "Suri Tan", "Engineering workbench", 0, "No", CanRequestReason.AlreadyAssigned },
        { "Ravi Menon", "Engineering workbench", 25, "Yes", CanRequestReason.Allowed },
        { "Olive Marsh", "Engineering workbench", 0, "No", CanRequestReason.NotInScope },
        { "Noor Aldana", "Source code reader", 0, "Yes", CanRequestReason.Allowed },
        { "Noor Aldana", "Release signing", 0, "Yes", CanRequestReason.Allowed },
        { "Theo Brandvold", "Release signing", 0, "No", CanRequestReason.RequestPending },
        { "Pia Lund", "Release signing", 0, "Yes", CanRequestReason.Allowed },
        { "Ingrid Solberg", "Release signing", 26, "No", CanRequestReason.IncompatiblePackage },
        { "Ingrid Solberg", "Release signing", 0, "Yes", CanRequestReason.Allowed },
        { "Pia Lund", "Payments release", 45, "No", CanRequestReason.IncompatibleGroup },
        { "Noor Aldana", "Payments release", 0, "Yes", CanRequestReason.Allowed },
        { "Marek Dvorak", "Release audit", 0, "No", CanRequestReason.IncompatiblePackage },
        { "Noor Aldana", "Release audit", 0, "Unknown", CanRequestReason.MembersUnknown },
        { "Diego Fuentes", "Harbour site", 0, "Yes", CanRequestReason.Allowed },
        { "Diego Fuentes", "Supplier portal", 0, "No", CanRequestReason.AlreadyAssigned },
        { "Petra Kolb", "Supplier portal", 0, "Yes", CanRequestReason.Allowed },
        { "Lio Ferro", "Supplier portal", 0, "Yes", CanRequestReason.Allowed },
        { "Lio Ferro", "Supplier portal", 28, "No", CanRequestReason.NotInScope },
        { "Jae Min", "Supplier portal", 0, "No", CanRequestReason.NotInScope },
        { "Jae Min", "Open data room", 0, "Yes", CanRequestReason.Allowed },
        { "Rania Saleh", "Supplier portal", 25, "Yes", CanRequestReason.Allowed },
        { "Rania Saleh", "Supplier portal", 0, "No", CanRequestReason.NotInScope },
        { "Noor Aldana", "Open data room", 0, "No", CanRequestReason.NotInScope },
        { "Noor Aldana", "Pipeline robots", 0, "No", CanRequestReason.NotInScope },
        { "Noor Aldana", "Sales kit", 0, "No", CanRequestReason.NoRequests },
        { "Noor Aldana", "Hidden vault", 0, "Yes", CanRequestReason.Allowed },
        { "Noor Aldana", "Draft workspace", 0, "No", CanRequestReason.CatalogUnpublished },
        { "Noor Aldana", "Summer campaign", 0, "No", CanRequestReason.PolicyExpired },
        { "Noor Aldana", "Summer campaign", 40, "Yes", CanRequestReason.Allowed },
        { "Diego Fuentes", "Ledger archive", 0, "No", CanRequestReason.CatalogNotExternal },
        { "Noor Aldana", "Closed programme", 0, "No", CanRequestReason.NoRequests },
        { "Noor Aldana", "Closed programme", 30, "Yes", CanRequestReason.Allowed },
        { "Noor Aldana", "Night shift", 0, "Unknown", CanRequestReason.MembersUnknown },
        { "Noor Aldana", "Empty shell", 0, "No", CanRequestReason.NoPolicy },
        { "Olive Marsh", "Source code reader", 0, "Yes", CanRequestReason.Allowed },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsAsTheCaseSays(string person, string package, int daysBefore, string answer, CanRequestReason reason)
    {
        var world = Sample.Entitlement;
        var truth = EntitlementTruth.Of(Sample, Sample.Options.To.AddDays(-daysBefore))
            .CanRequest(world.People.Single(one => one.DisplayName == person && world.Cast.People.Contains(one)),
                world.Cases.Packages.Single(one => one.DisplayName == package));

        Assert.Equal((answer, reason), (truth.Answer, truth.Reason));
        Assert.Equal(answer == "Yes", truth.Policy is not null
            && truth.Policies.First(policy => policy.Policy == truth.Policy).Answer == "Yes" && truth.Reason == CanRequestReason.Allowed);
    }

    [Fact]
    public void TheMoreParticularPolicyDecides()
    {
        var world = Sample.Entitlement;
        var truth = EntitlementTruth.Of(Sample, Sample.Options.To).CanRequest(world.Cast.ProposedGuest, world.Cases.SupplierPortal);
        Assert.Equal("specificConnectedOrganizationUsers", truth.Policy!.AllowedTargetScope);
        Assert.True(truth.Firm);
    }

    [Fact]
    public void WithAllThatTheWorldKnowsNothingIsUnknown()
    {
        var world = Sample.Entitlement;
        var truth = EntitlementTruth.Of(Sample, Sample.Options.To);
        int open = 0;
        foreach (var person in world.People)
        {
            foreach (var package in world.Packages)
            {
                string known = truth.CanRequest(person, package, asExported: false).Answer;
                string exported = truth.CanRequest(person, package).Answer;
                Assert.Contains(known, (string[])["Yes", "No"]);
                open += exported == "Unknown" ? 1 : 0;
                Assert.True(exported == known || exported == "Unknown", $"{person.DisplayName}, {package.DisplayName}");
            }
        }

        Assert.InRange(open, 20, world.People.Count * 2);
    }
}
