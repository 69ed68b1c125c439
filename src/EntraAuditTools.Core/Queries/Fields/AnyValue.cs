namespace EntraAuditTools.Core.Queries.Fields;

/// <summary>The portal's filters offer "All", and its documentation mentions it ("Status: All"): typed here it means no filter.</summary>
internal static class AnyValue
{
    private const string All = "All";

    /// <summary>The values of a filter; null when one of them is All.</summary>
    public static IReadOnlyList<string>? Unless(IReadOnlyList<string>? values) =>
        values?.Contains(All, StringComparer.OrdinalIgnoreCase) == true ? null : values;
}
