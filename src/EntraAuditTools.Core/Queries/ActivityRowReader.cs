using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Mirror;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries;

/// <summary>Makes objects of a query's rows.</summary>
internal sealed class ActivityRowReader : IDisposable
{
    private const int MaxBlocks = 50_000;

    private readonly MirrorReader mirror;
    private readonly bool showSecret;
    private readonly ActivityDimensions dimensions;
    private readonly OriginalSource originals;
    private readonly Dictionary<long, ImportText> imports = [];
    private readonly Dictionary<long, ImportText> importsOfBlocks = [];
    private readonly SqliteCommand importOfBlock;

    public ActivityRowReader(MirrorReader mirror, bool showSecret)
    {
        this.mirror = mirror;
        this.showSecret = showSecret;
        dimensions = new ActivityDimensions(mirror);
        originals = new OriginalSource(mirror.Path);
        importOfBlock = mirror.Connection.CreateCommand();
        importOfBlock.CommandText = $"SELECT {ImportText.Columns} FROM block b JOIN import i ON i.id = b.import WHERE b.id = @block";
        importOfBlock.Parameters.Add("@block", SqliteType.Integer);
    }

    /// <summary>The object of the current row, whose columns are those of <see cref="AuditActivityQuery"/>.</summary>
    public AuditActivity Read(SqliteDataReader rows)
    {
        // The statement's own columns: the data reader's getters would take most of the time.
        var row = rows.Handle!;
        var id = raw.sqlite3_column_int64(row, 0);
        var kind = dimensions.Kind(raw.sqlite3_column_int64(row, 2));
        var actor = dimensions.Identity(raw.sqlite3_column_int64(row, 4));
        var target = dimensions.Identity(raw.sqlite3_column_int64(row, 5));
        var correlation = Correlation(row, 10);
        var recordId = Text(row, 11) is { } stored ? TextSanitizer.Clean(StoredId.Record(stored, correlation)) : null;
        var block = raw.sqlite3_column_int64(row, 12);
        var handle = new ActivityHandle(originals, id, block, raw.sqlite3_column_int(row, 13), recordId, ImportOf(block), showSecret);
        return new AuditActivity(handle.Details, handle.Evidence, handle.Original)
        {
            Time = UtcTime.Of(ActivityTime.ToTicks(id, raw.sqlite3_column_int64(row, 1))),
            Service = kind.Service,
            Category = kind.Category,
            Activity = kind.Activity,
            OperationType = kind.OperationType,
            Result = dimensions.Term(raw.sqlite3_column_int64(row, 3)),
            InitiatedBy = new AuditInitiator
            {
                Type = actor.Type,
                Id = actor.ObjectId,
                DisplayName = actor.DisplayName,
                UserPrincipalName = actor.UserPrincipalName,
                IPAddress = dimensions.Address(raw.sqlite3_column_int64(row, 7)),
            },
            TargetSummary = target.Summary,
            TargetCount = raw.sqlite3_column_int(row, 6),
            TenantId = dimensions.Term(raw.sqlite3_column_int64(row, 8)),
            Origin = Origin(raw.sqlite3_column_int64(row, 9)),
            CorrelationId = TextSanitizer.Clean(correlation),
            Id = recordId,
        };
    }

    /// <summary>Which log the number in <c>activity.origin</c> stands for.</summary>
    public static string Origin(long origin) => origin == 0 ? "DirectoryAudit" : "UnifiedAudit";

    public void Dispose()
    {
        importOfBlock.Dispose();
        dimensions.Dispose();
    }

    private static string? Text(sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(row, column).utf8_to_string();

    private static string? Correlation(sqlite3_stmt row, int column)
    {
        if (raw.sqlite3_column_type(row, column) != raw.SQLITE_BLOB) return Text(row, column);
        var bytes = raw.sqlite3_column_blob(row, column);
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true).ToString() : null;
    }

    private ImportText ImportOf(long block)
    {
        if (importsOfBlocks.TryGetValue(block, out var known)) return known;
        importOfBlock.Parameters[0].Value = block;
        using var rows = mirror.Execute(importOfBlock);
        var import = mirror.Read(rows) ? ImportText.Read(rows) : new ImportText(0, string.Empty, null, DateTimeOffset.UnixEpoch);
        if (!imports.TryAdd(import.Id, import)) import = imports[import.Id];
        if (importsOfBlocks.Count >= MaxBlocks) importsOfBlocks.Clear();
        importsOfBlocks.Add(block, import);
        return import;
    }
}
