using EntraAuditTools.Core.Mirror;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>
/// Many small reads as one: they see the same mirror, whatever is imported meanwhile, and the file is locked once instead of for each. What
/// they read again and again stays in memory.
/// </summary>
internal sealed class MirrorSnapshot : IDisposable
{
    private const int LargeCache = 64_000, UsualCache = 16_000;

    private readonly MirrorReader mirror;
    private readonly bool isOwn;

    /// <summary>Begins; within another snapshot it is that one.</summary>
    public MirrorSnapshot(MirrorReader mirror)
    {
        this.mirror = mirror;
        isOwn = raw.sqlite3_get_autocommit(mirror.Connection.Handle) != 0 && Execute($"BEGIN; PRAGMA cache_size = -{LargeCache}");
    }

    /// <summary>Ends. Nothing was written: whatever goes wrong here is of no consequence.</summary>
    public void Dispose()
    {
        if (isOwn && mirror.Connection.State == System.Data.ConnectionState.Open) Execute($"COMMIT; PRAGMA cache_size = -{UsualCache}");
    }

    private bool Execute(string sql) => raw.sqlite3_exec(mirror.Connection.Handle, sql) == raw.SQLITE_OK;
}
