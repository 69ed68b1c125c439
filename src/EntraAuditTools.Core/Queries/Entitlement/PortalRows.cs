namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>
/// Rows of portal downloads have no id: one that is of the same user and package as an assignment with one repeats it, unless that
/// assignment has ended and the row has not.
/// </summary>
internal sealed class PortalRows
{
    private Dictionary<long, (long Subject, long Package, bool IsCurrent)>? portal;

    /// <summary>Takes note of an assignment.</summary>
    public void Saw(in KnownAssignment one)
    {
        if (one.Facts.IsPortal) (portal ??= [])[one.Facts.Entity] = (one.Facts.Subject, one.Facts.Package, one.At.IsCurrent);
    }

    /// <summary>The rows among some assignments that repeat another.</summary>
    public HashSet<long> Repeated(EntitlementReader reader, AssignmentReading reading)
    {
        if (portal == null) return [];
        var subjects = portal.Values.Select(row => row.Subject).Where(subject => subject != 0).Distinct().ToList();
        var (current, ended) = (new HashSet<(long, long)>(), new HashSet<(long, long)>());
        foreach (var real in reading.At(reader.Assignments(subjects: subjects).Where(row => !row.IsPortal)))
        {
            (real.At.IsCurrent ? current : ended).Add((real.Facts.Subject, real.Facts.Package));
        }

        return [.. portal.Where(row => current.Contains((row.Value.Subject, row.Value.Package)) || (!row.Value.IsCurrent && ended.Contains((row.Value.Subject, row.Value.Package)))).Select(row => row.Key)];
    }
}
