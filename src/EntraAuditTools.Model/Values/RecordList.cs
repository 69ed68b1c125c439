using System.Collections.ObjectModel;

namespace EntraAuditTools;

/// <summary>
/// A read-only list that prints its items rather than its type name, so that a record exported with
/// <c>Export-Csv</c> or shown in a table stays readable.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class RecordList<T> : ReadOnlyCollection<T>
{
    /// <summary>Wraps the items given; the list is not copied.</summary>
    public RecordList(IList<T> list)
        : base(list)
    {
    }

    /// <summary>The items' own texts, separated by "; ".</summary>
    public override string ToString() => string.Join("; ", Items);
}
