using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Core.Tests.Exporting;

/// <summary>The sample tenant's exports in one shape, exported from a mirror and imported into another.</summary>
internal sealed class ExportedTenant : IDisposable
{
    // What answers are made of, counted.
    private static readonly string[] Tables =
    [
        "activity", "activity_twin", "activity_mention", "provisioning", "provisioning_part", "provisioning_identity", "synchronization_job",
        "entity", "entity_original", "entity_link", "entity_state", "edge", "assignment", "entitlement_event", "tenant",
    ];

    public ExportedTenant(params string[] shapes)
    {
        foreach (var shape in shapes)
        {
            // Rows of a CSV keep their dates as the file wrote them: those of files that write them otherwise do not go into one.
            var files = shape == "portal" ? "*2026-10-31.csv" : "*";
            Mirror.Import(Options(Mirror),
                [.. Directory.GetFiles(Path.Combine(Repository.Root, "seeds", "sample-tenant", shape), files, SearchOption.AllDirectories).Order()]);
        }
    }

    public static TheoryData<string> Shapes =>
        new(Directory.GetDirectories(Path.Combine(Repository.Root, "seeds", "sample-tenant")).Select(Path.GetFileName).Order()!);

    public TestMirror Mirror { get; } = new();

    public string File => Path.Combine(Mirror.Folder, "out.ndjson");

    public void Dispose() => Mirror.Dispose();

    /// <summary>Imports the file into a mirror of its own, which must have as many rows of everything.</summary>
    public TestMirror Again()
    {
        var again = new TestMirror();
        again.Import(Options(again), File);
        Assert.Empty(again.Errors);
        Assert.Empty(again.Rejected());
        foreach (var table in Tables) Assert.True(Count(Mirror, table) == Count(again, table), $"{table}: {Count(Mirror, table)} and {Count(again, table)}");
        return again;
    }

    private static string Count(TestMirror mirror, string table) => OldMirror.Texts(mirror.Path, $"SELECT count(*) FROM {table}").Single();

    // One time for all: a file has no other.
    private static ImportOptions Options(TestMirror mirror) => new()
    {
        MirrorPath = mirror.Path, DateFormat = "MonthFirst", ObservedAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
    };
}
