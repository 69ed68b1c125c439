using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Mirror.Writing;

namespace EntraAuditTools.Core.Importing;

/// <summary>Takes in what has states: access packages, policies, assignments, connected organizations, users, groups…</summary>
internal sealed class EntitlementImporter(Dimensions dimensions, ImportTally tally, ImportOptions options, DateTime fileTime) : IKindImporter
{
    private readonly long seen = (options.ObservedAt?.UtcDateTime ?? fileTime).Ticks;
    private readonly Dictionary<(EntityKind Kind, string Name), string?> parents = [];
    private Recognized recognized;

    /// <summary>What the next record was recognised as.</summary>
    public EntitlementImporter For(in Recognized what)
    {
        recognized = what;
        return this;
    }

    /// <inheritdoc/>
    public bool TryTakeNext(ReadOnlySpan<byte> record, ImportBatch batch) => false;

    /// <inheritdoc/>
    public void Take(ReadOnlyMemory<byte> record, RecordShape shape, string? context, ImportBatch batch)
    {
        using var document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = JsonResync.MaxDepth });
        var hints = new EntitlementHints(context, options.AccessPackage, options.Group, options.Application);
        if (EntitlementNormalizer.Read(document.RootElement, recognized.Entity, shape, hints) is not { } observation)
        {
            tally.Skip("directory object (device, contact)");
            return;
        }

        if (observation.NamedParent is { } named) Resolve(observation, named);
        var told = new List<ToldEntity>(4);
        Add(observation, told, batch);
        var tenant = dimensions.Term(Encoding.UTF8.GetBytes(options.Tenant ?? string.Empty), batch);
        batch.Entities.Add(new(told, seen, options.ObservedAt == null, tenant, StableHash.OfUtf8(record.Span), batch.Add(record.Span), shape));
        tally.Accept(EntityKinds.Name(observation.Kind), ShapeNames.Of(shape), 0, observation.IsCut);
    }

    /// <summary>Adds an observation and those inside it.</summary>
    private void Add(EntityObservation observation, List<ToldEntity> told, ImportBatch batch)
    {
        var facts = observation.HasFacts ? observation.ToJson() : [];
        var (name, upn, state) = Words(facts);
        if (observation.Kind == EntityKind.Assignment && state != null) dimensions.Term(Encoding.UTF8.GetBytes(state), batch);
        var observed = options.ObservedAt == null && observation.LatestDate > 0 ? observation.LatestDate : seen;
        told.Add(new(observation, facts, Digest(observation, facts), observed, name, upn));
        foreach (var nested in observation.Nested) Add(nested, told, batch);
    }

    // A name that the admin gave is looked up among what was imported before.
    private void Resolve(EntityObservation observation, in NamedParent parent)
    {
        if (!parents.TryGetValue((parent.Kind, parent.Name), out var id))
        {
            var ids = dimensions.EntitiesNamed(parent.Kind, parent.Name);
            if (ids.Count > 1) throw new RecordException($"{ids.Count} known {EntityKinds.Label(parent.Kind)}s are named '{parent.Name}': give the id");
            parents.Add((parent.Kind, parent.Name), id = ids.Count == 1 ? ids[0] : null);
        }

        // A portal row keeps the name of its package, to be found by later.
        if (id == null && observation.Kind == EntityKind.Assignment && options.AccessPackage == null) return;
        if (id == null) throw new RecordException($"no {EntityKinds.Label(parent.Kind)} named '{parent.Name}' was imported before: give its id, or import it first");
        if (parent.Fact is { } fact) observation.AddLink(fact, parent.Kind, id);
        if (parent.Role is { } role) observation.Parent = (role, parent.Kind, id);
    }

    private static (string? Name, string? UserPrincipalName, string? State) Words(byte[] facts)
    {
        (string? name, string? upn, string? state) = (null, null, null);
        if (facts.Length == 0) return default;
        var json = new Utf8JsonReader(facts, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isName, isUpn, isState) = (json.ValueTextEquals(FactNames.Name), json.ValueTextEquals(FactNames.UserPrincipalName), json.ValueTextEquals(FactNames.State));
            json.Read();
            if (json.TokenType != JsonTokenType.String) json.Skip();
            else if (isName) name = json.GetString();
            else if (isUpn) upn = json.GetString();
            else if (isState) state = json.GetString();
        }

        return (name, upn, state);
    }

    private static long Digest(EntityObservation observation, byte[] facts)
    {
        var digest = StableHash.OfUtf8(facts);
        foreach (var (role, kind, id) in observation.Edges) digest = StableHash.Combine(digest, StableHash.Combine(StableHash.Of(id), ((int)role << 8) | (int)kind));
        foreach (var (role, isComplete) in observation.Lists) digest = StableHash.Combine(digest, ((int)role << 1) | (isComplete ? 1 : 0));
        return digest;
    }
}
