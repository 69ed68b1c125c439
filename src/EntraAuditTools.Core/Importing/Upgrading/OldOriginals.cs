using System.IO.Compression;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>An original that an import brought, or saw again.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Record">The original.</param>
/// <param name="Context">The <c>@odata.context</c> of its page; null when it had none or it was not kept.</param>
/// <param name="Kind">The kind that it was recognised as, if it has states; null for anything else.</param>
/// <param name="Id">The id of that.</param>
internal readonly record struct OldOriginal(OriginalPlace Place, OriginalRecord Record, string? Context, EntityKind? Kind, string? Id)
{
    /// <summary>A context for a record whose page's was not kept, made of what the mirror has on it; null when it has nothing.</summary>
    public OldContext? Guess { get; init; }
}

/// <summary>A rejection of an import.</summary>
internal sealed record OldRejection(long Id, long? Line, long? Offset, string Reason, byte[] Text);

/// <summary>Reads the originals of a mirror, import by import, a block at a time. Used by one thread.</summary>
internal sealed class OldOriginals : IDisposable
{
    private readonly SqliteConnection mirror;
    private readonly Dictionary<long, List<long>> blocksOf = [];
    private readonly Dictionary<long, long> counts = [];
    private readonly Statement readBlock;
    private readonly Statement sightings;
    private readonly Statement stateSightings;
    private readonly Statement contexts;
    private readonly Statement lostContext;
    private readonly Statement owner;
    private readonly Statement rejections;
    private readonly Statement parents;
    private readonly Statement facts;
    private readonly Statement application;
    private readonly ILookup<string, OldImport> byHash;
    private (long Id, OriginalBlock Block)? last;

    /// <summary>Opens the mirrors.</summary>
    /// <param name="oldPath">The old mirror.</param>
    /// <param name="newPath">The one that is derived from it, whose work tables are made (see <see cref="UpgradeFile"/>).</param>
    public OldOriginals(string oldPath, string newPath)
    {
        mirror = new(new SqliteConnectionStringBuilder { DataSource = newPath, Mode = SqliteOpenMode.ReadWrite,
            Pooling = false }.ToString());
        mirror.Open();
        SQLitePCL.raw.sqlite3_busy_timeout(mirror.Handle, 30_000);
        UpgradeFile.Attach(mirror, oldPath);
        MirrorFile.Execute(mirror, "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = 1");
        using (var all = new Statement(mirror, "SELECT import, id, count FROM old.block ORDER BY id"))
        {
            while (all.Step())
            {
                if (!blocksOf.TryGetValue(all.Number(0), out var list)) blocksOf.Add(all.Number(0), list = []);
                list.Add(all.Number(1));
                counts[all.Number(0)] = counts.GetValueOrDefault(all.Number(0)) + all.Number(2);
            }
        }

        Imports = ReadImports();
        byHash = Imports.Where(import => import.Sha256 != null).ToLookup(import => import.Sha256!);
        readBlock = new(mirror, "SELECT data, raw_length FROM old.block WHERE id = ?");
        sightings = new(mirror, "SELECT block, slot FROM main.work_sighting WHERE import = ? ORDER BY block, slot");
        stateSightings = new(mirror, "SELECT block, slot, kind FROM main.work_state WHERE import = ? ORDER BY block, slot");
        contexts = new(mirror, "SELECT slot, context FROM old.original_context WHERE block = ? ORDER BY slot");
        lostContext = new(mirror, """
            SELECT context FROM old.original_context c
            WHERE block > ? AND block < ? AND block NOT IN (SELECT id FROM old.block)
                AND (SELECT import FROM old.block_digest d WHERE d.block = c.block) = ?
            ORDER BY block DESC, slot DESC LIMIT 1
            """);
        owner = new(mirror, "SELECT kind, object_id FROM main.work_owner WHERE block = ? AND slot = ?");
        rejections = new(mirror,
            "SELECT id, line, byte_offset, reason, text FROM old.rejection WHERE import = ? AND id > ? ORDER BY id LIMIT 64");
        parents = new(mirror, """
            SELECT s.kind, s.object_id, g.role FROM old.entity e JOIN old.edge g ON g.target = e.id JOIN old.entity s ON s.id = g.source
            WHERE e.object_id = ? AND e.kind = ? AND g.import = ? AND g.role <> ?
            """);
        facts = new(mirror, "SELECT s.facts FROM old.entity e JOIN old.entity_state s ON s.entity = e.id WHERE e.object_id = ? AND "
            + "e.kind = ? AND s.block = ? AND s.slot = ?");
        application = new(mirror,
            "SELECT i.object_id FROM old.synchronization_job j JOIN old.identity i ON i.id = j.application WHERE j.block = ? AND j.slot = ?");
    }

    /// <summary>The imports, in order.</summary>
    public IReadOnlyList<OldImport> Imports { get; }

    private List<OldImport> ReadImports()
    {
        using var command = mirror.CreateCommand();
        command.CommandText = $"SELECT {OldImport.Columns} FROM old.import ORDER BY id";
        using var rows = command.ExecuteReader();
        var found = new List<OldImport>();
        while (rows.Read()) found.Add(OldImport.Read(rows));
        return found;
    }

    /// <summary>How many originals there are.</summary>
    public long Count => MirrorFile.Scalar(mirror, "SELECT coalesce(sum(count), 0) FROM old.block");

    /// <summary>How many of them an import brought.</summary>
    public long CountOf(OldImport import) => counts.GetValueOrDefault(import.Id);

    /// <summary>The last block.</summary>
    public long LastBlock => MirrorFile.Scalar(mirror, "SELECT coalesce(max(id), 0) FROM old.block");

    /// <summary>The blocks of an import.</summary>
    public IReadOnlyList<long> BlocksOf(OldImport import) => blocksOf.GetValueOrDefault(import.Id) ?? [];

    /// <summary>Records of logs that an import saw again, each by the first of its originals.</summary>
    public IEnumerable<OldOriginal> Sightings(OldImport import)
    {
        sightings.Bind(1, import.Id);
        while (sightings.Step())
        {
            var place = new OriginalPlace(sightings.Number(0), (int)sightings.Number(1));
            yield return new(place, Read(place), null, null, null);
        }
    }

    // Of which list its page was is not known; the mirror itself has the times at which lists came again (see CarriedOver).
    /// <summary>
    /// Records of states that an import brought again, byte for byte. What it only named in other records, those contain: this concerns
    /// entities whose own records it did not hold.
    /// </summary>
    public IEnumerable<OldOriginal> StatesSeen(OldImport import)
    {
        if (SameBefore(import) is { } before)
        {
            // Those that it brought the first time, and saw again then.
            foreach (var original in Own(before).Where(original => IsState(original.Record.Shape))) yield return original;
            foreach (var seen in StatesSeen(before)) yield return seen;
            yield break;
        }

        var kinds = import.Kind.Split(", ");
        stateSightings.Bind(1, import.Id);
        while (stateSightings.Step())
        {
            var place = new OriginalPlace(stateSightings.Number(0), (int)stateSightings.Number(1));
            var kind = (EntityKind)stateSightings.Number(2);
            if (kinds.Contains(EntityKinds.Name(kind))) yield return new(place, Read(place), null, kind, null) { Guess = PageOf(kind) };
        }
    }

    /// <summary>The originals that an import brought, in the order in which it did.</summary>
    public IEnumerable<OldOriginal> Own(OldImport import)
    {
        string? context = null;
        var before = 0L;
        foreach (var block in BlocksOf(import))
        {
            var changes = Contexts(block);
            if (ContextBetween(import, before, block) is { } between) context = between.Length == 0 ? null : between;
            before = block;
            Load(block);
            var slot = 0;
            foreach (var record in last!.Value.Block.ReadAll())
            {
                var place = new OriginalPlace(block, slot++);
                if (changes.TryGetValue(place.Slot, out var text)) context = text.Length == 0 ? null : text;
                // It was removed: its slot stays, so that those behind it keep their places.
                if (record.Json.IsEmpty) continue;
                var (kind, id) = record.Shape is RecordShape.GraphEntitlement ? OwnerOf(place) : default;
                var original = new OldOriginal(place, record, record.Shape is RecordShape.GraphEntitlement
                    or RecordShape.GraphSynchronizationJob ? context : null, kind, id);
                yield return import.FileTime == null && original.Context == null
                    ? original with { Guess = Guess(original, import) } : original;
            }
        }
    }

    /// <summary>The first import of the very same file; null when this is it.</summary>
    public OldImport? SameBefore(OldImport import) =>
        import.Sha256 is { } hash
            ? byHash[hash].FirstOrDefault(other => other.Id < import.Id && other.ReadCount == import.ReadCount) : null;

    /// <summary>The records that an import rejected.</summary>
    public IEnumerable<OldRejection> Rejections(OldImport import)
    {
        for (var after = 0L; ;)
        {
            var some = new List<OldRejection>();
            rejections.Bind(1, import.Id).Bind(2, after);
            while (rejections.Step())
                some.Add(new(rejections.Number(0), rejections.NumberOrNull(1), rejections.NumberOrNull(2), rejections.String(3)!,
                    Decompress(rejections.Blob(4) ?? [])));
            if (some.Count == 0) yield break;
            foreach (var rejection in some) yield return rejection;
            after = some[^1].Id;
        }
    }

    private OldContext? Guess(in OldOriginal original, OldImport import)
    {
        if (original.Record.Shape == RecordShape.GraphSynchronizationJob) return Job(original.Place);
        if (original is not { Kind: { } kind, Id: { } id }) return null;
        if (ParentOf(kind, id, import) is { } edge) return edge;
        return LinkOf(kind, id, original.Place) ?? PageOf(kind);
    }

    private static bool IsState(RecordShape shape) =>
        shape is RecordShape.GraphEntitlement or RecordShape.PortalAssignmentRow or RecordShape.PortalConnectedOrganizationRow
            or RecordShape.GraphSynchronizationJob;

    private static OldContext? PageOf(EntityKind kind) => SegmentOf(kind) is { } segment ? new(segment, false) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { readBlock, sightings, stateSightings, contexts, lostContext, owner, rejections, parents, facts, application })
            statement.Dispose();
        mirror.Dispose();
    }

    private static byte[] Decompress(byte[] brotli)
    {
        using var stream = new BrotliStream(new MemoryStream(brotli), CompressionMode.Decompress);
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }

    private static string? SegmentOf(EntityKind kind)
    {
        const string Entitlement = "#identityGovernance/entitlementManagement/";
        return kind switch
        {
            EntityKind.Catalog => Entitlement + "catalogs",
            EntityKind.AccessPackage => Entitlement + "accessPackages",
            EntityKind.Policy => Entitlement + "assignmentPolicies",
            EntityKind.ResourceRoleScope => Entitlement + "resourceRoleScopes",
            EntityKind.Resource => Entitlement + "resources",
            EntityKind.Assignment => Entitlement + "assignments",
            EntityKind.Request => Entitlement + "assignmentRequests",
            EntityKind.ResourceAssignment => Entitlement + "accessPackageAssignmentResourceRoles",
            EntityKind.ConnectedOrganization => Entitlement + "connectedOrganizations",
            EntityKind.Approval => Entitlement + "accessPackageAssignmentApprovals",
            EntityKind.User => "#users",
            EntityKind.Group => "#groups",
            EntityKind.ServicePrincipal => "#servicePrincipals",
            EntityKind.Application => "#applications",
            EntityKind.AppRoleAssignment => "#appRoleAssignments",
            _ => null,
        };
    }

    private OldContext? Job(OriginalPlace place)
    {
        if (!application.Bind(1, place.Block).Bind(2, place.Slot).Step()) return null;
        var id = application.String(0);
        application.Reset();
        return id == null ? null : new($"#servicePrincipals('{id}')/synchronization/jobs", true);
    }

    private OldContext? ParentOf(EntityKind kind, string id, OldImport import)
    {
        const string Entitlement = "#identityGovernance/entitlementManagement/";
        StoredEntityId.Bind(parents, 1, id);
        if (!parents.Bind(2, (int)kind).Bind(3, import.Id).Bind(4, (int)EdgeRole.PolicyOf).Step()) return null;
        var (parent, role) = (StoredEntityId.Of(parents, 1), (EdgeRole)parents.Number(2));
        // Several: which list contained it is not known.
        if (parents.Step())
        {
            parents.Reset();
            return null;
        }

        var list = (role, kind) switch
        {
            (EdgeRole.Member, _) => $"#groups('{parent}')/members",
            (EdgeRole.TransitiveMember, _) => $"#groups('{parent}')/transitiveMembers",
            (EdgeRole.IncompatibleGroup, _) => $"{Entitlement}accessPackages('{parent}')/incompatibleGroups",
            (EdgeRole.IncompatiblePackage, EntityKind.AccessPackage) =>
                $"{Entitlement}accessPackages('{parent}')/incompatibleAccessPackages",
            (EdgeRole.InternalSponsor, _) => $"{Entitlement}connectedOrganizations('{parent}')/internalSponsors",
            (EdgeRole.ExternalSponsor, _) => $"{Entitlement}connectedOrganizations('{parent}')/externalSponsors",
            (EdgeRole.RoleScope, EntityKind.ResourceRoleScope) => $"{Entitlement}accessPackages('{parent}')/resourceRoleScopes",
            _ => null,
        };
        return list == null ? null : new(list, true);
    }

    private OldContext? LinkOf(EntityKind kind, string id, OriginalPlace place)
    {
        const string Entitlement = "#identityGovernance/entitlementManagement/";
        var (fact, list) = kind switch
        {
            EntityKind.Assignment => (FactNames.Package, "{0}accessPackages('{1}')/assignments"),
            EntityKind.Request => (FactNames.Package, "{0}accessPackages('{1}')/assignmentRequests"),
            EntityKind.Policy => (FactNames.Package, "{0}accessPackages('{1}')/assignmentPolicies"),
            EntityKind.AccessPackage => (FactNames.Catalog, "{0}catalogs('{1}')/accessPackages"),
            EntityKind.AppRoleAssignment => (FactNames.Resource, "#servicePrincipals('{1}')/appRoleAssignedTo"),
            _ => default,
        };
        if (fact == null) return null;
        StoredEntityId.Bind(facts, 1, id);
        if (!facts.Bind(2, (int)kind).Bind(3, place.Block).Bind(4, place.Slot).Step()) return null;
        var known = StoredState.Parse(facts.Text(0));
        facts.Reset();
        if (!known.TryGetProperty(fact, out var value) || value.ValueKind != System.Text.Json.JsonValueKind.String) return null;
        return new(string.Format(System.Globalization.CultureInfo.InvariantCulture, list!, Entitlement, value.GetString()), true);
    }

    private OriginalRecord Read(OriginalPlace place)
    {
        Load(place.Block);
        return last!.Value.Block.Read(place.Slot);
    }

    private void Load(long block)
    {
        if (last?.Id == block) return;
        if (!readBlock.Bind(1, block).Step()) throw new InvalidDataException($"Block {block} is missing.");
        last = (block, new(readBlock.Blob(0) ?? throw new InvalidDataException($"Block {block} is empty."), readBlock.Number(1)));
        readBlock.Reset();
    }

    private Dictionary<int, string> Contexts(long block)
    {
        var found = new Dictionary<int, string>();
        contexts.Bind(1, block);
        while (contexts.Step()) found.Add((int)contexts.Number(0), contexts.String(1)!);
        return found;
    }

    /// <summary>The context that a block left which was lost; null when none was, or it left none.</summary>
    private string? ContextBetween(OldImport import, long before, long block)
    {
        if (import.Lost <= 0) return null;
        if (!lostContext.Bind(1, before).Bind(2, block).Bind(3, import.Id).Step()) return null;
        var found = lostContext.String(0);
        lostContext.Reset();
        return found;
    }

    private (EntityKind? Kind, string? Id) OwnerOf(OriginalPlace place)
    {
        if (!owner.Bind(1, place.Block).Bind(2, place.Slot).Step()) return default;
        var found = ((EntityKind)owner.Number(0), StoredEntityId.Of(owner, 1));
        owner.Reset();
        return found;
    }
}
