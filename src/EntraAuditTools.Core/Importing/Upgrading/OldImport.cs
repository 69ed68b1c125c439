using System.Text.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>An import as a mirror recorded it.</summary>
internal sealed record OldImport
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = """
        id, started, source, status, kind, shape, options, reader, file_time, header, read, added, updated, unchanged, rejected,
            not_supported, first_time, last_time,
        notes, tool_version, finished IS NOT NULL, hex(sha256), coalesce(json_extract(options, '$.FileReader'), reader),
            coalesce(json_extract(options, '$.LeftOut'), 0), coalesce(json_extract(options, '$.Lost'), 0)
        """;

    public required long Id { get; init; }

    public required DateTime Started { get; init; }

    public required string Source { get; init; }

    public required string Status { get; init; }

    public required string Kind { get; init; }

    public required string Shape { get; init; }

    /// <summary>How it was made, as JSON.</summary>
    public required string Options { get; init; }

    /// <summary>The <see cref="ReaderVersion"/> that derived it.</summary>
    public required long Reader { get; init; }

    /// <summary>The one that read its source: of what that left out there is no original.</summary>
    public required long FileReader { get; init; }

    /// <summary>Originals that were left out when it was derived anew before.</summary>
    public long LeftOut { get; init; }

    /// <summary>
    /// How many blocks of its originals were lost when the mirror was salvaged; less than 0 when it saw records again that were lost with
    /// others.
    /// </summary>
    public long Lost { get; init; }

    /// <summary>When its source was written; null where that was not kept.</summary>
    public DateTime? FileTime { get; init; }

    /// <summary>The header of a CSV; null for what is none, or where it was not kept.</summary>
    public string? Header { get; init; }

    public long ReadCount { get; init; }

    public long Added { get; init; }

    public long Updated { get; init; }

    public long Unchanged { get; init; }

    public long Rejected { get; init; }

    public long NotSupported { get; init; }

    public long? FirstTicks { get; init; }

    public long? LastTicks { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required string ToolVersion { get; init; }

    public bool IsFinished { get; init; }

    /// <summary>Hash of its source; null where that was not read to its end.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether its exports were declared complete.</summary>
    public bool IsComplete => RememberedOptions.Read(Options).Complete;

    /// <summary>The options that it was made with.</summary>
    /// <param name="mirror">The mirror that it is derived in.</param>
    /// <param name="dateFormat">How dates are written where it does not say; null to decide by their own evidence.</param>
    public ImportOptions ToOptions(string mirror, string? dateFormat) => RememberedOptions.Read(Options).ToOptions(mirror, dateFormat);

    public static OldImport Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Started = new(row.GetInt64(1), DateTimeKind.Utc),
        Source = row.GetString(2),
        Status = row.GetString(3),
        Kind = row.GetString(4),
        Shape = row.GetString(5),
        Options = row.GetString(6),
        Reader = row.GetInt64(7),
        FileTime = row.IsDBNull(8) ? null : new(row.GetInt64(8), DateTimeKind.Utc),
        Header = row.IsDBNull(9) ? null : row.GetString(9),
        ReadCount = row.GetInt64(10),
        Added = row.GetInt64(11),
        Updated = row.GetInt64(12),
        Unchanged = row.GetInt64(13),
        Rejected = row.GetInt64(14),
        NotSupported = row.GetInt64(15),
        FirstTicks = row.IsDBNull(16) ? null : row.GetInt64(16),
        LastTicks = row.IsDBNull(17) ? null : row.GetInt64(17),
        Notes = JsonSerializer.Deserialize<List<string>>(row.GetString(18)) ?? [],
        ToolVersion = row.GetString(19),
        IsFinished = row.GetInt64(20) != 0,
        FileReader = row.GetInt64(22),
        LeftOut = row.GetInt64(23),
        Lost = row.GetInt64(24),
        Sha256 = row.GetString(21) is { Length: > 0 } hash ? hash : null,
    };
}
