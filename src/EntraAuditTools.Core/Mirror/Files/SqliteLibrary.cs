using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>Loads the SQLite that we bring, before the first connection.</summary>
internal static class SqliteLibrary
{
    /// <summary><c>SQLITE_CONFIG_MEMSTATUS</c> (https://sqlite.org/c3ref/c_config_covering_index_scan.html).</summary>
    private const int MemoryStatus = 9;

    static SqliteLibrary()
    {
        Batteries_V2.Init();
        // Nobody asks SQLite how much memory it has. Counting takes a lock each time that it gets or frees some: 3 % of an import's
        // processor time. Refused, without harm, when the library was in use before.
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <summary>Does it, the first time.</summary>
    public static void Load()
    {
    }
}
