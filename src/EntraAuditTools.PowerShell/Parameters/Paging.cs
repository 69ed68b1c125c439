using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>PowerShell's -Skip and -First for answers that the database does not page itself.</summary>
internal static class Paging
{
    /// <summary>How many to leave out.</summary>
    public static long Skip(this PagingParameters? paging) => ToLong(paging?.Skip ?? 0);

    /// <summary>How many to return at most; null for all.</summary>
    public static long? First(this PagingParameters? paging) => paging is { First: < long.MaxValue } ? ToLong(paging.First) : null;

    /// <summary>The page asked for. Does not ask for an item beyond the last one.</summary>
    public static IEnumerable<T> Page<T>(this PagingParameters? paging, IEnumerable<T> items)
    {
        var (skip, left) = (paging.Skip(), paging.First() ?? long.MaxValue);
        if (left == 0) yield break;
        foreach (var item in items)
        {
            if (skip-- > 0) continue;
            yield return item;
            if (--left == 0) yield break;
        }
    }

    private static long ToLong(ulong value) => value > long.MaxValue ? long.MaxValue : (long)value;
}
