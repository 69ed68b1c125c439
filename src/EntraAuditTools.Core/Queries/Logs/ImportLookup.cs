using EntraAuditTools.Core.Mirror.Reading;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Which import brought a block of originals.</summary>
internal sealed class ImportLookup : IDisposable
{
    private const int MaxBlocks = 50_000;

    private readonly MirrorReader mirror;
    private readonly Dictionary<long, ImportText> imports = [];
    private readonly Dictionary<long, ImportText> importsOfBlocks = [];
    private readonly SqliteCommand importOfBlock;

    public ImportLookup(MirrorReader mirror)
    {
        this.mirror = mirror;
        importOfBlock = mirror.Connection.CreateCommand();
        importOfBlock.CommandText = $"SELECT {ImportText.Columns} FROM block b JOIN import i ON i.id = b.import WHERE b.id = @block";
        importOfBlock.Parameters.Add("@block", SqliteType.Integer);
    }

    public ImportText OfBlock(long block)
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

    public void Dispose() => importOfBlock.Dispose();
}
