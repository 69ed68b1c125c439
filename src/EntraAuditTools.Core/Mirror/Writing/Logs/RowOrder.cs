using System.Runtime.InteropServices;
using EntraAuditTools.Core.Mirror.Rows;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>
/// The order in which the rows of some batches are written: that of their time. Exports come newest first and row numbers grow with time,
/// so each row would go to the left of all others, where SQLite splits a full page in halves: pages stay half full.
/// </summary>
internal sealed class RowOrder<TRow>
    where TRow : struct, IRecordRow
{
    private readonly List<Place> places = [];

    /// <summary>Where the rows stand, in order.</summary>
    public List<Place> Places => places;

    /// <summary>Sorts the rows of some batches. Those of one time stay as they come: of two that are one event, the first counts.</summary>
    public void Sort(IReadOnlyList<ImportBatch> run)
    {
        places.Clear();
        for (var batch = 0; batch < run.Count; batch++)
        {
            var links = 0;
            var rows = CollectionsMarshal.AsSpan(run[batch].Rows<TRow>().Rows);
            for (var row = 0; row < rows.Length; row++)
            {
                ref var record = ref rows[row].Record;
                places.Add(new(record.Ticks, batch, row, links));
                links += record.LinkCount;
            }
        }

        places.Sort();
    }

    /// <summary>Where a row stands: its batch, its number there, and where its links begin.</summary>
    internal readonly record struct Place(long Ticks, int Batch, int Row, int Links) : IComparable<Place>
    {
        /// <inheritdoc/>
        public int CompareTo(Place other) =>
            Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks)
            : Batch != other.Batch ? Batch.CompareTo(other.Batch)
            : Row.CompareTo(other.Row);
    }
}
