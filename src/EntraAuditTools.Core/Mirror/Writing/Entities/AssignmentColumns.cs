using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>
/// The facts of an assignment that have columns of their own (<c>assignment</c>), as facts have them: null where not given.
/// </summary>
internal struct AssignmentColumns
{
    public string? Package { get; private set; }

    public string? Policy { get; private set; }

    public string? Subject { get; private set; }

    public string? Catalog { get; private set; }

    public string? State { get; private set; }

    public string? Start { get; private set; }

    public string? Expired { get; private set; }

    public string? ExpirationEnd { get; private set; }

    public string? ExpirationType { get; private set; }

    public string? ExpirationDuration { get; private set; }

    public bool IsPortal { get; private set; }

    /// <summary>Of one state, from its facts as they are stored.</summary>
    public static AssignmentColumns Of(ReadOnlySpan<byte> json)
    {
        var columns = default(AssignmentColumns);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) columns.Read(ref reader);
        return columns;
    }

    /// <summary>Of several states, by what each fact is now.</summary>
    public static AssignmentColumns Of(Func<string, JsonElement> fact)
    {
        return new AssignmentColumns
        {
            Package = Text(FactNames.Package), Policy = Text(FactNames.Policy), Subject = Text(FactNames.Subject),
            Catalog = Text(FactNames.Catalog), State = Text(FactNames.State), Start = Text(FactNames.Start),
            Expired = Text(FactNames.Expired), ExpirationEnd = Text(FactNames.ExpirationEnd), ExpirationType = Text(FactNames.ExpirationType),
            ExpirationDuration = Text(FactNames.ExpirationDuration),
            IsPortal = fact(FactNames.Portal).ValueKind == JsonValueKind.True,
        };

        string? Text(string name) => fact(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
    }

    // At a name, and then at the end of its value.
    private void Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals(FactNames.Package)) Package = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.Policy)) Policy = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.Subject)) Subject = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.Catalog)) Catalog = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.State)) State = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.Start)) Start = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.Expired)) Expired = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.ExpirationEnd)) ExpirationEnd = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.ExpirationType)) ExpirationType = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.ExpirationDuration)) ExpirationDuration = Text(ref reader);
        else if (reader.ValueTextEquals(FactNames.Portal)) IsPortal = reader.Read() && reader.TokenType == JsonTokenType.True;
        else reader.Read();
        reader.Skip();
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
