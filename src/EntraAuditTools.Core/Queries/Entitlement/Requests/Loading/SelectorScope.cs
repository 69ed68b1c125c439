using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>
/// One selector with its texts looked up: whom and what it is about, by id (and by UPN where a person has no other name).
/// </summary>
internal sealed class SelectorScope
{
    private static readonly StringComparer Comparer = StringComparer.OrdinalIgnoreCase;

    private SelectorScope()
    {
    }

    /// <summary>Ids and UPNs of users; null for any.</summary>
    public HashSet<string>? Users { get; private init; }

    /// <summary>Their identities in the audit log.</summary>
    public IReadOnlyCollection<long> UserIdentities { get; private init; } = [];

    /// <summary>Ids of packages; null for any.</summary>
    public HashSet<string>? Packages { get; private init; }

    public IReadOnlyCollection<long> PackageIdentities { get; private init; } = [];

    /// <summary>Null when not asked for by id.</summary>
    public HashSet<string>? RequestIds { get; private init; }

    /// <inheritdoc cref="RequestIds"/>
    public HashSet<string>? AssignmentIds { get; private init; }

    /// <summary>Whether it asks by ids, which decide alone.</summary>
    public bool IsById => RequestIds != null || AssignmentIds != null;

    /// <summary>Looks a selector up.</summary>
    public static SelectorScope Of(EntitlementReader reader, EntitlementSelector selector)
    {
        if (selector.RequestId != null || selector.AssignmentId != null)
        {
            return new() { RequestIds = selector.RequestId?.ToHashSet(Comparer),
                AssignmentIds = selector.AssignmentId?.ToHashSet(Comparer) };
        }

        var users = Look(reader, selector.User, EntityKind.User);
        var packages = Look(reader, selector.AccessPackage, EntityKind.AccessPackage);
        return new() { Users = users.Names, UserIdentities = users.Identities, Packages = packages.Names,
            PackageIdentities = packages.Identities };
    }

    /// <summary>Whether an event is about one of the users.</summary>
    public bool IsAbout(EntitlementEvent logged) => Users == null
        || logged.Subjects().Any(s => Holds(Users, s.ObjectId) || Holds(Users, s.UserPrincipalName));

    /// <summary>Whether somebody or something of a name, which may be null, is among those asked for.</summary>
    public static bool Holds(HashSet<string> names, string? name) => name != null && names.Contains(name);

    private static (HashSet<string>? Names, IReadOnlyCollection<long> Identities) Look(EntitlementReader reader,
        IReadOnlyList<string>? texts, EntityKind kind)
    {
        var mirror = reader.Mirror;
        if (texts is not { Count: > 0 }) return (null, []);
        var identities = TermLookup.Identities(mirror, texts)!;
        var found = reader.Find(kind, texts).Select(number => reader.Ref(number)!).ToList();
        var names = found.Select(subject => subject.Id).ToHashSet(Comparer);
        // Who is not in the directory has no id that objects show.
        names.UnionWith(found.Where(subject => subject.Id.StartsWith(SubjectReader.OutsidePrefix, StringComparison.Ordinal))
            .Select(subject => subject.UserPrincipalName).OfType<string>());
        // Who is known by name from exports only has a name of its own in the log, too.
        var more = names.Except(texts, Comparer).Select(WildcardText.Escape).ToList();
        if (more.Count > 0) identities = [.. identities.Union(TermLookup.Identities(mirror, more)!)];
        if (identities.Count > 0)
        {
            var sql = new SqlText("SELECT object_id, upn FROM identity WHERE ");
            foreach (var (id, upn) in mirror.Query(sql.Add(sql.In("id", identities)), row => (Text(row, 0), Text(row, 1))))
            {
                // A UPN can pass from one person to the next: it names only whom nothing else does.
                if ((id ?? (kind == EntityKind.User ? upn : null)) is { } name) names.Add(name);
            }
        }

        return (names, identities);

        static string? Text(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
