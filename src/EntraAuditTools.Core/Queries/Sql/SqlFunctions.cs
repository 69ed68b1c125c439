using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>The functions of ours that views need which read originals.</summary>
internal static class SqlFunctions
{
    /// <summary><c>audit_changes(block, slot)</c>: a JSON array of [target, property, old value, new value].</summary>
    public const string Changes = "audit_changes";

    // https://sqlite.org/c3ref/c_deterministic.html: views may call it although no schema is trusted; it only reads the mirror.
    private const int Innocuous = 0x200000;

    /// <summary>Gives a reader's connection the functions.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="showSecret">Whether values that can be secrets are shown as they are.</param>
    public static void Register(MirrorReader mirror, Func<bool> showSecret)
    {
        var originals = new OriginalSource(mirror.Path);
        raw.sqlite3_create_function(mirror.Connection.Handle, Changes, 2, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC | Innocuous, null,
            (context, _, values) =>
            {
                try
                {
                    var record = originals.Read(raw.sqlite3_value_int64(values[0]), raw.sqlite3_value_int(values[1]));
                    var details = GraphAuditDetails.Read(AuditNormalizer.ToGraph(record), showSecret(), originals.NameOf);
                    raw.sqlite3_result_text(context, Json(details));
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    // An exception must not pass through SQLite: the question ends with its words.
                    raw.sqlite3_result_error(context, Encoding.UTF8.GetBytes(e.Message));
                }
            });
    }

    private static string Json(AuditActivityDetails details) => JsonSerializer.Serialize(
        details.Targets.SelectMany(target => target.ModifiedProperties.Select(property => new[]
        {
            target.UserPrincipalName ?? target.DisplayName ?? target.Id, property.Name, property.OldValue, property.NewValue,
        })));
}
