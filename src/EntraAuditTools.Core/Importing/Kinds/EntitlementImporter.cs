using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Entitlement.Portal;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>Takes in what has states: access packages, policies, assignments, connected organizations, users, groups…</summary>
internal sealed class EntitlementImporter(Dimensions dimensions, ImportStatistics statistics, ImportOptions options, DateTime fileTime)
{
    private static readonly string NoPackage =
        $"The download does not say which access package its assignments are of: import it again with {Caller.Option("AccessPackage")}.";

    private const int MaxRecent = 64 * 1024;

    private readonly byte[] tenantName = Encoding.UTF8.GetBytes(options.Tenant ?? string.Empty);
    private bool hasLostDate;
    private readonly DateReading dates = DateReading.Of(options.DateFormat);
    private readonly long seen = (options.ObservedAt?.UtcDateTime ?? fileTime).Ticks;
    private readonly Dictionary<(EntityKind Kind, string Name), string?> parents = [];
    private readonly Dictionary<(Guid Id, EntityKind Kind), long> recent = [];
    private readonly MissingLinks missing = new(dimensions);
    private bool isDescribing;

    /// <summary>What its objects do not contain; null when it was not looked for.</summary>
    public MissingLinks? Missing => isDescribing ? missing : null;

    /// <summary>Takes in a record: a JSON object, or a row of a CSV as an object from column to cell.</summary>
    /// <param name="what">What it was recognised as.</param>
    /// <param name="parsed">The record, parsed.</param>
    /// <param name="record">Its bytes.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null when there is none.</param>
    /// <param name="batch">Where to.</param>
    /// <exception cref="RecordException">It is not taken in; the message says why.</exception>
    public void Take(in Recognized what, JsonElement parsed, ReadOnlySpan<byte> record, string? context, ImportBatch batch)
    {
        NoteLostDates(what.Shape, parsed);
        using var rewritten = Rewritten(what.Shape, parsed);
        if (rewritten != null) parsed = rewritten.RootElement;
        if (Read(what, parsed, context) is not { } observation)
        {
            statistics.Skip("directory object (device, contact)");
            return;
        }

        if (what.Shape == RecordShape.GraphEntitlement) LookForMissing(observation, parsed, context);
        var entities = new List<ObservedEntity>(1);
        Add(observation, entities, batch, isNested: false);
        var tenant = dimensions.Tenant(tenantName, batch);
        batch.Entities.Add(new(entities, seen, options.ObservedAt == null, tenant, StableHash.OfUtf8(record), batch.Add(record),
            what.Shape) { Context = context, Place = batch.Place });
        statistics.Accept(EntityKinds.Name(observation.Kind), ShapeInfo.Of(what.Shape).Name, 0, observation.IsCut);
    }

    private JsonDocument? Rewritten(RecordShape shape, JsonElement parsed) =>
        dates.Text == null ? null : IsoRecord.Rewrite(parsed, shape, dates);

    /// <summary>Reads a record, and finds what the admin said it belongs to; null when it is of a kind that is left out.</summary>
    private EntityObservation? Read(in Recognized what, JsonElement parsed, string? context)
    {
        var hints = new EntitlementHints(context, options.AccessPackage, options.Group, options.Application);
        if (EntitlementNormalizer.Read(parsed, what.Entity, what.Shape, hints) is not { } observation) return null;
        if (observation.NamedParent is { } named) Resolve(observation, named, what.Shape == RecordShape.PortalAssignmentRow);
        else if (what.Shape == RecordShape.PortalAssignmentRow && !observation.Links.Exists(link => link.Kind == EntityKind.AccessPackage))
            statistics.Note(NoPackage);
        return observation;
    }

    /// <summary>Takes note of a page or file that was declared complete, and contains nothing.</summary>
    /// <param name="kind">Of what its records would be; null where only its address shows it.</param>
    /// <param name="context">The <c>@odata.context</c> of the page; null when there is none.</param>
    /// <param name="batch">Where to.</param>
    public void TakeNothing(EntityKind? kind, string? context, ImportBatch batch)
    {
        var hints = new EntitlementHints(context, options.AccessPackage, options.Group, options.Application);
        var address = ODataAddress.Parse(context);
        var what = kind ?? EntitlementRecognizer.KindOf(address)
            ?? (options.Group != null && (context == null || EntitlementRecognizer.IsMixed(address)) ? EntityKind.User : null);
        if (what == null && address.ParentId != null && EntitlementRecognizer.IsMixed(address)) what = EntityKind.User;
        if (what is not { } found) return;
        // What its records would belong to is found as theirs would be.
        var record = new EntityObservation(found, "none");
        ParentFacts.Add(record, address, hints);
        try
        {
            if (record.NamedParent is { } named) Resolve(record, named, isPortalRow: false);
        }
        catch (RecordException e)
        {
            statistics.Note($"That it holds nothing could not be taken in: {e.Message}.");
            return;
        }

        batch.EmptyExports.Add(new(found, record.Scope, record.Parent, dimensions.Term(tenantName, batch), seen,
            options.ObservedAt == null));
    }

    private void LookForMissing(EntityObservation observation, JsonElement record, string? context)
    {
        if (!isDescribing) statistics.AddNotes(missing.DescribeMembers);
        isDescribing = true;
        missing.Look(observation, observation.Kind is EntityKind.User or EntityKind.Group or EntityKind.ServicePrincipal
            && EntitlementRecognizer.IsOfList(record, context));
    }

    /// <summary>A row of the portal is taken in without a date that can't be read; that is said.</summary>
    private void NoteLostDates(RecordShape shape, JsonElement row)
    {
        if (!ShapeInfo.Of(shape).IsPortalObject || hasLostDate) return;
        foreach (var cell in row.EnumerateObject())
        {
            if (!DateColumns.IsTimeColumn(shape, cell.Name) || JsonCells.AsText(cell.Value)?.Trim() is not { Length: > 0 } text) continue;
            if (TimeText.TryParse(text, dates, out _) || PortalAssignmentRow.IsNoEnd(text)) continue;
            hasLostDate = true;
            statistics.Note($"Dates that can't be read were left out, the first in column {cell.Name}: {TimeText.Explain(text, dates)}.");
        }
    }

    /// <summary>Adds an observation and those inside it.</summary>
    private void Add(EntityObservation observation, List<ObservedEntity> entities, ImportBatch batch, bool isNested)
    {
        var facts = observation.HasFacts ? observation.ToJson() : default;
        var observed = options.ObservedAt == null && observation.LatestDate > 0 ? observation.LatestDate : seen;
        var digest = Digest(observation, facts);
        if (!isNested || !IsNewAgain(observation, StableHash.Combine(digest, observed)))
        {
            var isAssignment = observation.Kind == EntityKind.Assignment;
            entities.Add(new(observation.Kind, observation.Id, batch.Add(facts), digest, observed, observation.Text(FactNames.Name),
                observation.Text(FactNames.UserPrincipalName))
            {
                Columns = isAssignment ? Columns(observation, batch) : null,
                Links = isAssignment || observation.Links.Count == 0 ? [] : [.. observation.Links],
                Lists = observation.Lists.Count == 0 ? [] : [.. observation.Lists],
                Edges = observation.Edges.Count == 0 ? [] : [.. observation.Edges],
                Parent = observation.Parent,
                Scope = observation.Scope,
            });
        }

        foreach (var nested in observation.Nested) Add(nested, entities, batch, isNested: true);
    }

    /// <summary>What an assignment has columns for; null where an id in it is no GUID. The state is numbered in any case.</summary>
    private AssignmentLinks? Columns(EntityObservation assignment, ImportBatch batch)
    {
        var state = assignment.Text(FactNames.State) is { } known ? dimensions.Term(Encoding.UTF8.GetBytes(known), batch) : 0;
        if (!IsIdOrNone(FactNames.Package, out var package) || !IsIdOrNone(FactNames.Policy, out var policy)
            || !IsIdOrNone(FactNames.Subject, out var subject) || !IsIdOrNone(FactNames.Catalog, out var catalog)) return null;
        var start = assignment.Text(FactNames.Start);
        var (ends, isKnown) = AssignmentSchedule.End(assignment.Text(FactNames.ExpirationEnd), assignment.Text(FactNames.ExpirationType),
            start, assignment.Text(FactNames.ExpirationDuration));
        return new(package, policy, subject, catalog, state, StoredState.Ticks(start), ends, isKnown,
            StoredState.Ticks(assignment.Text(FactNames.Expired)), assignment.IsTrue(FactNames.Portal));

        bool IsIdOrNone(string fact, out Guid id)
        {
            id = default;
            var text = assignment.Text(fact);
            return string.IsNullOrEmpty(text) || (Guid.TryParseExact(text, "D", out id) && id != Guid.Empty);
        }
    }

    // The same package, policy or user stands in thousands of assignments.
    private bool IsNewAgain(EntityObservation observation, long digest)
    {
        if (observation.Parent != null || !Guid.TryParseExact(observation.Id, "D", out var id)) return false;
        if (recent.TryGetValue((id, observation.Kind), out var last) && last == digest) return true;
        if (recent.Count >= MaxRecent) recent.Clear();
        recent[(id, observation.Kind)] = digest;
        return false;
    }

    // A name that the admin gave is looked up among what was imported before.
    private void Resolve(EntityObservation observation, in NamedParent parent, bool isPortalRow)
    {
        if (!parents.TryGetValue((parent.Kind, parent.Name), out var id))
        {
            var ids = dimensions.EntitiesNamed(parent.Kind, parent.Name);
            if (ids.Count > 1)
                throw new RecordException($"{ids.Count} known {EntityKinds.Label(parent.Kind)}s are named '{parent.Name}': give the id");
            parents.Add((parent.Kind, parent.Name), id = ids.Count == 1 ? ids[0] : null);
        }

        // A portal row keeps the name of its package, to be found by later.
        if (id == null && isPortalRow)
        {
            if (options.AccessPackage != null)
                statistics.Note(
                    $"No {EntityKinds.Label(parent.Kind)} named '{parent.Name}' was imported before: its assignments are found by "
                    + $"that name once one is.");
            return;
        }

        if (id == null) throw new RecordException(
            $"no {EntityKinds.Label(parent.Kind)} named '{parent.Name}' was imported before: give its id, or import it first");
        if (parent.Fact is { } fact)
        {
            observation.AddLink(fact, parent.Kind, id);
            observation.Scope = (parent.Kind, id);
        }

        if (parent.Role is { } role) observation.Parent = (role, parent.Kind, id);
    }

    private static long Digest(EntityObservation observation, ReadOnlySpan<byte> facts)
    {
        var digest = StableHash.OfUtf8(facts);
        foreach (var (role, kind, id) in observation.Edges) digest =
            StableHash.Combine(digest, StableHash.Combine(StableHash.Of(id), ((int)role << 8) | (int)kind));
        foreach (var (role, isComplete) in observation.Lists) digest = StableHash.Combine(digest, ((int)role << 1) | (isComplete ? 1 : 0));
        return digest;
    }
}
