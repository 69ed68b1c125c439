using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>Writes the rows of some log.</summary>
internal interface ILogWriter : IDisposable
{
    /// <summary>The log.</summary>
    LogTable Log { get; }

    /// <summary>Begins with another import.</summary>
    void BeginImport(long id);

    /// <summary>The mirror lacks rows that are fetched when they are sought (<see cref="Seek"/>): what it seems not to have, it may have.</summary>
    void LacksRows();

    /// <summary>What <see cref="Write"/> will look for.</summary>
    SoughtRows Seek(IReadOnlyList<ImportBatch> run);

    /// <summary>Writes its rows of some batches. <see cref="Flush"/> must follow before the transaction ends.</summary>
    void Write(IReadOnlyList<ImportBatch> run);

    /// <summary>Stores what is gathered for the end of a transaction, in the order of its table.</summary>
    void Flush();

    /// <summary>Does what needs all that a transaction wrote, at its end.</summary>
    void BeforeCommit();
}
