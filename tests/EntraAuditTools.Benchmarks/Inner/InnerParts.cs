using System.Text;
using BenchmarkDotNet.Attributes;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;

namespace EntraAuditTools.Benchmarks.Inner;

/// <summary>What an import and a question are made of, each by itself: time and bytes allocated for 2,000 records of the generator.</summary>
[MemoryDiagnoser]
public class InnerParts
{
    private const int Records = 2_000;

    private readonly string folder = Directory.CreateTempSubdirectory("entra-audit-inner-").FullName;
    private byte[] json = [];
    private byte[] csv = [];
    private byte[][] records = [];
    private int imports;
    private MirrorReader? reader;

    private string Json => Path.Combine(folder, "audit.jsonl");

    [GlobalSetup]
    public void Prepare()
    {
        Bench.Generate(Json, Records);
        json = File.ReadAllBytes(Json);
        records = [.. File.ReadLines(Json).Select(Encoding.UTF8.GetBytes)];
        var rows = records.Select(record => "\"" + Encoding.UTF8.GetString(record).Replace("\"", "\"\"", StringComparison.Ordinal)
            + "\",Update user,success\r\n");
        csv = Encoding.UTF8.GetBytes("AuditData,Activity,Result\r\n" + string.Concat(rows));
        var mirror = Path.Combine(folder, "asked.db");
        Import(mirror);
        reader = MirrorReader.Open(mirror);
    }

    [GlobalCleanup]
    public void Clean()
    {
        reader?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(Description = "JSON into records")]
    public int SplitJson()
    {
        var splitter = new JsonRecordSplitter(new MemoryStream(json));
        var count = 0;
        while (splitter.TryRead(out _))
        {
            splitter.AcceptLast();
            count++;
        }

        return count;
    }

    [Benchmark(Description = "CSV into cells")]
    public int ReadCsv()
    {
        using var rows = new CsvRecordReader(new MemoryStream(csv));
        var count = 0;
        while (rows.TryReadCells(out _)) count++;
        return count;
    }

    [Benchmark(Description = "records into fields")]
    public long ReadFields()
    {
        var fields = new AuditFields();
        long sum = 0;
        foreach (var record in records)
        {
            GraphAuditReader.Read(record, fields);
            sum += AuditFingerprint.Of(fields, origin: 0);
        }

        return sum;
    }

    [Benchmark(Description = "a file into a new mirror")]
    public void Import() => Import(Path.Combine(folder, $"mirror-{imports++}.db"));

    [Benchmark(Description = "a question, all rows")]
    public long Ask() => AuditActivityQuery.Run(reader!, new AuditActivityFilter()).LongCount();

    [Benchmark(Description = "a question with its details")]
    public long AskDetails() => AuditActivityQuery.Run(reader!, new AuditActivityFilter()).Sum(activity => (long)activity.Targets.Count);

    private void Import(string mirror)
    {
        using var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror }, CancellationToken.None);
        session.ImportFile(Json, Json, _ => { }, error => throw error, _ => { }, CancellationToken.None);
        session.Complete();
    }
}
