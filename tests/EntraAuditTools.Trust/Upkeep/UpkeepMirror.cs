using System.Diagnostics;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Upkeep.Removal;
using EntraAuditTools.SampleTenant;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>
/// A mirror so big that a kill of what keeps it whole lands inside: every kind of record, and pages of many. Made once for all rounds of a
/// campaign.
/// </summary>
/// <param name="Path">The mirror.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Cut">A time with records before and after it.</param>
/// <param name="Later">An export that is not in it.</param>
internal sealed record UpkeepMirror(string Path, KnownContent? Content, DateTimeOffset Cut, string Later)
{
    private const int Records = 12_000;

    /// <summary>How long the program takes for something that nobody ends.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Makes it.</summary>
    /// <param name="shared">The campaign's folder.</param>
    /// <param name="arguments">What the program does of which the time is measured, on a copy.</param>
    /// <param name="prepare">Called with the mirror before anything is measured; null for nothing.</param>
    public static UpkeepMirror Make(string shared, Func<UpkeepMirror, string[]> arguments, Action<UpkeepMirror>? prepare = null)
    {
        var exports = System.IO.Path.Combine(shared, "exports");
        SampleTenantWriter.WriteAll(exports, new SampleTenantOptions { AuditRecords = 200 });
        var pages = Exports.OfLargePages(System.IO.Path.Combine(shared, "pages"), 4, Records / 4);
        var later = System.IO.Path.Combine(shared, "later.json");
        File.Move(pages.Files[^1], later);
        var path = System.IO.Path.Combine(shared, "mirror.db");
        Undisturbed.Import(path, new([.. Directory.GetDirectories(exports).Order(StringComparer.Ordinal), .. pages.Paths]));
        // The middle record of the pages: half of the blocks go, and one of them in part.
        var middle = MirrorCheck.Texts(path, """
            SELECT (id >> 8) - drift FROM activity ORDER BY id LIMIT 1 OFFSET (SELECT count(*) / 2 FROM activity)
            """)[0];
        var ticks = Core.Schema.ActivityTime.Epoch + long.Parse(middle, System.Globalization.CultureInfo.InvariantCulture);
        var made = new UpkeepMirror(path, null, new(ticks, TimeSpan.Zero), later);
        prepare?.Invoke(made);
        made = made with { Content = KnownContent.Of(path) };
        // The quicker of two: others use the machine too, and a kill is to land inside.
        made.Time = new[] { 1, 2 }.Min(i => Measure(path, System.IO.Path.Combine(shared, $"timed{i}.db"), arguments(made)));
        return made;
    }

    private static TimeSpan Measure(string path, string copy, string[] arguments)
    {
        File.Copy(path, copy);
        var clock = Stopwatch.StartNew();
        var end = AuditProgram.Run(copy, arguments);
        return end.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"undisturbed, it ends with {end.ExitCode}: {end.Error}");
    }

    /// <summary>A copy for a round.</summary>
    public string Copy(Round round)
    {
        var copy = round.PathOf("mirror.db");
        File.Copy(Path, copy);
        return copy;
    }

    /// <summary>The removal of all logs' records of before the cut.</summary>
    public RemovalOptions Removal => new(Cut, LogTable.All);
}
