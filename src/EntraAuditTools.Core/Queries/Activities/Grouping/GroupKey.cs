namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>The values of a group, equal when each is; ordered by the values, for groups of the same size.</summary>
internal sealed class GroupKey(object?[] values) : IEquatable<GroupKey>, IComparable<GroupKey>
{
    public IReadOnlyList<object?> Values => values;

    /// <summary>The values by the names of the dimensions that they are of.</summary>
    public Dictionary<string, object?> Named(IReadOnlyList<MeasureDimension> dimensions) =>
        dimensions.Select((dimension, i) => KeyValuePair.Create(dimension.Name, values[i])).ToDictionary(StringComparer.OrdinalIgnoreCase);

    public bool Equals(GroupKey? other) => other is not null && values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => Equals(obj as GroupKey);

    public override int GetHashCode() => values.Aggregate(17, HashCode.Combine);

    public int CompareTo(GroupKey? other)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var (mine, others) = (values[i], other!.Values[i]);
            var order = mine is string text && others is string otherText ? StringComparer.OrdinalIgnoreCase.Compare(text, otherText)
                : Comparer<object?>.Default.Compare(mine, others);
            if (order != 0) return order;
        }

        return 0;
    }
}
