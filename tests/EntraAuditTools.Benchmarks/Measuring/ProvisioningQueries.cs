using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Provisioning;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The questions of the portal's documentation about provisioning, asked of a mirror.</summary>
internal static class ProvisioningQueries
{
    public static List<MeasuredQuestion> Measure(string mirror)
    {
        using var reader = MirrorReader.Open(mirror);
        var failed = ProvisioningLogQuery.Run(reader, new ProvisioningLogFilter { Status = ["failure"], First = 1 }).First().Identity!;
        return
        [
            MeasuredQuestion.Ask("newest 20", () => Log(reader, new() { First = 20 })),
            MeasuredQuestion.Ask("groups created in ServiceNow (100 at most)",
                () => Log(reader, new() { Application = ["ServiceNow"], Action = ["create"], Status = ["success"], IdentityType = ["Group"], First = 100 })),
            MeasuredQuestion.Ask("users that could not be created in Dropbox (100 at most)",
                () => Log(reader, new() { Application = ["Dropbox*"], Action = ["create"], Status = ["failure"], First = 100 })),
            MeasuredQuestion.Ask("roles imported from Amazon Web Services",
                () => Trail(reader, new() { Application = ["Amazon*"], Activity = ["Import"], First = 100 })),
            MeasuredQuestion.Ask("the trail of one identity (100 events at most)", () => Trail(reader, new() { Identity = [failed], First = 100 })),
            MeasuredQuestion.Ask("summary of one application", () => ProvisioningSummaryQuery.Run(reader, new() { Application = ["ServiceNow"] }).LongCount()),
        ];
    }

    private static long Log(MirrorReader reader, ProvisioningLogFilter filter) => ProvisioningLogQuery.Run(reader, filter).LongCount();

    private static long Trail(MirrorReader reader, ProvisioningEventFilter filter) => ProvisioningEventQuery.Run(reader, filter).LongCount();
}
