using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Reporting.Content;

/// <summary>Puts a report together: all of one state of the mirror, whatever is imported meanwhile.</summary>
internal static class ReportBuilder
{
    /// <summary>Reads everything.</summary>
    public static Report Build(MirrorReader mirror, ReportOptions options)
    {
        // A report of last month is of who had what at its end, not of who has it now.
        if (options is { AsOf: null, Before: { } end } && end < options.Now) options = options with { AsOf = end };
        using var pair = PairedRead.Begin(mirror);
        using var state = mirror.BeginRead(isLarge: true);
        // Each of the two halves takes a processor's whole time.
        var entitlement = pair is null ? null : Task.Run(() => new EntitlementSections(pair.Other, options).Read().ToList());
        try
        {
            var (sections, coverage) = OfActivities(mirror, options);
            var sources = new SourceSections(mirror, options);
            var (provisioning, imports) = (sources.Provisioning(), sources.Imports());
            sections.AddRange(entitlement?.GetAwaiter().GetResult() ?? new EntitlementSections(mirror, options).Read());
            sections.AddRange([provisioning, coverage, imports]);
            return new(options.Title ?? "Microsoft Entra: what happened", [.. About(mirror, options)], sections);
        }
        finally
        {
            // After an error nothing reads on.
            if (entitlement is { IsCompleted: false })
            {
                pair!.Other.Interrupt();
                ((IAsyncResult)entitlement).AsyncWaitHandle.WaitOne();
            }
        }
    }

    // What was counted for them is kept no longer than they need it: it is much.
    private static (List<ReportSection> Sections, ReportSection Coverage) OfActivities(MirrorReader mirror, ReportOptions options)
    {
        using var counted = new CountedActivities(mirror, options);
        var activities = new ActivitySections(mirror, options, counted);
        List<ReportSection> sections = [.. activities.Read()];
        if (options.Since is { } since) sections.Insert(0, activities.Since(since));
        return (sections, new SourceSections(mirror, options).Coverage(counted.Days()));
    }

    private static IEnumerable<(string Name, string Value)> About(MirrorReader mirror, ReportOptions options)
    {
        yield return ("Time", $"{(options.After is { } after ? Text(after) : "all that the mirror holds")} – {Text(options.Before ?? options.Now)}");
        var tenants = options.Tenants ?? TenantScope.KnownTenants(mirror);
        yield return ("Tenant", tenants.Count == 0 ? "unknown" : string.Join(", ", tenants.Select(tenant => TerminalText.Visible(tenant))));
        yield return ("Mirror", mirror.Path);
        yield return ("Made", Text(options.Now));
        foreach (var warning in ReportWarnings.Of(mirror, options)) yield return ("Attention", warning);
        if (options.After != null && CoverageQuery.Warning(mirror, options.After, options.Before, options.Now) is { } gap)
            yield return ("Coverage", gap);
    }

    /// <summary>A time as a page's sentences say it, UTC to the minute.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
