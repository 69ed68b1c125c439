using System.Text.Json;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

public sealed class EntitlementBulkTests
{
    [Fact]
    public void WritesWhatItsNumbersSay()
    {
        var options = EntitlementBulkOptions.Parse("users=300, packages=40,assignments=1500");
        Assert.Equal(new EntitlementBulkOptions(300, 40, 1500), options);
        var bulk = new EntitlementBulk(options);
        string folder = Directory.CreateTempSubdirectory("entitlement-").FullName;
        try
        {
            bulk.Write(folder);
            var users = Ids(folder, "users.json");
            var packages = Ids(folder, "accessPackages.json");
            var policies = Ids(folder, "assignmentPolicies.json");
            var groups = Ids(folder, "groups.json");
            Assert.Equal((300, 40, 80, 40), (users.Count, packages.Count, policies.Count, groups.Count));
            Assert.Equal(5, Directory.GetFiles(Path.Combine(folder, "members")).Length);
            Assert.All(Directory.GetFiles(Path.Combine(folder, "members")), file =>
                Assert.Contains(Path.GetFileNameWithoutExtension(file), groups));

            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "assignments.json")));
            var assignments = document.RootElement.GetProperty("value").EnumerateArray().ToList();
            Assert.Equal(1500, assignments.Select(one => one.GetProperty("id").GetString()).Distinct().Count());
            Assert.Equal(1500, Enumerable.Range(0, 1500).Select(bulk.Assignment).Distinct().Count());
            for (int number = 0; number < assignments.Count; number++)
            {
                var (user, package) = bulk.Assignment(number);
                var one = assignments[number];
                Assert.Equal(
                    (bulk.AssignmentId(number), bulk.UserId(user), bulk.PackageId(package), EntitlementBulk.Holds(number) ? "delivered"
                        : "expired"),
                    (one.GetProperty("id").GetString(), one.GetProperty("target").GetProperty("objectId").GetString(),
                        one.GetProperty("accessPackage").GetProperty("id").GetString(), one.GetProperty("state").GetString()));
                Assert.Contains(one.GetProperty("assignmentPolicy").GetProperty("id").GetString(), policies);
                var (start, end) = bulk.Term(number);
                Assert.True(start < (end ?? options.At) && start < options.At);
            }

            Assert.Contains(bulk.UserId(299), users);
            Assert.Contains(bulk.PackageId(39), packages);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("users")]
    [InlineData("users=many")]
    [InlineData("people=3")]
    public void SaysWhatItCannotRead(string text) => Assert.Throws<FormatException>(() => EntitlementBulkOptions.Parse(text));

    private static HashSet<string?> Ids(string folder, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        return [.. document.RootElement.GetProperty("value").EnumerateArray().Select(one => one.GetProperty("id").GetString())];
    }
}
