using EntraAuditTools.Core.Importing.Kinds;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Architecture;

/// <summary>What a log has to be registered with, lest its records are read and nobody writes them.</summary>
public sealed class LogTests
{
    [Fact]
    public void Every_log_has_a_shape_an_importer_and_a_writer()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[]");
        using var dimensions = new Dimensions(MirrorFile.OpenForLookups(mirror.Path));
        using var writer = new MirrorWriter(MirrorFile.OpenForWriting(mirror.Path), dimensions);
        var importer = new RecordImporter(dimensions, new ImportStatistics(), new ImportOptions { MirrorPath = mirror.Path }, DateTime.UtcNow);

        Assert.Equal(LogTable.All, writer.Logs);
        Assert.Empty(LogTable.All.Select(log => log.Kind).Except(importer.Kinds));
        var shapes = Enum.GetValues<RecordShape>().Select(shape => ShapeInfo.Of(shape).Kind).OfType<string>().ToList();
        Assert.Empty(LogTable.All.Select(log => log.Kind).Except(shapes));
        Assert.Empty(shapes.Except(importer.Kinds));
    }

    [Fact]
    public void Names_of_logs_meet_nowhere()
    {
        var tables = LogTable.All.SelectMany(log => log.Places.Select(place => place.Table).Distinct().Append(log.Kinds.Name)).ToList();

        Assert.Equal(tables.Distinct(), tables);
        // The other aliases of statements on a log: twins, links, copies, blocks, imports.
        Assert.Empty(LogTable.All.Select(log => log.Alias).Intersect(["b", "c", "d", "i", "o", "s", "t", "u", "x"]));
        Assert.True(LogTable.All.Count <= LogMarks.Most);
    }
}
