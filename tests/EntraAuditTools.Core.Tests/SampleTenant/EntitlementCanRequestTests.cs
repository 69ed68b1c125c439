using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>The oracle of who can request, on the cases that the tenant was made for.</summary>
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
        var entitlement = Sample.Entitlement;
        var expected = ExpectedEntitlement.Of(Sample, Sample.Options.To.AddDays(-daysBefore))
            .CanRequest(entitlement.People.Single(one => one.DisplayName == person && entitlement.Objects.People.Contains(one)),
                entitlement.Cases.Packages.Single(one => one.DisplayName == package));

        Assert.Equal((answer, reason), (expected.Answer, expected.Reason));
        Assert.Equal(answer == "Yes", expected.Policy is not null
            && expected.Policies.First(policy => policy.Policy == expected.Policy).Answer == "Yes"
                && expected.Reason == CanRequestReason.Allowed);
    }

    [Fact]
    public void TheMoreParticularPolicyDecides()
    {
        var entitlement = Sample.Entitlement;
        var expected = ExpectedEntitlement.Of(Sample, Sample.Options.To)
            .CanRequest(entitlement.Objects.ProposedGuest, entitlement.Cases.SupplierPortal);
        Assert.Equal("specificConnectedOrganizationUsers", expected.Policy!.AllowedTargetScope);
        Assert.True(expected.Firm);
    }

    [Fact]
    public void WithAllThatIsKnownNothingIsUnknown()
    {
        var entitlement = Sample.Entitlement;
        var expected = ExpectedEntitlement.Of(Sample, Sample.Options.To);
        int open = 0;
        foreach (var person in entitlement.People)
        {
            foreach (var package in entitlement.Packages)
            {
                string known = expected.CanRequest(person, package, asExported: false).Answer;
                string exported = expected.CanRequest(person, package).Answer;
                Assert.Contains(known, (string[])["Yes", "No"]);
                open += exported == "Unknown" ? 1 : 0;
                Assert.True(exported == known || exported == "Unknown", $"{person.DisplayName}, {package.DisplayName}");
            }
        }

        Assert.InRange(open, 20, entitlement.People.Count * 2);
    }
}
