using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;
using Entry = EntraAuditTools.SampleTenant.ProvisioningEntry;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>"Same event, one row" for the provisioning log: every shape alone, after each other and in any order.</summary>
public sealed class ProvisioningShapesMeetTests
{
    private static readonly Tenant Tenant = new(new SampleTenantOptions { AuditRecords = 1500, Seed = 11 });
    private static readonly Entry[] Log = [.. ProvisioningLog.Enumerate(Tenant)];

    public static TheoryData<ProvisioningShape> Shapes =>
        [.. Enum.GetValues<ProvisioningShape>().Where(s => s is not (ProvisioningShape.PortalStepsCsv or ProvisioningShape.PortalPropertiesCsv))];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_shape_alone_gives_every_entry_once(ProvisioningShape shape)
    {
        using var mirror = new TestMirror();
        var result = mirror.Import(File(mirror, shape)).Single();
        Assert.Empty(mirror.Errors);
        Assert.Equal(0, result.Rejected);
        Assert.Equal(Log.Length, result.Added);
        Assert.Equal("ProvisioningLog", result.Kind);
        var entries = mirror.Entries();
        Assert.Equal(Log.Select(Outcome).Order(), entries.Select(Outcome).Order());
        Assert.Equal(Log.Select(e => e.Error?.Code).Order(), entries.Select(e => e.ErrorCode).Order());
        Assert.Equal(Log.Select(e => e.Job.Application.DisplayName).Order(), entries.Select(e => e.Application).Order());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_after_Graph_adds_nothing(ProvisioningShape shape)
    {
        using var mirror = new TestMirror();
        mirror.Import(File(mirror, ProvisioningShape.GraphPage));
        var second = mirror.Import(File(mirror, shape)).Single();
        Assert.Equal((0, 0), (second.Added, second.Conflicts));
        Assert.Equal(Log.Length, mirror.Entries().Count);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Graph_after_a_shape_adds_nothing_and_gives_the_ids(ProvisioningShape shape)
    {
        using var mirror = new TestMirror();
        mirror.Import(File(mirror, shape));
        var second = mirror.Import(File(mirror, ProvisioningShape.GraphPage)).Single();
        Assert.Equal((0, 0), (second.Added, second.Conflicts));
        Assert.Equal(Log.Select(e => e.Id).Order(), mirror.Entries().Select(e => e.Id).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_shapes_in_any_order_give_each_entry_once_from_its_richest_copy(int seed)
    {
        using var mirror = new TestMirror();
        var random = new Random(seed);
        mirror.Import([.. Enum.GetValues<ProvisioningShape>().OrderBy(_ => random.Next()).Select(s => File(mirror, s))]);
        Assert.Empty(mirror.Errors);
        var (expected, actual) = (Log.OrderBy(e => e.Id).ToList(), mirror.Entries().OrderBy(e => e.Id).ToList());
        Assert.Equal(expected.Select(e => e.Id), actual.Select(e => e.Id));
        Assert.Equal(expected.Select(e => e.Ticks), actual.Select(e => e.Time.UtcTicks));
        Assert.Equal(expected.Select(e => e.Changes.Count), actual.Select(e => e.ModifiedProperties.Count));
        Assert.Equal(expected.Select(e => string.Join(", ", (e.Steps ?? []).Select(s => $"{s.Type} {s.Name} {s.Status}"))),
            actual.Select(e => string.Join(", ", e.Steps.Select(s => $"{s.Type} {s.Name} {s.Status}"))));
        Assert.Equal(expected.Select(e => e.DurationMilliseconds), actual.Select(e => (int?)e.Duration?.TotalMilliseconds));
    }

    [Fact]
    public void The_three_files_of_the_portal_make_whole_entries_in_any_order()
    {
        ProvisioningShape[] files = [ProvisioningShape.PortalStepsCsv, ProvisioningShape.PortalCsvWithoutId, ProvisioningShape.PortalPropertiesCsv];
        foreach (var order in new[] { files, [files[1], files[0], files[2]], [files[2], files[0], files[1]] })
        {
            using var mirror = new TestMirror();
            mirror.Import([.. order.Select(s => File(mirror, s))]);
            Assert.Equal(Log.Length, mirror.Entries().Count);
            // Changes that several entries share: retries, whose steps are told apart; and two writes, whose properties can't be.
            var entries = mirror.Entries().ToLookup(e => (e.ChangeId, e.Time.UtcTicks));
            Assert.Equal(Log.Select(e => string.Join(' ', (e.Steps ?? []).Select(s => s.Name + s.Status))),
                Log.Select(e => string.Join(' ', entries[(e.ChangeId, e.Ticks)].Single().Steps.Select(s => s.Name + s.Status))));
            var whole = Log.Where(e => e.Case != ProvisioningCase.SharedChange).ToList();
            Assert.Equal(whole.Select(e => e.Changes.Count), whole.Select(e => entries[(e.ChangeId, e.Ticks)].Single().ModifiedProperties.Count));
        }
    }

    [Fact]
    public void A_file_of_the_portal_without_the_others_is_taken_in_and_says_so()
    {
        using var mirror = new TestMirror();
        var steps = mirror.Import(File(mirror, ProvisioningShape.PortalStepsCsv)).Single();
        Assert.Equal((0, 0, "Imported"), (steps.Rejected, steps.Added, steps.Status));
        Assert.Contains(steps.Notes, n => n.Contains("no entry in the mirror yet", StringComparison.Ordinal));
        using var other = new TestMirror();
        var entries = other.Import(File(other, ProvisioningShape.PortalCsv)).Single();
        Assert.Contains(entries.Notes, n => n.Contains("ProvisioningSteps", StringComparison.Ordinal)
            && n.Contains("ModifiedProperties", StringComparison.Ordinal));
        Assert.All(other.Entries(), e => Assert.Empty(e.Steps));
    }

    [Fact]
    public void Importing_everything_again_adds_nothing()
    {
        using var mirror = new TestMirror();
        string[] files = [.. Enum.GetValues<ProvisioningShape>().Select(s => File(mirror, s))];
        mirror.Import(files);
        var again = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Force = true }, files);
        Assert.All(again, r => Assert.Equal((0, 0, 0), (r.Added, r.Updated, r.Conflicts)));
        Assert.Equal(Log.Length, mirror.Entries().Count);
    }

    private static string Outcome(Entry e) => $"{e.Action.ToUpperInvariant()} {e.Status.ToUpperInvariant()}";

    private static string Outcome(ProvisioningLogEntry e) => $"{e.Action?.ToUpperInvariant()} {e.Status?.ToUpperInvariant()}";

    private static string File(TestMirror mirror, ProvisioningShape shape) =>
        mirror.Write($"{shape}.txt", stream => ProvisioningShapes.Write(shape, stream, Tenant, Log));
}
