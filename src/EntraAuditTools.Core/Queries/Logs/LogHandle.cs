using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Where the rest of a record of a log is, for the parts that are read on first use.</summary>
/// <param name="log">The log.</param>
/// <param name="place">Where its row and its original are.</param>
/// <param name="source">Reads originals.</param>
/// <param name="recordId">The record's own id, for evidence; null when it has none.</param>
/// <param name="import">The import of the shown original.</param>
/// <param name="showSecret">Whether values that can hold key material are shown.</param>
internal class LogHandle(LogTable log, LogPlace place, OriginalSource source, string? recordId, ImportText import, bool showSecret)
{
    protected OriginalSource Source => source;

    protected long Row => place.Row;

    protected bool ShowSecret => showSecret;

    /// <summary>Which log it comes from, where several have one event; null elsewhere.</summary>
    public string? Origin { get; init; }

    /// <summary>The original as text.</summary>
    /// <exception cref="AuditToolException">The mirror cannot be read any more, or no longer holds it.</exception>
    public string Original() => source.ReadText(place.Block, place.Slot, showSecret);

    /// <summary>The imports that brought it.</summary>
    public RecordList<AuditEvidence> Evidence() => RecordEvidence.Of(log).Read(source.MirrorPath, place.Row, import, recordId, Origin);

    /// <summary>The original.</summary>
    /// <inheritdoc cref="Original" path="/exception"/>
    public OriginalRecord Read() => source.Read(place.Block, place.Slot);
}

/// <summary>Where a record's row and its original are.</summary>
internal readonly record struct LogPlace(long Row, long Block, int Slot);
