using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Identities;

/// <summary>What an activity is, in words.</summary>
internal sealed record ActivityTypeText(string? Service, string? Category, string Activity, string? OperationType);

/// <summary>Looks up the words behind the numbers of activities, each once: rows of activities are read without joins.</summary>
internal sealed class ActivityDimensions : IDisposable
{
    // Large mirrors have many identities; forgetting them all now and then is cheaper than keeping count of use.
    private const int MaxIdentities = 50_000;

    // A question by target looks up as many as there are targets.
    private static readonly string NameOfObject = $"""
        SELECT coalesce(max({ApplicationIdentity.UserPrincipalName}), min(CASE WHEN display_name <> '' THEN display_name END)) FROM identity
        WHERE object_id = ? COLLATE NOCASE
        """;

    private readonly Dictionary<long, string> terms = [];
    private readonly Dictionary<long, ActivityTypeText> activityTypes = [];
    private readonly Dictionary<long, IdentityText> identities = [];
    private readonly Dictionary<string, string> bestNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, string?> addresses = [];
    private readonly Dictionary<long, string[]> propertySets = [];
    private readonly MirrorReader mirror;
    private Statement? identity;

    public ActivityDimensions(MirrorReader mirror)
    {
        this.mirror = mirror;
        foreach (var (id, text) in mirror.Query("SELECT id, text FROM term", row => (row.GetInt64(0), row.GetString(1)))) terms.Add(id,
            TerminalText.Visible(text).Trim());
        foreach (var row in mirror.Query("SELECT id, service, category, activity, operation_type FROM kind",
            row => (Id: row.GetInt64(0),
                Kind: new ActivityTypeText(Term(row.GetInt64(1)), Term(row.GetInt64(2)), Term(row.GetInt64(3)) ?? string.Empty,
                    Term(row.GetInt64(4))))))
        {
            activityTypes.Add(row.Id, row.Kind);
        }
    }

    public IReadOnlyDictionary<long, ActivityTypeText> ActivityTypes => activityTypes;

    public string? Term(long id) => terms.GetValueOrDefault(id);

    public ActivityTypeText ActivityType(long id) =>
        activityTypes.GetValueOrDefault(id) ?? new ActivityTypeText(null, null, string.Empty, null);

    public IdentityText Identity(long id)
    {
        if (id == 0) return IdentityText.None;
        if (identities.TryGetValue(id, out var known)) return known;
        if (identities.Count >= MaxIdentities) identities.Clear();
        identity ??= mirror.Prepare("SELECT type, object_id, display_name, upn FROM identity WHERE id = ?");
        identity.Bind(1, id);
        var read = IdentityText.None;
        if (mirror.Step(identity))
        {
            read = IdentityText.Of(Term(identity.Number(0)), TerminalText.Visible(identity.String(1)), TerminalText.Visible(identity.String(2)),
                TerminalText.Visible(identity.String(3)));
            identity.Reset();
        }

        identities.Add(id, read);
        return read;
    }

    /// <summary>
    /// The name to search for: the UPN, else the display name, else the id; of a record that leaves names out, the one that other records,
    /// or else an export of the directory, give to the same object id, so that a group is what a filter by its name finds.
    /// </summary>
    public string? BestName(long id)
    {
        var identity = Identity(id);
        if (identity.UserPrincipalName is { } upn) return upn;
        if (identity.ObjectId is not { } objectId || objectId == Guid.Empty.ToString())
            return identity.DisplayName ?? identity.ObjectId ?? identity.AppId ?? identity.Type;
        if (bestNames.TryGetValue(objectId, out var known)) return known;
        if (bestNames.Count >= MaxIdentities) bestNames.Clear();
        var statement = mirror.Prepared(NameOfObject).BindString(1, objectId);
        var found = mirror.Step(statement) ? statement.String(0) : null;
        statement.Reset();
        var name = TerminalText.Visible(found) ?? KnownNames.Entity(mirror, objectId) ?? objectId;
        bestNames.Add(objectId, name);
        return name;
    }

    public string? Address(long id)
    {
        if (id == 0) return null;
        if (addresses.TryGetValue(id, out var known)) return known;
        if (addresses.Count >= MaxIdentities) addresses.Clear();
        var statement = mirror.Prepared("SELECT text FROM address WHERE id = ?").Bind(1, id);
        var text = TerminalText.Visible(AddressText.First(mirror.Step(statement) ? statement.String(0) : null));
        statement.Reset();
        addresses.Add(id, text);
        return text;
    }

    /// <summary>Names of the modified properties of a set.</summary>
    public string[] PropertyNames(long set)
    {
        if (propertySets.TryGetValue(set, out var known)) return known;
        var sql = new SqlText();
        sql.Add($"SELECT names FROM property_set WHERE id = {sql.Bind(set)}");
        var names = mirror.Query(sql, row => TerminalText.Visible(row.GetString(0))).FirstOrDefault()?.Split('\n') ?? [];
        propertySets.Add(set, names);
        return names;
    }

    public void Dispose() => identity?.Dispose();
}
