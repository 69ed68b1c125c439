using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>The sample tenant's entitlement management, exported whole at three dates, and its audit log.</summary>
public sealed class SampleEntitlement : IDisposable
{
    public static readonly Tenant Sample = new(new SampleTenantOptions { AuditRecords = 3000, Seed = 7 });

    private static readonly EntitlementKind[] Kinds =
    [
        EntitlementKind.Catalogs, EntitlementKind.AccessPackages, EntitlementKind.AssignmentPolicies, EntitlementKind.Assignments,
        EntitlementKind.AssignmentRequests,
        EntitlementKind.ConnectedOrganizations, EntitlementKind.Users, EntitlementKind.Groups, EntitlementKind.ServicePrincipals,
    ];

    private readonly TestMirror mirror = new();

    public SampleEntitlement()
    {
        mirror.Import(mirror.Write("audit.json", s => AuditShapes.Write(AuditShape.GraphPage, s, Sample, AuditEvents.Enumerate(Sample))));
        foreach (var day in Exports)
        {
            var options = new ImportOptions { MirrorPath = mirror.Path, ObservedAt = day, Complete = true };
            Import(options, [.. Kinds.Select(kind =>
                mirror.Write($"{kind}-{day:yyyyMMdd}.json", s => EntitlementShapes.Write(kind, EntitlementShape.Graph, s, Sample, day)))]);
            foreach (var group in Sample.Entitlement.Groups.Where(directoryGroup => directoryGroup.Export == MemberExport.Whole))
            {
                Import(new ImportOptions { MirrorPath = mirror.Path, ObservedAt = day, Complete = true, Group = group.Id },
                    mirror.Write($"members-{group.Id}-{day:yyyyMMdd}.json", s => EntitlementShapes.WriteMembers(s, group)));
            }
        }
    }

    public static DateTimeOffset End => Sample.Options.To;

    public static IReadOnlyList<DateTimeOffset> Exports => [End.AddDays(-45), End.AddDays(-25), End];

    /// <summary>Labels' ticks as exports write them: to the millisecond.</summary>
    public static long? Exported(long? ticks) => ticks is { } known ? known - (known % TimeSpan.TicksPerMillisecond) : null;

    public static ExpectedEntitlement Expected(DateTimeOffset at) => ExpectedEntitlement.Of(Sample, at);

    internal List<T> Ask<T>(Func<MirrorReader, IEnumerable<T>> question)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return question(reader).ToList();
    }

    public void Dispose() => mirror.Dispose();

    private void Import(ImportOptions options, params string[] files)
    {
        var results = mirror.Import(options, files);
        Assert.Empty(mirror.Errors);
        Assert.All(results, result => Assert.Equal(0, result.Rejected));
    }
}
