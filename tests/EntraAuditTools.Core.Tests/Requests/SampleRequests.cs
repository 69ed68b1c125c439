using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>A sample tenant, imported in some order, with the truth about its requests beside what was found.</summary>
internal sealed class SampleRequests : IDisposable
{
    public SampleRequests(int records, int seed, int order, int files = 4, LogDetail detail = LogDetail.Whole)
    {
        Tenant = new Tenant(new SampleTenantOptions { AuditRecords = records, Seed = seed });
        Events = AuditEvents.Enumerate(Tenant).Select(e => MatchingTrial.Reduced(e, detail)).ToDictionary(e => e.Id);
        Labels = RequestLabel.All(Tenant);
        Mirror.Import([.. ScatteredPages.Write(Mirror.Folder, Events.Values, order, files)]);
        Reader = MirrorReader.Open(Mirror.Path);
    }

    public Tenant Tenant { get; }

    public TestMirror Mirror { get; } = new();

    public MirrorReader Reader { get; }

    public IReadOnlyDictionary<string, AuditEvent> Events { get; }

    public IReadOnlyList<RequestLabel> Labels { get; }

    /// <summary>The log's end, so that waiting times do not depend on the clock.</summary>
    public DateTimeOffset End => new(Events.Values.Max(e => e.Ticks), TimeSpan.Zero);

    /// <summary>What is found, as of the log's end.</summary>
    public List<AccessPackageRequest> Find(params EntitlementSelector[] selectors) =>
        Find(new AccessPackageRequestFilter { Selectors = selectors.Length == 0 ? null : selectors, AsOf = End });

    public List<AccessPackageRequest> Find(AccessPackageRequestFilter filter) => [.. AccessPackageRequestQuery.Run(Reader, filter)];

    /// <summary>Everything about a request but its evidence, as text.</summary>
    public static string Text(AccessPackageRequest request) => JsonSerializer.Serialize(request, Options);

    /// <summary>Each found request with its label: by request id, else by its first event.</summary>
    public List<(AccessPackageRequest Found, RequestLabel? Label)> Pair(IEnumerable<AccessPackageRequest> found)
    {
        var byId = Labels.ToDictionary(l => l.RequestId, StringComparer.OrdinalIgnoreCase);
        var byEvent = Labels.SelectMany(l => l.EventIds, (l, id) => (id, l)).ToDictionary(p => p.id, p => p.l);
        return [.. found.Select(f => (f, f.RequestId is { } id ? byId.GetValueOrDefault(id) : byEvent.GetValueOrDefault(f.Events[0].RecordId!)))];
    }

    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { info => { foreach (var evidence in info.Properties.Where(p => p.Name == "Evidence").ToList()) info.Properties.Remove(evidence); } },
        },
    };

    public void Dispose()
    {
        Reader.Dispose();
        Mirror.Dispose();
    }
}
