using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>Where the mirror is, and who said so.</summary>
/// <param name="Path">Full path of the SQLite file.</param>
/// <param name="Basis">Parameter, Session, Environment or Default.</param>
/// <param name="Server">The server that holds it, where <paramref name="Path"/> is this machine's copy; null for a file.</param>
internal sealed record MirrorLocation(string Path, string Basis, ServerAddress? Server = null)
{
    /// <summary>What it is called: the server, or the file.</summary>
    public string Name => Server?.ToString() ?? Path;

    /// <summary>The environment variable that names the mirror when neither a parameter nor the session does.</summary>
    public const string EnvironmentVariable = "ENTRAAUDIT_MIRROR";

    /// <summary>Finds the mirror: the parameter, else the session's, else the environment's, else the user's own data folder.</summary>
    /// <param name="parameter">What the caller gave: a file-system path, or a server's name; null or empty when nothing.</param>
    /// <param name="session">What <c>Set-AuditMirror</c> set; null when nothing.</param>
    /// <exception cref="Errors.AuditToolException">InvalidServerName or ServiceNotFound.</exception>
    public static MirrorLocation Resolve(string? parameter, string? session)
    {
        if (!string.IsNullOrEmpty(parameter)) return At(parameter, "Parameter");
        if (!string.IsNullOrEmpty(session)) return At(session, "Session");
        var environment = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (!string.IsNullOrEmpty(environment)) return At(environment, "Environment");
        return new(DefaultPath, "Default");
    }

    /// <summary>
    /// The same for a question whose part in the logs the server answers where the mirror is kept so and this machine has no whole copy.
    /// </summary>
    /// <returns>Where what is to be asked is: a copy without logs (<see cref="LogStores"/>), or this.</returns>
    /// <inheritdoc cref="Refresh"/>
    public MirrorLocation RefreshForLogs(Action<string>? doing, CancellationToken cancel)
    {
        if (Server != null && !File.Exists(Path))
        {
            var light = CopyPlace.WithoutLogs(Path);
            if (SharedMirrors.Of(Server).RefreshWithoutLogs(light, doing, cancel) is { } logs)
            {
                LogStores.Keep(light, logs);
                return this with { Path = light };
            }
        }

        Refresh(doing, cancel);
        return this;
    }

    /// <summary>
    /// Full path of what is here without asking a server: for completion. Null where nothing is; a copy without logs counts where this
    /// process has asked its server before.
    /// </summary>
    public string? Here
    {
        get
        {
            if (File.Exists(Path)) return Path;
            var light = Server == null ? null : CopyPlace.WithoutLogs(Path);
            return light != null && LogStores.Of(light) != null && File.Exists(light) ? light : null;
        }
    }

    /// <summary>Brings the copy of a server's mirror up to date, or makes it; a mirror that is a file is what it is.</summary>
    /// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="anew">Fetch all of it anew.</param>
    /// <exception cref="Errors.AuditToolException">MirrorNotFound when the server holds none yet; or what can be wrong with a server.</exception>
    public void Refresh(Action<string>? doing, CancellationToken cancel, bool anew = false)
    {
        if (Server != null) SharedMirrors.Of(Server).Refresh(Path, anew, doing, cancel);
    }

    /// <summary>Makes the tables and roles of a mirror on a server.</summary>
    /// <inheritdoc cref="ISharedMirror.Initialize"/>
    /// <param name="members">Who may do what from now on.</param>
    /// <param name="asksLogs">Whether its logs are asked where they are from now on.</param>
    /// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
    /// <param name="cancel">Stops it.</param>
    public AuditMirrorInitialization Initialize(MirrorMembers members, bool asksLogs, Action<string>? doing, CancellationToken cancel)
    {
        if (Server == null) throw MirrorErrors.IsFile(Path);
        if (members.Tenants.Count > 0 && (members.Readers.Count == 0 || members.OriginalReaders.Count + members.Importers.Count > 0))
            throw MirrorErrors.TenantsAreForReaders();
        var shared = SharedMirrors.Of(Server);
        var made = shared.Initialize(members, asksLogs);
        if (shared.HidesSecrets()) return made;
        SharedCopy.WriteAnew(shared, Path, doing, cancel);
        // The tables with secrets are there now, and who may read them.
        return shared.Initialize(members, asksLogs);
    }

    private static MirrorLocation At(string name, string basis)
    {
        if (!ServerName.Is(name)) return new(System.IO.Path.GetFullPath(name), basis);
        var server = ServerName.Parse(name);
        return new(CopyPlace.Of(server), basis, server);
    }

    /// <summary>The mirror's default place: <c>EntraAuditTools/mirror.db</c> in the user's local application data.</summary>
    public static string DefaultPath
    {
        get
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify);
            if (string.IsNullOrEmpty(data)) data = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Environment.UserName);
            return System.IO.Path.Combine(data, "EntraAuditTools", "mirror.db");
        }
    }
}
