using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Kinds;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Sources;
using EntraAuditTools.Core.Importing.Sources.Streams;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>
/// Says what files are without importing them: a look at their beginnings with the importers themselves, whose rows go nowhere, and
/// whether the mirror has had them. It writes nothing and waits for no lock.
/// </summary>
/// <param name="options">How they would be imported.</param>
/// <param name="cancel">Stops.</param>
internal sealed class SourceLook(ImportOptions options, CancellationToken cancel) : IDisposable
{
    private const int MaxTextBytes = 256 * 1024;
    private const int MaxEntriesNamed = 10;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\u001e\0"u8);

    private readonly ExpansionBudget budget = new(null, ExpansionBudget.OfImport);
    private MirrorReader? mirror;
    private ImportSizes? sizes;

    /// <summary>What a file is: of a zip, what each of its entries is.</summary>
    /// <param name="fullPath">Full path.</param>
    /// <exception cref="AuditToolException">The mirror can't be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Describe(string fullPath)
    {
        var name = Path.GetFileName(fullPath);
        var found = new List<string>();
        var more = 0;
        try
        {
            using var file = new SourceFile(fullPath, name, budget);
            foreach (var content in file.Contents())
            {
                if (found.Count >= MaxEntriesNamed) more++;
                else found.Add(content.Name == name ? Of(content) : $"{content.Name[(name.Length + 1)..]}: {Of(content)}");
            }
        }
        catch (Exception e) when (IsOfSource(e))
        {
            found.Add(Explain(e, name));
        }

        if (more > 0) found.Add(string.Create(CultureInfo.InvariantCulture, $"and {more} more"));
        return string.Join("; ", found);
    }

    /// <inheritdoc/>
    public void Dispose() => mirror?.Dispose();

    private static bool IsOfSource(Exception e) => e is AuditToolException { IsOfMirror: false }
        or IOException or InvalidDataException or UnauthorizedAccessException;

    private static string Explain(Exception e, string name) => (e as AuditToolException ?? SourceErrors.Of(e, name)).Message.TrimEnd('.');

    private string Of(SourceContent content)
    {
        var statistics = new ImportStatistics();
        try
        {
            var (isRead, nothing) = Read(content, statistics);
            if (!isRead) return nothing;
        }
        catch (Exception e) when (IsOfSource(e))
        {
            return Explain(e, content.Name);
        }
        catch (Exception e) when (RecordIntake.IsMistake(e))
        {
            return ToolFault.Of(e, $"'{content.Name}' could not be looked at", content.Name).Message.TrimEnd('.');
        }

        if (statistics.Accepted > 0) return $"{string.Join(", ", statistics.Kinds)}, {statistics.Shapes}, {Earlier(content)}";
        if (statistics.NotSupported > 0) return $"{statistics.NotSupportedKinds}, which is left out";
        return statistics.Rejected > 0 ? "nothing in its beginning can be taken in" : "no records in its beginning";
    }

    /// <summary>Reads the beginning; says what it is where it is nothing to read.</summary>
    private (bool IsRead, string Otherwise) Read(SourceContent content, ImportStatistics statistics)
    {
        using var whole = SourceFile.ToText(content.Open(), content.Name, content.Budget, content.Open, out var bytes);
        using var text = new PeekStream(new BeginningStream(whole, MaxTextBytes), MaxTextBytes);
        var start = text.Prefix.IndexOfAnyExcept(Blanks);
        if (start < 0) throw bytes.Fault ?? SourceErrors.Empty(content.Name);

        var (format, _) = DateOrders.Settle(text, options, null, content.Name, cancel);
        var dated = options.WithDateFormat(format);
        using var dimensions = new Dimensions(EmptyMirror());
        using var queue = new BatchQueue(_ => { }, new BatchPool());
        var importer = new RecordImporter(dimensions, statistics, dated, File.GetLastWriteTimeUtc(content.FullPath));
        var intake = new RecordIntake(content.Name, dated, statistics, queue, importer, () => false);
        try
        {
            if (text.Prefix[start] is (byte)'{' or (byte)'[')
            {
                new JsonSource(text, intake, dated, statistics).Read(cancel.ThrowIfCancellationRequested);
                return (true, string.Empty);
            }

            using var csv = new CsvRecordReader(text);
            if (CsvLayout.Recognize(csv.Header, options.ColumnMap, csv.FirstRows) is not { } layout)
                return (false, $"no export but {ContentDescription.Describe(text.Prefix).LooksLike}");
            if (layout.LocalTimeColumn is { } local) throw SourceErrors.LocalTime(content.Name, local);
            new CsvSource(csv, layout, intake, dated, statistics).Read(cancel.ThrowIfCancellationRequested);
            return (true, string.Empty);
        }
        finally
        {
            intake.Finish();
        }
    }

    /// <summary>Whether the mirror has had this very file.</summary>
    private string Earlier(SourceContent content)
    {
        const string NotYet = "not imported yet";
        if (!File.Exists(options.MirrorPath)) return NotYet;
        mirror ??= MirrorReader.Open(options.MirrorPath);
        // An older mirror is brought up to date by the import, which reads files again that an older version read.
        if (mirror.SchemaVersion < ReadingSchema.Since) return "read again, as an older version made the mirror";
        sizes ??= new(mirror.Connection);
        if (!sizes.Has(content.Length)) return NotYet;
        using var stream = new HashingStream(content.Open());
        var map = options.ColumnMap is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        if (EarlierImport.Find(mirror.Connection, stream.Finish(cancel), ToolVersion.Text, map, options.DateFormat) is not var (earlier, _))
            return NotYet;
        var again = options.ReadsAgain(earlier.Kind.Split(", ").All(LogTable.IsLog));
        return string.Create(CultureInfo.InvariantCulture,
            $"already imported (import {earlier.ImportId}, {earlier.Started.UtcDateTime:yyyy-MM-dd HH:mm}Z){(again ? ", read again" : string.Empty)}");
    }

    /// <summary>A mirror in memory that knows nothing: importers look names up.</summary>
    private static SqliteConnection EmptyMirror()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        MirrorFile.Execute(connection, MirrorMigration.Sql(0, MirrorSchema.Version));
        return connection;
    }

    /// <summary>The beginning of a text.</summary>
    private sealed class BeginningStream(Stream inner, int length) : ReadOnlyStream
    {
        private int left = length;

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer[..Math.Min(buffer.Length, left)]);
            left -= read;
            return read;
        }
    }
}
