using EntraAuditTools.Core.Importing.Session;

namespace EntraAuditTools.Core.Tests.Importing;

public sealed class ImportTotalTests
{
    [Theory]
    [InlineData("AuditActivity", "Kind: audit activities.")]
    [InlineData("ProvisioningLog", "Kind: provisioning log entries.")]
    [InlineData("AccessPackageAssignmentPolicy, ServicePrincipal", "Kinds: access package assignment policies, service principals.")]
    [InlineData("Log Analytics row of SigninLogs", "Kind: Log Analytics row of SigninLogs.")]
    public void Kinds_are_named_in_words(string kind, string expected)
    {
        var total = new ImportTotal();
        total.Add(new ImportResult { Source = "x.json", Kind = kind, Status = "Imported", Read = 1, Added = 1 });
        Assert.EndsWith(expected, total.Describe(errors: 0), StringComparison.Ordinal);
    }
}
