using EntraAuditTools.Core.Mirror.Shared;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>What is done with the copy of a server's mirror as a whole.</summary>
internal static class SharedCopy
{
    /// <summary>Sends all of a copy, which then stands for what the server had. The caller holds the copy's lock.</summary>
    /// <param name="shared">The right to change the server's.</param>
    /// <param name="path">Full path of the copy.</param>
    /// <exception cref="Errors.AuditToolException">What can be wrong with a server, or with the copy.</exception>
    public static void SendAll(this ISharedWriting shared, string path)
    {
        using var connection = MirrorFile.OpenForWriting(path);
        shared.Follow(connection);
        shared.Replace();
        MirrorFile.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            shared.Send(connection);
            MirrorFile.Execute(connection, "COMMIT");
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) MirrorFile.Execute(connection, "ROLLBACK");
            throw;
        }
    }
}
