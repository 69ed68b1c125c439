using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>A stored id: 16 bytes where it is a GUID, else a text.</summary>
/// <param name="Guid">The GUID.</param>
/// <param name="Text">The text; null for a GUID.</param>
internal readonly record struct SoughtId(Guid Guid, string? Text)
{
    /// <summary>Reads one as batches hold it.</summary>
    public static SoughtId Of(ReadOnlySpan<byte> stored, bool isGuid) =>
        isGuid ? new(new Guid(stored, bigEndian: true), null) : new(default, System.Text.Encoding.UTF8.GetString(stored));

    /// <summary>Binds it as a mirror has it.</summary>
    public Statement Bind(Statement statement, int index)
    {
        if (Text != null) return statement.BindString(index, Text);
        Span<byte> bytes = stackalloc byte[16];
        Guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return statement.BindBlob(index, bytes);
    }
}

/// <summary>Rows of a span of time with the same first bits of their fingerprint.</summary>
/// <param name="From">The first row.</param>
/// <param name="To">The last row.</param>
/// <param name="Base">The bits.</param>
internal readonly record struct SoughtAlike(long From, long To, long Base);

/// <summary>
/// What rows of a log an import is about to look for, to find out whether its records are known: whoever has a copy without logs fetches
/// them first. Rather too many than one too few: what is not fetched does not exist to the import.
/// </summary>
/// <param name="log">The log.</param>
internal sealed class SoughtRows(LogTable log)
{
    /// <summary>The log.</summary>
    public LogTable Log => log;

    /// <summary>Keys of rows, and of conflicts.</summary>
    public HashSet<long> Keys { get; } = [];

    /// <summary>Rows that may be the same event without its id.</summary>
    public HashSet<SoughtAlike> Alike { get; } = [];

    /// <summary>Ticks that need free rows: the first row of each, and how many records have that time.</summary>
    public Dictionary<long, int> Ticks { get; } = [];

    /// <summary>Correlation ids of records whose twins in the other log are sought.</summary>
    public HashSet<SoughtId> Correlations { get; } = [];

    /// <summary>Those of them whose other rows are needed only where the unified log has one.</summary>
    public HashSet<SoughtId> CorrelationsOfDirectory { get; } = [];

    /// <summary>Changes whose entries, steps and properties are needed.</summary>
    public HashSet<SoughtId> Changes { get; } = [];

    /// <summary>Whether nothing is sought.</summary>
    public bool IsEmpty => Ticks.Count == 0 && Changes.Count == 0;
}
