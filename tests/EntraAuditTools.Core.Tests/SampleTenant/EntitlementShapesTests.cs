using System.Text.Json;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>Whatever shape the objects are written in, they say what the labels say.</summary>
public sealed class EntitlementShapesTests
{
    private static readonly Tenant Sample = new(new SampleTenantOptions());
    private static readonly DateTimeOffset End = Sample.Options.To;

    public static TheoryData<EntitlementKind, EntitlementShape> All
    {
        get
        {
            var all = new TheoryData<EntitlementKind, EntitlementShape>();
            foreach (var kind in Enum.GetValues<EntitlementKind>())
            {
                foreach (var shape in Enum.GetValues<EntitlementShape>())
                {
                    if (kind != EntitlementKind.ResourceAssignments || shape is EntitlementShape.Beta or EntitlementShape.BetaPlain)
                        all.Add(kind, shape);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EveryShapeOfEveryKindParses(EntitlementKind kind, EntitlementShape shape)
    {
        var (bytes, count) = Written(kind, shape, End);
        using var document = JsonDocument.Parse(bytes);
        bool sdk = shape is EntitlementShape.Sdk or EntitlementShape.SdkPlain or EntitlementShape.SdkWindowsPowerShell;
        var items = sdk ? document.RootElement : document.RootElement.GetProperty("value");

        Assert.InRange(count, 2, 10_000);
        Assert.Equal(count, items.GetArrayLength());
        Assert.Equal(count, items.EnumerateArray().Select(item => item.GetProperty(sdk ? "Id" : "id").GetString()).Distinct().Count());
        Assert.Equal(bytes, Again(kind, shape));
        if (sdk)
            Assert.All(items.EnumerateArray(), item => AssertPascal(item));
        else
            Assert.StartsWith($"https://graph.microsoft.com/{(shape is EntitlementShape.Beta or EntitlementShape.BetaPlain ? "beta" : "v1.0")}/$metadata#", document.RootElement.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(28)]
    [InlineData(200)]
    public void ExpandedAssignmentsSayWhatTheLabelsSay(int daysBefore)
    {
        var at = End.AddDays(-daysBefore);
        var expected = ExpectedEntitlement.Of(Sample, at).Assignments.ToDictionary(assignment => assignment.AssignmentId);
        using var document = JsonDocument.Parse(Written(EntitlementKind.Assignments, EntitlementShape.Graph, at).Bytes);
        var written = document.RootElement.GetProperty("value").EnumerateArray().ToList();

        Assert.Equal(expected.Count, written.Count);
        Assert.All(written, one =>
        {
            var label = expected[one.GetProperty("id").GetString()!];
            Assert.Equal((label.State, label.Status, label.Package.Id, label.Policy.Id),
                (one.GetProperty("state").GetString(), one.GetProperty("status").GetString(), one.GetProperty("accessPackage")
                    .GetProperty("id").GetString(), one.GetProperty("assignmentPolicy").GetProperty("id").GetString()));
            Assert.Equal((label.Subject.Id, label.Subject.ObjectId),
                (one.GetProperty("target").GetProperty("id").GetString(), one.GetProperty("target").GetProperty("objectId").GetString()));
            Assert.Equal(label.Subject.IsServicePrincipal ? "servicePrincipal" : "user",
                one.GetProperty("target").GetProperty("subjectType").GetString());
            Assert.Equal(label.Ended is null, one.GetProperty("expiredDateTime").ValueKind == JsonValueKind.Null);
            Assert.InRange(Math.Abs((ScheduledEnd(one) ?? 0) - (label.End ?? 0)), 0, TimeSpan.TicksPerMillisecond);
        });
        Assert.Equal(daysBefore == 0, written.Exists(one => one.GetProperty("state").GetString() == "delivering"));
    }

    [Fact]
    public void BetaAssignmentsHaveForeignKeysOfWhichTheTargetIsTheSubject()
    {
        var expected = ExpectedEntitlement.Of(Sample, End).Assignments.ToDictionary(assignment => assignment.AssignmentId);
        using var document = JsonDocument.Parse(Written(EntitlementKind.Assignments, EntitlementShape.BetaPlain, End).Bytes);
        Assert.All(document.RootElement.GetProperty("value").EnumerateArray(), one =>
        {
            var label = expected[one.GetProperty("id").GetString()!];
            Assert.Equal((label.Package.Catalog.Id, label.Package.Id, label.Policy.Id, label.Subject.Id),
                (one.GetProperty("catalogId").GetString(), one.GetProperty("accessPackageId").GetString(),
                    one.GetProperty("assignmentPolicyId").GetString(), one.GetProperty("targetId").GetString()));
            Assert.NotEqual(label.Subject.Id, label.Subject.ObjectId);
            Assert.Equal(label.State, one.GetProperty("assignmentState").GetString(), ignoreCase: true);
            Assert.False(one.TryGetProperty("target", out _));
        });
    }

    [Theory]
    [InlineData(EntitlementKind.Assignments)]
    [InlineData(EntitlementKind.AssignmentRequests)]
    [InlineData(EntitlementKind.AccessPackages)]
    [InlineData(EntitlementKind.AssignmentPolicies)]
    public void WithoutExpandVersionOneHasNoForeignKeys(EntitlementKind kind)
    {
        using var document = JsonDocument.Parse(Written(kind, EntitlementShape.GraphPlain, End).Bytes);
        Assert.All(document.RootElement.GetProperty("value").EnumerateArray(), one =>
            Assert.DoesNotContain(one.EnumerateObject(), property =>
            property.Name is "accessPackage" or "assignmentPolicy" or "target" or "requestor" or "assignment" or "catalog"
                or "resourceRoleScopes" || property.Name.EndsWith("Id", StringComparison.Ordinal)));
    }

    [Fact]
    public void EmptyObjectsStandWhereTheSdkDidNotExpand()
    {
        using var document = JsonDocument.Parse(Written(EntitlementKind.Assignments, EntitlementShape.SdkPlain, End).Bytes);
        Assert.All(document.RootElement.EnumerateArray(),
            one => Assert.All((string[])["AccessPackage", "AssignmentPolicy", "Target"],
                name => Assert.Equal(JsonValueKind.Null, one.GetProperty(name).GetProperty("Id").ValueKind)));
    }

    [Fact]
    public void RequestsAndRolesAgreeWithTheLabels()
    {
        var expected = ExpectedEntitlement.Of(Sample, End);
        using var requests = JsonDocument.Parse(Written(EntitlementKind.AssignmentRequests, EntitlementShape.Beta, End).Bytes);
        Assert.Equal(expected.Requests.Select(request => request.At(expected.At)!.State), requests.RootElement.GetProperty("value")
            .EnumerateArray().Select(one => Lower(one.GetProperty("requestState").GetString()!)));
        Assert.All(requests.RootElement.GetProperty("value").EnumerateArray(),
            one => Assert.Equal(one.GetProperty("requestState").GetString() is "PendingApproval" or "Scheduled" or "Delivering"
                or "Submitted", one.GetProperty("completedDate").ValueKind == JsonValueKind.Null));

        using var roles = JsonDocument.Parse(Written(EntitlementKind.ResourceAssignments, EntitlementShape.Beta, End).Bytes);
        Assert.Equal(
            expected.Resources.Select(role => (role.Subject.ObjectId, role.Resource.RoleOriginId, role.Grants.Count)),
            roles.RootElement.GetProperty("value").EnumerateArray()
            .Select(one => (one.GetProperty("accessPackageSubject").GetProperty("objectId").GetString(), one.GetProperty("originId")
                .GetString()!, one.GetProperty("accessPackageAssignments").GetArrayLength())));
    }

    [Fact]
    public void GroupsAreCutAtTwentyAndOneIsNotExported()
    {
        var cast = Sample.Entitlement.Objects;
        using var groups = JsonDocument.Parse(Written(EntitlementKind.Groups, EntitlementShape.Graph, End).Bytes);
        var crew = groups.RootElement.GetProperty("value").EnumerateArray()
            .Single(group => group.GetProperty("id").GetString() == cast.Crew.Id);
        Assert.Equal(20, crew.GetProperty("members").GetArrayLength());
        Assert.DoesNotContain(crew.GetProperty("members").EnumerateArray(), member =>
            member.GetProperty("id").GetString() == cast.BeyondTwenty.Id);
        Assert.DoesNotContain(groups.RootElement.GetProperty("value").EnumerateArray(), group =>
            group.GetProperty("id").GetString() == cast.Unseen.Id);

        using var stream = new MemoryStream();
        Assert.Equal(7, EntitlementShapes.WriteMembers(stream, cast.Engineers, transitive: true));
        using var members = JsonDocument.Parse(stream.ToArray());
        Assert.EndsWith("#directoryObjects", members.RootElement.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Contains(members.RootElement.GetProperty("value").EnumerateArray(), member =>
            member.GetProperty("id").GetString() == cast.Nested.Id);
        Assert.Contains(members.RootElement.GetProperty("value").EnumerateArray(), member => member.GetProperty("@odata.type")
            .GetString() == "#microsoft.graph.group");
    }

    [Fact]
    public void AChainOfPagesEndsAndATreeHasAFileForEachObject()
    {
        string folder = Directory.CreateTempSubdirectory("entitlement-").FullName;
        try
        {
            int pages = EntitlementShapes.WriteFolder(EntitlementKind.Assignments, EntitlementShape.Graph, Path.Combine(folder, "pages"),
                Sample, End, 7);
            var expected = ExpectedEntitlement.Of(Sample, End);
            Assert.Equal((expected.Assignments.Count + 6) / 7, pages);
            for (int page = 1; page <= pages; page++)
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "pages", $"page-{page:000}.json")));
                Assert.Equal(page < pages, document.RootElement.TryGetProperty("@odata.nextLink", out _));
            }

            int files = EntitlementTree.Write(Path.Combine(folder, "tree"), Sample, End);
            var packages = Sample.Entitlement.Packages.Where(package => package.ExistsAt(End.UtcTicks)).ToList();
            Assert.Equal(files, Directory.EnumerateFiles(Path.Combine(folder, "tree"), "*.json", SearchOption.AllDirectories).Count());
            Assert.Equal(
                packages.Count + packages.Sum(package => package.PoliciesAt(End.UtcTicks).Count() + package.ResourcesAt(End.UtcTicks)
                    .Count()) + expected.Assignments.Count + expected.Organizations
                        .Sum(one => 1 + one.InternalSponsors.Count + one.ExternalSponsors.Count),
                files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true, 9)]
    [InlineData(false, 8)]
    public void ThePortalsDownloadHasARowForEachAssignment(bool naming, int columns)
    {
        using var stream = new MemoryStream();
        var package = Sample.Entitlement.Cases.SourceReader;
        long rows = EntitlementCsv.WriteAssignments(stream, Sample, End, package, naming);
        string[] lines = System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimEnd().Split("\r\n");

        Assert.Equal(ExpectedEntitlement.Of(Sample, End).Assignments.Count(assignment => assignment.Package == package), rows);
        Assert.Equal(rows + 1, lines.Length);
        Assert.Equal(columns, lines[0].Split(',').Length);
        Assert.Equal(naming, lines[1].Contains(package.DisplayName, StringComparison.Ordinal));
    }

    private static (byte[] Bytes, long Count) Written(EntitlementKind kind, EntitlementShape shape, DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        long count = EntitlementShapes.Write(kind, shape, stream, Sample, at);
        return (stream.ToArray(), count);
    }

    private static byte[] Again(EntitlementKind kind, EntitlementShape shape)
    {
        using var stream = new MemoryStream();
        EntitlementShapes.Write(kind, shape, stream, new Tenant(new SampleTenantOptions()), End);
        return stream.ToArray();
    }

    private static void AssertPascal(JsonElement item)
    {
        Assert.True(item.TryGetProperty("AdditionalProperties", out _));
        foreach (var property in item.EnumerateObject().Where(property => property.Name != "AdditionalProperties"))
        {
            Assert.True(char.IsAsciiLetterUpper(property.Name[0]) && !property.Name.Contains('@', StringComparison.Ordinal), property.Name);
            if (property.Value.ValueKind == JsonValueKind.Array)
                Assert.All(property.Value.EnumerateArray().Where(inner => inner.ValueKind == JsonValueKind.Object), inner =>
                    AssertPascal(inner));
        }
    }

    private static long? ScheduledEnd(JsonElement assignment)
    {
        var schedule = assignment.GetProperty("schedule");
        var expiration = schedule.GetProperty("expiration");
        return expiration.GetProperty("type").GetString() switch
        {
            "afterDateTime" => expiration.GetProperty("endDateTime").GetDateTimeOffset().UtcTicks,
            "afterDuration" => (schedule.GetProperty("startDateTime")
                .GetDateTimeOffset() + System.Xml.XmlConvert.ToTimeSpan(expiration.GetProperty("duration").GetString()!)).UtcTicks,
            _ => null,
        };
    }

    private static string Lower(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}
