using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>"Same event, one row": the sample tenant in every shape, alone, after each other and in any order.</summary>
public sealed class ShapesMeetTests
{
    private static readonly Tenant Tenant = new(new SampleTenantOptions { AuditRecords = 300, Seed = 7 });
    private static readonly AuditEvent[] Events = [.. AuditEvents.Enumerate(Tenant)];

    public static TheoryData<AuditShape> DirectoryShapes =>
        [.. Enum.GetValues<AuditShape>().Where(s => !s.ToString().StartsWith("Unified", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(DirectoryShapes))]
    public void Each_shape_alone_gives_every_event_once(AuditShape shape)
    {
        using var mirror = new TestMirror();
        var result = mirror.Import(File(mirror, shape)).Single();
        Assert.Empty(mirror.Errors);
        Assert.Equal(0, result.Rejected);
        Assert.Equal(Events.Length, result.Added);
        // Entra itself writes one activity with a blank behind it: it is the same without.
        Assert.Equal(Events.Select(e => e.Activity.Trim()).Order(), mirror.Activities().Select(a => a.Activity).Order());
    }

    [Theory]
    [MemberData(nameof(DirectoryShapes))]
    public void A_shape_after_Graph_adds_nothing(AuditShape shape)
    {
        using var mirror = new TestMirror();
        mirror.Import(File(mirror, AuditShape.GraphPage));
        var second = mirror.Import(File(mirror, shape)).Single();
        Assert.Equal(0, second.Added);
        Assert.Equal(0, second.Conflicts);
        Assert.Equal(Events.Length, mirror.Activities().Count);
    }

    [Theory]
    [MemberData(nameof(DirectoryShapes))]
    public void Graph_after_a_shape_adds_nothing_and_gives_the_ids(AuditShape shape)
    {
        using var mirror = new TestMirror();
        mirror.Import(File(mirror, shape));
        var second = mirror.Import(File(mirror, AuditShape.GraphPage)).Single();
        Assert.Equal(0, second.Added);
        Assert.Equal(0, second.Conflicts);
        Assert.Equal(Events.Select(e => e.Id).Order(), mirror.Activities().Select(a => a.Id).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void All_shapes_in_any_order_give_each_event_once(int seed)
    {
        using var mirror = new TestMirror();
        var random = new Random(seed);
        var shapes = DirectoryShapes.Select(d => d.Data).OrderBy(_ => random.Next()).ToArray();
        mirror.Import([.. shapes.Select(s => File(mirror, s))]);
        var activities = mirror.Activities();
        Assert.Equal(Events.Select(e => e.Id).Order(), activities.Select(a => a.Id).Order());
        Assert.Equal(Events.OrderBy(e => e.Id).Select(e => e.Targets.Count), activities.OrderBy(a => a.Id).Select(a => a.Targets.Count));
        Assert.Equal(Events.OrderBy(e => e.Id).Select(e => e.Time.Ticks), activities.OrderBy(a => a.Id).Select(a => a.Time.UtcTicks));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bundled_sample_tenant_gives_what_its_readme_says_in_any_order(int seed)
    {
        using var mirror = new TestMirror();
        var files = ExportFileFinder.Files(Seeds.Folder, recurse: true, error => throw error).ToArray();
        if (seed == 1) Array.Reverse(files);
        if (seed > 1) new Random(seed).Shuffle(files);
        mirror.Import(files);
        Assert.Empty(mirror.Errors);
        // All of the 47 events of the unified log are in the directory's log too.
        Assert.Equal((400, 0), (mirror.Activities().Count(a => a.Origin == "DirectoryAudit"), mirror.Activities().Count(a => a.Origin == "UnifiedAudit")));
        Assert.Equal((400, 47), (mirror.Activities(new() { Origin = ["DirectoryAudit"] }).Count, mirror.Activities(new() { Origin = ["UnifiedAudit"] }).Count));
    }

    [Fact]
    public void Importing_the_same_folder_again_adds_nothing()
    {
        using var mirror = new TestMirror();
        string[] files = [.. Enum.GetValues<AuditShape>().Select(s => File(mirror, s))];
        mirror.Import(files);
        var before = mirror.Activities().Count;
        var again = mirror.Import(files);
        Assert.All(again, r => Assert.Equal("AlreadyImported", r.Status));
        var forced = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Force = true }, files);
        Assert.All(forced, r => Assert.Equal(0, r.Added + r.Updated + r.Conflicts));
        Assert.Equal(before, mirror.Activities().Count);
    }

    [Theory]
    [InlineData(AuditShape.UnifiedAuditCsv)]
    [InlineData(AuditShape.UnifiedAuditJsonLines)]
    [InlineData(AuditShape.UnifiedAuditGraph)]
    public void Unified_records_are_the_other_logs_account_of_events_of_the_directory(AuditShape shape)
    {
        using var mirror = new TestMirror();
        var unified = mirror.Import(File(mirror, shape)).Single();
        Assert.True(unified.Added > 0);
        Assert.Equal(unified.Added, mirror.Activities().Count);
        mirror.Import(File(mirror, AuditShape.PortalCsv), File(mirror, AuditShape.GraphPage));
        Assert.Equal(Events.Select(e => e.Id).Order(), mirror.Activities().Select(a => a.Id).Order());
        Assert.Equal(unified.Added, mirror.Activities(new() { Origin = ["UnifiedAudit"] }).Count);
    }

    private static string File(TestMirror mirror, AuditShape shape) => mirror.Write($"{shape}.txt", stream => AuditShapes.Write(shape, stream, Tenant, Events));
}
