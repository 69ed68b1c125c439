using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>
/// One way to group the activities of a <see cref="ActivitySurvey"/>: counted by numbers, and only the groups are put in words.
/// </summary>
internal sealed class ActivityGrouping
{
    private readonly int[] places, columnOf;
    private readonly GroupTallies tallies;

    /// <param name="dimensions">What to group by.</param>
    /// <param name="since">Activities at or after this time, UTC ticks.</param>
    /// <param name="columns">The columns of the survey, to which those of the dimensions are added.</param>
    public ActivityGrouping(IReadOnlyList<MeasureDimension> dimensions, long since, List<string> columns)
    {
        (Dimensions, Since) = (dimensions, since);
        // Several dimensions can be of one column, such as what an activity is and which service it is of.
        var own = dimensions.Select(dimension => dimension.Column).Distinct().ToList();
        columns.AddRange(own.Except(columns).ToList());
        places = [.. own.Select(column => columns.IndexOf(column))];
        columnOf = [.. dimensions.Select(dimension => own.IndexOf(dimension.Column))];
        tallies = new(own.Count);
        Columns = own;
    }

    /// <summary>Its columns, each once.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Only activities at or after this time, UTC ticks, are counted.</summary>
    public long Since { get; }

    /// <summary>What is grouped by.</summary>
    public IReadOnlyList<MeasureDimension> Dimensions { get; }

    /// <summary>Counts an activity.</summary>
    /// <param name="row">What it has in the columns of the survey.</param>
    /// <param name="one">The activity.</param>
    public void Add(ReadOnlySpan<long> row, in GroupCounts one)
    {
        if (one.First < Since) return;
        Span<long> numbers = stackalloc long[places.Length];
        for (var i = 0; i < places.Length; i++) numbers[i] = row[places[i]];
        tallies.Add(numbers, one);
    }

    /// <summary>Takes a group that was counted elsewhere.</summary>
    /// <param name="numbers">What it has in <see cref="Columns"/>.</param>
    /// <param name="counts">What is known of it.</param>
    public void Take(ReadOnlySpan<long> numbers, in GroupCounts counts) => tallies.Add(numbers, counts);

    /// <summary>The groups as they were counted: the number of each in the columns of the dimensions.</summary>
    public IEnumerable<(long[] Numbers, GroupCounts Counts)> InNumbers()
    {
        for (var group = 0; group < tallies.Count; group++) yield return (tallies.Numbers(group).ToArray(), tallies.Of(group));
    }

    /// <summary>
    /// The groups in words. Several numbers can be the same value, such as a person seen with two names. Where there are no dimensions
    /// there is one group of everything, and none where there is nothing.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="words">What is behind the numbers.</param>
    /// <param name="which">Which groups; null for all.</param>
    public Dictionary<GroupKey, GroupCounts> InWords(MirrorReader mirror, ActivityDimensions words, Predicate<GroupCounts>? which = null)
    {
        var values = Dimensions.Select(dimension => new DimensionValues(mirror, words, dimension)).ToList();
        var merged = new GroupTallies(Dimensions.Count);
        Span<long> same = stackalloc long[Dimensions.Count];
        for (var group = 0; group < tallies.Count; group++)
        {
            var numbers = tallies.Numbers(group);
            for (var i = 0; i < same.Length; i++) same[i] = values[i].Of(numbers[columnOf[i]]);
            merged.Add(same, tallies.Of(group));
        }

        var groups = new Dictionary<GroupKey, GroupCounts>();
        for (var group = 0; group < merged.Count; group++)
        {
            var counts = merged.Of(group);
            if (which?.Invoke(counts) == false) continue;
            var key = new object?[values.Count];
            for (var i = 0; i < key.Length; i++) key[i] = values[i][merged.Numbers(group)[i]];
            groups.Add(new(key), counts);
        }

        return groups;
    }

    /// <summary>The values of a dimension, each of which is found once, and has one number whatever numbers stand for it.</summary>
    private sealed class DimensionValues(MirrorReader mirror, ActivityDimensions words, MeasureDimension dimension)
    {
        private readonly Dictionary<long, long> found = [];
        private readonly Dictionary<object, long> known = [];
        private readonly List<object?> values = [null];

        public object? this[long value] => values[(int)value];

        public long Of(long number)
        {
            if (found.TryGetValue(number, out var value)) return value;
            var text = mirror.Value(number, it => dimension.Value(words, it));
            if (text != null && !known.TryGetValue(text, out value))
            {
                known.Add(text, value = values.Count);
                values.Add(text);
            }

            found.Add(number, value);
            return value;
        }
    }
}
