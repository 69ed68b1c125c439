using System.Text.Json;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>
/// Which users and packages the rows of portal downloads mean, which name them by words instead of ids: found in what other exports
/// contain, whenever those were imported. A word that several have means none of them.
/// </summary>
internal sealed class PortalLinks(EntitlementReader reader)
{
    private readonly Dictionary<long, Row> rows = Read(reader);

    /// <summary>A row of a download with the objects that its words mean; any other unchanged.</summary>
    public AssignmentRow Link(AssignmentRow row) => !row.IsPortal || !rows.TryGetValue(row.Entity, out var linked) ? row
        : row with { Subject = row.Subject != 0 ? row.Subject : linked.Subject, Package = row.Package != 0 ? row.Package : linked.Package,
            Policy = row.Policy != 0 ? row.Policy : linked.Policy };

    /// <summary>Rows that a question means and that the mirror's columns do not show as meant.</summary>
    /// <param name="users">Numbers of users asked for; null for any.</param>
    /// <param name="userTexts">The same as texts of the question.</param>
    /// <param name="packages">Numbers of packages asked for; null for any.</param>
    /// <param name="packageTexts">The same as texts of the question; null when they were not asked for by words.</param>
    public List<long> Meant(IReadOnlyCollection<long>? users, IReadOnlyList<string>? userTexts, IReadOnlyCollection<long>? packages,
        IReadOnlyList<string>? packageTexts)
    {
        if (rows.Count == 0 || (users == null && packages == null)) return [];
        var (people, things) = (Patterns(userTexts), Patterns(packageTexts));
        return [.. rows.Values.Where(IsMeant).Select(row => row.Entity)];

        bool IsMeant(Row row)
        {
            var isShown = (users == null || users.Contains(row.StoredSubject))
                && (packages == null || packages.Contains(row.StoredPackage));
            return !isShown && (users == null || users.Contains(row.Subject)
                || (row.Subject == 0
                    && people.Any(pattern => Fits(pattern, row.Name) || Fits(pattern, row.UserPrincipalName) || Fits(pattern, row.Mail))))
                && (packages == null || packages.Contains(row.Package)
                    || (row.Package == 0 && things.Any(pattern => Fits(pattern, row.PackageName))));
        }
    }

    /// <summary>The user as the row of a download names it; null when it names none.</summary>
    public static EntitlementSubject? Subject(EntityState state)
    {
        var (name, upn) = (state.Text(FactNames.SubjectName), state.Text(FactNames.SubjectUpn) ?? state.Text(FactNames.SubjectMail));
        return name == null && upn == null ? null : new EntitlementSubject { DisplayName = name, UserPrincipalName = upn };
    }

    /// <summary>A package or policy as the row of a download names it; null when it names none.</summary>
    public static EntitlementReference? Reference(EntityState state, string fact) =>
        state.Text(fact) is { } name ? new EntitlementReference { DisplayName = name } : null;

    private static List<WildcardText> Patterns(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(text => new WildcardText(text))];

    private static bool Fits(WildcardText pattern, string? text) => text != null && pattern.IsMatch(text);

    private static Dictionary<long, Row> Read(EntitlementReader reader)
    {
        var found = reader.Mirror.Query(
            "SELECT a.entity, a.subject, a.package, a.policy, s.facts FROM assignment a JOIN entity_state s ON s.id = a.latest WHERE "
            + "a.portal <> 0 AND (a.subject = 0 OR a.package = 0 OR a.policy = 0)",
            row => Row.Of(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4))).ToList();
        if (found.Count == 0) return [];
        var people = Named(reader, EntityKind.User, "upn", found.Select(row => row.UserPrincipalName ?? row.Mail));
        var names = Named(reader, EntityKind.User, "name",
            found.Where(row => row.UserPrincipalName == null && row.Mail == null).Select(row => row.Name));
        var packages = Named(reader, EntityKind.AccessPackage, "name", found.Select(row => row.PackageName));
        var policies = Named(reader, EntityKind.Policy, "name", found.Select(row => row.PolicyName));
        reader.Prefetch(policies.SelectMany(group => group), withStates: true);
        foreach (var row in found)
        {
            if (row.Subject == 0) row.Subject = Single((row.UserPrincipalName ?? row.Mail) is { } address
                ? people[address] : names[row.Name ?? string.Empty]);
            if (row.Package == 0) row.Package = Single(packages[row.PackageName ?? string.Empty]);
            if (row.Policy != 0) continue;
            var some = policies[row.PolicyName ?? string.Empty].Select(policy => (Number: policy, Package: PackageOf(reader, policy)))
                .Where(policy => row.Package == 0 || policy.Package == row.Package).ToList();
            if (some is not [var only]) continue;
            row.Policy = only.Number;
            if (row.Package == 0) row.Package = only.Package;
        }

        return found.ToDictionary(row => row.Entity);
    }

    private static long PackageOf(EntitlementReader reader, long policy) =>
        reader.Ref(EntityKind.AccessPackage, reader.StateOrGone(policy).Text(FactNames.Package))?.Number ?? 0;

    private static long Single(IEnumerable<long> numbers) => numbers.ToList() is [var only] ? only : 0;

    private static ILookup<string, long> Named(EntitlementReader reader, EntityKind kind, string column, IEnumerable<string?> texts)
    {
        var sql = new SqlText();
        sql.Add($"""
            SELECT word.value, e.id FROM json_each({sql.Bind(JsonSerializer.Serialize(texts.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)))}) word
            CROSS JOIN entity e ON e.{column} = word.value WHERE e.kind = {(int)kind}
            """);
        return reader.Mirror.Query(sql, row => (Text: row.GetString(0), Number: row.GetInt64(1)))
            .ToLookup(pair => pair.Text, pair => pair.Number, StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Row
    {
        public required long Entity { get; init; }

        public required long StoredSubject { get; init; }

        public required long StoredPackage { get; init; }

        public long Subject { get; set; }

        public long Package { get; set; }

        public long Policy { get; set; }

        public string? Name { get; private init; }

        public string? UserPrincipalName { get; private init; }

        public string? Mail { get; private init; }

        public string? PackageName { get; private init; }

        public string? PolicyName { get; private init; }

        public static Row Of(long entity, long subject, long package, long policy, string facts)
        {
            using var json = EntraAuditTools.Core.Formats.Json.RecordJson.ParseShown(System.Text.Encoding.UTF8.GetBytes(facts));
            var root = json.RootElement;
            string? Text(string fact) =>
                root.TryGetProperty(fact, out var value) && value.ValueKind == JsonValueKind.String
                    ? TerminalText.Visible(value.GetString()) : null;
            return new Row
            {
                Entity = entity, StoredSubject = subject, StoredPackage = package, Subject = subject, Package = package, Policy = policy,
                Name = Text(FactNames.SubjectName), UserPrincipalName = Text(FactNames.SubjectUpn), Mail = Text(FactNames.SubjectMail),
                PackageName = Text(FactNames.PackageName), PolicyName = Text(FactNames.PolicyName),
            };
        }
    }
}
