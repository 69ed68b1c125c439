using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>Names of objects by their ids, from all that the mirror holds: the directory's exports, else the log's names.</summary>
internal static class KnownNames
{
    private const string OfEntity = "SELECT name, upn FROM entity WHERE object_id = ? AND (name IS NOT NULL OR upn IS NOT NULL) LIMIT 1";

    private const string OfIdentity =
        "SELECT display_name, upn FROM identity WHERE object_id = ? AND (display_name IS NOT NULL OR upn IS NOT NULL) LIMIT 1";

    /// <summary>The name of an object; null when the mirror has none, or was deleted meanwhile.</summary>
    public static string? Of(string mirrorPath, string id)
    {
        try
        {
            return KeptMirror.Read(mirrorPath, mirror => Entity(mirror, id) ?? Identity(mirror, id));
        }
        catch (AuditToolException)
        {
            // The id is still an answer.
            return null;
        }
    }

    /// <summary>The name that exports of the directory give to an object; null when none does.</summary>
    public static string? Entity(MirrorReader mirror, string id)
    {
        // A mirror of the first version has no such table.
        if (mirror.SchemaVersion < 2) return null;
        var statement = mirror.Prepared(OfEntity);
        StoredEntityId.Bind(statement, 1, id.ToLowerInvariant());
        return First(mirror, statement);
    }

    private static string? Identity(MirrorReader mirror, string id)
    {
        var statement = mirror.Prepared(OfIdentity);
        statement.BindText(1, System.Text.Encoding.UTF8.GetBytes(id));
        return First(mirror, statement);
    }

    private static string? First(MirrorReader mirror, Statement statement)
    {
        var name = mirror.Step(statement) ? statement.String(0) ?? statement.String(1) : null;
        statement.Reset();
        return TerminalText.Visible(name);
    }
}
