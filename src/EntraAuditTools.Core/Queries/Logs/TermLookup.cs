using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Numbers of the words and names that a filter's texts mean: rows are then found by number. Null is "not asked for".</summary>
internal static class TermLookup
{
    /// <summary>Entra writes some activities with a blank behind them, and so do mirrors that older readers filled.</summary>
    public const string TrimmedText = "trim(text)";

    /// <summary>Texts without blanks around them, as they are compared with <see cref="TrimmedText"/>.</summary>
    public static List<string> Trimmed(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => text.Trim() is { Length: > 0 } trimmed ? trimmed : text)];

    /// <summary>The terms that texts name.</summary>
    public static List<long>? Terms(MirrorReader mirror, IReadOnlyList<string>? texts) =>
        Numbers(mirror, texts is null ? null : Trimmed(texts), "SELECT id FROM term WHERE ", TrimmedText);

    /// <summary>
    /// The identities that texts name, with all others of the same objects (see <see cref="DirectoryNames"/> and
    /// <see cref="SameObjects"/>).
    /// </summary>
    public static List<long>? Identities(MirrorReader mirror, IReadOnlyList<string>? texts) =>
        texts is { Count: > 0 } ? SameObjects.Of(mirror, DirectoryNames.WithIds(mirror, texts)) : null;

    /// <summary>The first column of the rows of which one of some columns is like one of the texts.</summary>
    public static List<long>? Numbers(MirrorReader mirror, IReadOnlyList<string>? texts, string select, params string[] columns)
    {
        if (texts is not { Count: > 0 }) return null;
        var sql = new SqlText(select);
        sql.Add(TextCondition.AnyOf(sql, texts, columns));
        return mirror.Query(sql, row => row.GetInt64(0)).ToList();
    }
}
