using System.Text.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// What a page says about itself besides its records (OData: <c>@odata.context</c>, <c>@odata.nextLink</c>, <c>@odata.count</c>). Parts of
/// a Graph <c>$batch</c> answer and tables of a query's answer are pages too.
/// </summary>
internal sealed class PageInfo
{
    // What it says is at its beginning; a source has as many contexts as pages.
    private const int MaxContextChars = 8 * 1024;

    /// <summary>Its place among the pages of its source, from 1.</summary>
    public long Ordinal { get; set; }

    /// <summary>Text of <c>@odata.context</c>; null when the page has none.</summary>
    public string? Context { get; set => field = value?.Length > MaxContextChars ? value[..MaxContextChars] : value; }

    /// <summary>Text of <c>@odata.nextLink</c>; null on the last page of a chain.</summary>
    public string? NextLink { get; set; }

    /// <summary>Name of the property that holds the records: <c>value</c> or <c>records</c>.</summary>
    public string Wrapper { get; set; } = "value";

    /// <summary>Whether it holds records itself, and is no answer that holds pages or tables.</summary>
    public bool IsOfRecords => (Utf8.Is(Wrapper, "value") || Utf8.Is(Wrapper, "records")) && Status is null or < 400;

    /// <summary>With what a part of a <c>$batch</c> was answered; null for any other page.</summary>
    public int? Status { get; set; }

    /// <summary>What a query could not answer, though it answered; null when it says nothing of the kind.</summary>
    public string? Error { get; set; }

    /// <summary>Names of a table's columns; null when it is none.</summary>
    public IReadOnlyList<string>? Columns { get; set; }

    /// <summary>Whether the records are rows: lists of cells.</summary>
    public bool IsTable { get; set; }

    /// <summary>Keeps what a query's answer says that it lacks: <c>"error": {"code": "PartialError", "message": …}</c>.</summary>
    public void NoteError(ReadOnlyMemory<byte> json)
    {
        using var document = RecordJson.ParseShown(json);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            Error = $"{document.RootElement.Text("code")}: {document.RootElement.Text("message")}";
    }

    /// <summary>Keeps a property of the page when it is needed; the reader is at its value.</summary>
    public void Note(string key, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && (Utf8.Is(key, "status") || Utf8.Is(key, "statusCode"))
            && reader.TryGetInt32(out var status)) Status = status;
        if (reader.TokenType != JsonTokenType.String) return;
        if (Utf8.Is(key, "@odata.context")) Context = BrokenText.Read(ref reader);
        else if (Utf8.Is(key, "@odata.nextLink") || Utf8.Is(key, "nextLink")) NextLink = BrokenText.Read(ref reader);
        else if (Utf8.Is(key, "status") && int.TryParse(BrokenText.Read(ref reader), out status)) Status = status;
    }
}
