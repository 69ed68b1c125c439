using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>One who uses a shared mirror, on a machine of their own: a copy in a folder that is gone after the test.</summary>
internal sealed class TeamMirror : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-team-").FullName;

    /// <summary>Somebody at a machine.</summary>
    /// <param name="name">What names the mirror.</param>
    public TeamMirror(string name) => Server = ServerName.Parse(name);

    /// <summary>The server.</summary>
    public ServerAddress Server { get; }

    /// <summary>Full path of the copy.</summary>
    public string Copy => Path.Combine(folder, "copies", "copy.db");

    /// <summary>Errors of sources.</summary>
    public List<AuditToolException> Errors { get; } = [];

    /// <summary>Where it is.</summary>
    public MirrorLocation Location => new(Copy, "Parameter", Server);

    /// <summary>Options of an import into it.</summary>
    public ImportOptions Options => new() { MirrorPath = Copy, Server = Server };

    /// <summary>Imports.</summary>
    public List<ImportResult> Import(params string[] files) => Import(Options, files);

    /// <inheritdoc cref="Import(string[])"/>
    public List<ImportResult> Import(ImportOptions options, params string[] files)
    {
        var results = new List<ImportResult>();
        using var session = ImportSession.Open(options, CancellationToken.None);
        foreach (var file in files) session.ImportFile(file, Path.GetFileName(file), results.Add, Errors.Add, _ => { }, CancellationToken.None);
        session.Complete();
        return results;
    }

    /// <summary>Imports a text.</summary>
    public ImportResult ImportText(string text, string name = "export.json")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return Import(path).Single();
    }

    /// <summary>Gives rights.</summary>
    public AuditMirrorInitialization Initialize(string[] readers, string[] importers, string[]? originals = null, bool asksLogs = false) =>
        Location.Initialize(new(readers, originals ?? [], importers), asksLogs, null, CancellationToken.None);

    /// <summary>Brings the copy up to date.</summary>
    public TeamMirror Refresh(bool anew = false)
    {
        Location.Refresh(null, CancellationToken.None, anew);
        return this;
    }

    /// <summary>All rows of the copy.</summary>
    public List<string> Rows()
    {
        Refresh();
        return MirrorRows.Of(Copy);
    }

    /// <summary>What questions can find.</summary>
    public List<string> Content()
    {
        Refresh();
        return MirrorContent.Of(Copy);
    }

    /// <summary>Asks the copy, brought up to date.</summary>
    public T Ask<T>(Func<MirrorReader, T> question)
    {
        Refresh();
        using var reader = MirrorReader.Open(Copy);
        return question(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
