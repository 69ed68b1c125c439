using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>
/// Rows of portal downloads have no id: one that is of the same user and package as an assignment with one repeats it, unless that
/// assignment has ended and the row has not. For a row that does not name its package, the start decides.
/// </summary>
internal sealed class PortalRows
{
    private Dictionary<long, KnownAssignment>? portal;

    /// <summary>Takes note of an assignment.</summary>
    public void Saw(KnownAssignment assignment)
    {
        if (assignment.Facts.IsPortal) (portal ??= [])[assignment.Facts.Entity] = assignment;
    }

    /// <summary>The rows among some assignments that repeat another.</summary>
    public HashSet<long> Repeated(EntitlementReader reader, AssignmentReading reading)
    {
        if (portal == null) return [];
        var subjects = portal.Values.Select(row => row.Facts.Subject).Where(subject => subject != 0).Distinct().ToList();
        var (current, ended) = (new HashSet<(long, long, long)>(), new HashSet<(long, long, long)>());
        foreach (var real in reading.At(reader.Assignments(subjects: subjects).Where(row => !row.IsPortal)))
        {
            var known = real.At.IsCurrent ? current : ended;
            known.Add((real.Facts.Subject, real.Facts.Package, 0));
            // Downloads round times to minutes.
            if (real.At.Start is { } start) known.Add((real.Facts.Subject, 0, start / TimeSpan.TicksPerMinute));
        }

        return [.. portal.Where(row => IsIn(row.Value, current) || (!row.Value.At.IsCurrent && IsIn(row.Value, ended)))
            .Select(row => row.Key)];
    }

    private static bool IsIn(KnownAssignment row, HashSet<(long, long, long)> known) => row.Facts.Package != 0
        ? known.Contains((row.Facts.Subject, row.Facts.Package, 0))
        : row.At.Start is { } start && known.Contains((row.Facts.Subject, 0, start / TimeSpan.TicksPerMinute));
}
