using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Imports;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>A mirror in a folder of its own, gone after the test.</summary>
internal sealed class TestMirror : IDisposable
{
    public TestMirror()
    {
        Folder = Directory.CreateTempSubdirectory("entraaudit-test-").FullName;
        Path = System.IO.Path.Combine(Folder, "mirror", "mirror.db");
    }

    public string Folder { get; }

    public string Path { get; }

    public List<AuditToolException> Errors { get; } = [];

    /// <summary>What sessions said of their sources together.</summary>
    public List<string> Notes { get; } = [];

    public List<ImportResult> Import(params string[] files) => Import(new ImportOptions { MirrorPath = Path }, files);

    public List<ImportResult> Import(ImportOptions options, params string[] files)
    {
        var results = new List<ImportResult>();
        using var session = ImportSession.Open(options, CancellationToken.None);
        foreach (var file in files) session.ImportFile(file, System.IO.Path.GetFileName(file), results.Add, Errors.Add, _ => { }, CancellationToken.None);
        Notes.AddRange(session.Complete());
        return results;
    }

    public ImportResult ImportText(string text, string name = "export.json") => Import(Write(name, Encoding.UTF8.GetBytes(text))).Single();

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, Action<Stream> write)
    {
        var path = System.IO.Path.Combine(Folder, name);
        using var stream = File.Create(path);
        write(stream);
        return path;
    }

    public List<AuditActivity> Activities(AuditActivityFilter? filter = null)
    {
        using var reader = MirrorReader.Open(Path);
        return AuditActivityQuery.Run(reader, filter ?? new()).ToList();
    }

    public List<RejectedRecord> Rejected()
    {
        using var reader = MirrorReader.Open(Path);
        return ImportHistoryQuery.Rejected(reader, null).OrderBy(r => r.Line).ToList();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
