namespace EntraAuditTools.Core.Formats.Json;

/// <summary>What a page says of itself besides its records (OData: <c>@odata.context</c>, <c>@odata.nextLink</c>, <c>@odata.count</c>).</summary>
internal sealed class PageInfo
{
    /// <summary>Text of <c>@odata.context</c>; null when the page has none.</summary>
    public string? Context { get; set; }

    /// <summary>Text of <c>@odata.nextLink</c>; null on the last page of a chain.</summary>
    public string? NextLink { get; set; }

    /// <summary>Name of the property that holds the records: <c>value</c> or <c>records</c>.</summary>
    public string Wrapper { get; set; } = "value";
}
