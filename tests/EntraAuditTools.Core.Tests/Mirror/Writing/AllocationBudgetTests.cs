using System.Text;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Kinds;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Mirror.Writing;

/// <summary>
/// How many bytes each stage of an import and of a question may allocate for a record: some 20 % more than it does. What is allocated does
/// not depend on the machine or on what else it does, as times do; a stage that begins to make an object of each field shows here first.
/// Only what the thread itself allocates counts, after a first part that fills caches and buffers.
/// </summary>
public sealed class AllocationBudgetTests : IDisposable
{
    private const int Warm = 2000;
    private const int Measured = 4000;

    private static readonly byte[][] Records = Lines(stream => JsonLines.Write(stream, Events()));

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void Splitting_JSON_copies_nothing()
    {
        var splitter = new JsonRecordSplitter(new MemoryStream(Joined(Records)));
        AssertWithin(165, () =>
        {
            Assert.True(splitter.TryRead(out _));
            splitter.AcceptLast();
        });
    }

    [Fact]
    public void A_row_of_a_download_becomes_its_cells()
    {
        using var csv = new MemoryStream();
        PortalCsv.Write(csv, Events());
        using var rows = new CsvRecordReader(new MemoryStream(csv.ToArray()));
        AssertWithin(5_300, () => Assert.True(rows.TryReadCells(out _)));
    }

    [Fact]
    public void The_fields_of_an_activity_are_read_where_they_stand()
    {
        var (fields, at) = (new AuditFields(), 0);
        AssertWithin(16, () =>
        {
            GraphAuditReader.Read(Records[at++], fields);
            AuditFingerprint.Of(fields, origin: 0);
        });
    }

    [Fact]
    public void An_activity_becomes_a_row() => AssertStages(Records, context: null, mapper: 135, writer: 135);

    [Fact]
    public void An_assignment_becomes_its_objects() => AssertStages(Assignments(),
        "https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments", mapper: 7_500, writer: 330);

    [Fact]
    public void A_plan_of_a_question()
    {
        Import(Records);
        using var reader = MirrorReader.Open(mirror.Path);
        var filter = new AuditActivityFilter
        {
            Activity = ["Add member to group", "Update user"], Result = ["failure"], After = DateTimeOffset.UnixEpoch, First = 0,
        };
        AssertWithin(12_000, () => Assert.Empty(AuditActivityQuery.Run(reader, filter)), count: 200);
    }

    [Fact]
    public void An_activity_is_emitted()
    {
        Import(Records);
        using var reader = MirrorReader.Open(mirror.Path);
        using var rows = AuditActivityQuery.Run(reader, new AuditActivityFilter()).GetEnumerator();
        AssertWithin(1_300, () => Assert.NotNull(rows.MoveNext() ? rows.Current.Activity : null));
    }

    [Fact]
    public void An_assignment_is_emitted()
    {
        Import(Assignments());
        using var reader = MirrorReader.Open(mirror.Path);
        using var rows = AccessPackageAssignmentQuery.Run(reader, new() { State = ["*"] }).GetEnumerator();
        AssertWithin(5_200, () => Assert.NotNull(rows.MoveNext() ? rows.Current.AssignmentId : null));
    }

    private void AssertStages(byte[][] records, string? context, long mapper, long writer)
    {
        mirror.ImportText("[]");
        using var dimensions = new Dimensions(MirrorFile.OpenForLookups(mirror.Path));
        using var output = new MirrorWriter(MirrorFile.OpenForWriting(mirror.Path), dimensions);
        var options = new ImportOptions { MirrorPath = mirror.Path };
        var importer = new RecordImporter(dimensions, new ImportStatistics(), options, DateTime.UtcNow);
        output.BeginImport(new("records", null, "{}", "1", DateTime.UtcNow));
        var batch = new ImportBatch();
        var (mapped, written) = (0L, 0L);
        for (var i = 0; i < records.Length; i++)
        {
            var isMeasured = i >= Warm;
            var before = Allocated;
            importer.Take(records[i], context, batch);
            if (isMeasured) mapped += Allocated - before;
            if ((i + 1) % 1000 != 0) continue;
            before = Allocated;
            output.Write([batch]);
            if (isMeasured) written += Allocated - before;
            batch.Clear();
        }

        Assert.Equal(records.Length, output.Counts.Added);
        Check(mapper, mapped / Measured);
        Check(writer, written / Measured);
    }

    private void Import(byte[][] records) => mirror.ImportText(Encoding.UTF8.GetString(Joined(records)));

    private static byte[] Joined(byte[][] records) => [.. records.SelectMany(record => record.Append((byte)'\n'))];

    // Of the generator, with what Graph has around and inside them.
    private static byte[][] Assignments()
    {
        var folder = Directory.CreateTempSubdirectory("entitlement-").FullName;
        try
        {
            new EntitlementBulk(new(500, 100, Warm + Measured)).Write(folder);
            using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "assignments.json")));
            return [.. file.RootElement.GetProperty("value").EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText()))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<AuditEvent> Events() =>
        AuditEvents.Enumerate(new Tenant(new SampleTenantOptions { AuditRecords = Warm + Measured }));

    private static byte[][] Lines(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(Encoding.UTF8.GetBytes)];
    }

    private static long Allocated => GC.GetAllocatedBytesForCurrentThread();

    private static void AssertWithin(long budget, Action each, int count = Measured)
    {
        for (var i = 0; i < Math.Min(Warm, count); i++) each();
        var before = Allocated;
        for (var i = 0; i < count; i++) each();
        Check(budget, (Allocated - before) / count);
    }

    private static void Check(long budget, long each) =>
        Assert.True(each <= budget, $"{each:N0} bytes are allocated for each, {budget:N0} are to be enough");
}
