using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>Questions on provisioning to a test's mirror.</summary>
internal static class ProvisioningMirror
{
    public static List<ProvisioningLogEntry> Entries(this TestMirror mirror, ProvisioningLogFilter? filter = null) =>
        mirror.Ask(reader => ProvisioningLogQuery.Run(reader, filter ?? new()).ToList());

    public static List<ProvisioningEvent> Trail(this TestMirror mirror, ProvisioningEventFilter? filter = null) =>
        mirror.Ask(reader => ProvisioningEventQuery.Run(reader, filter ?? new()).ToList());

    public static List<ProvisioningSummary> Summaries(this TestMirror mirror, ProvisioningSummaryFilter? filter = null) =>
        mirror.Ask(reader => ProvisioningSummaryQuery.Run(reader, filter ?? new()).ToList());

    public static T Ask<T>(this TestMirror mirror, Func<MirrorReader, T> question)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return question(reader);
    }
}
