using System.Runtime.InteropServices;

namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>Counts what has the same numbers in each of some columns.</summary>
/// <param name="width">How many columns.</param>
internal sealed class GroupTallies(int width)
{
    private readonly NumberGroups groups = new(width);
    private readonly List<GroupCounts> counts = [];

    /// <summary>How many groups there are.</summary>
    public int Count => counts.Count;

    /// <summary>The numbers of a group, until another is added.</summary>
    public ReadOnlySpan<long> Numbers(int group) => groups[group];

    /// <summary>What is known of a group.</summary>
    public GroupCounts Of(int group) => counts[group];

    /// <summary>Adds to the group of these numbers.</summary>
    public void Add(ReadOnlySpan<long> numbers, in GroupCounts more)
    {
        var group = groups.Of(numbers);
        if (group == counts.Count)
        {
            counts.Add(more);
            return;
        }

        ref var known = ref CollectionsMarshal.AsSpan(counts)[group];
        known = known.Add(more);
    }
}
