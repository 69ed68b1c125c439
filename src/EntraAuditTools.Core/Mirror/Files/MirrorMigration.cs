using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>Brings a mirror to this version's schema, in one transaction; one that holds something is backed up before.</summary>
internal static class MirrorMigration
{
    /// <summary>Adds the tables that a mirror lacks; returns the path of the backup, null when none was needed.</summary>
    /// <param name="connection">The mirror, opened for writing by the holder of its lock.</param>
    /// <param name="path">Its path.</param>
    /// <param name="version">Version of its tables; 0 for a mirror that is made now.</param>
    public static string? Run(SqliteConnection connection, string path, long version)
    {
        var backup = version == 0 ? null : Backup(connection, path, string.Create(CultureInfo.InvariantCulture, $"schema{version}"));
        try
        {
            MirrorFile.Execute(connection, $"BEGIN IMMEDIATE;\n{Sql(version, MirrorSchema.Version)}");
            if (version is > 0 and < ChainSchema.Since) ChainAdoption.Run(connection);
            MirrorFile.Execute(connection, string.Create(CultureInfo.InvariantCulture,
                $"PRAGMA application_id = {MirrorSchema.ApplicationId}; PRAGMA user_version = {MirrorSchema.Version}; COMMIT"));
        }
        catch (SqliteException)
        {
            // The connection continues as if nothing had been tried, unless SQLite itself rolled back already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) MirrorFile.Execute(connection, "ROLLBACK");
            throw;
        }

        return backup;
    }

    /// <summary>SQL that brings the tables of one version to another's.</summary>
    /// <param name="from">The version of the tables that are there; 0 for none.</param>
    /// <param name="to">The version wanted.</param>
    public static string Sql(long from, long to)
    {
        var sql = new StringBuilder();
        bool Lacks(long since) => from < since && since <= to;
        if (Lacks(1)) sql.Append(MirrorSchema.Create);
        if (Lacks(EntitySchema.Since)) sql.Append(EntitySchema.Create);
        if (Lacks(ReadingSchema.Since))
            sql.Append(ReadingSchema.Create).Append(HistorySchema.Create).Append(from == 0 ? string.Empty : ReadingSchema.Fill);
        if (Lacks(ChainSchema.Since)) sql.Append(ChainSchema.Create);
        foreach (var log in LogTable.All.Where(log => log.Since > 1 && Lacks(log.Since))) sql.Append(log.Create());
        return sql.ToString();
    }

    /// <summary>Copies the mirror, with what its write-ahead log still holds, into a file beside it that only its owner can read.</summary>
    /// <param name="connection">The mirror, opened by the holder of its lock.</param>
    /// <param name="path">Its path.</param>
    /// <param name="what">What it is a copy of, as part of a file name.</param>
    public static string Backup(SqliteConnection connection, string path, string what)
    {
        var name = $"{path}.{what}";
        var backup = $"{name}.bak";
        for (var i = 2; File.Exists(backup); i++) backup = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}.bak");
        // Under another name until it is whole: one that a kill left is no backup, and gives way to the next.
        var part = path + MirrorFiles.BackupPartEnding;
        try
        {
            MirrorCopy.Remove(part);
            MirrorCopy.Write(connection, part);
            File.Move(part, backup);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            MirrorCopy.Remove(part);
            throw MirrorErrors.NoBackup(path, backup, e);
        }

        return backup;
    }
}
