namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>Where the mirror is, and who said so.</summary>
/// <param name="Path">Full path of the SQLite file.</param>
/// <param name="Basis">Parameter, Session, Environment or Default.</param>
internal sealed record MirrorLocation(string Path, string Basis)
{
    /// <summary>The environment variable that names the mirror when neither a parameter nor the session does.</summary>
    public const string EnvironmentVariable = "ENTRAAUDIT_MIRROR";

    /// <summary>Finds the mirror: the parameter, else the session's, else the environment's, else the user's own data folder.</summary>
    /// <param name="parameter">What the caller gave, already a file-system path; null or empty when nothing.</param>
    /// <param name="session">What <c>Set-AuditMirror</c> set; null when nothing.</param>
    public static MirrorLocation Resolve(string? parameter, string? session)
    {
        if (!string.IsNullOrEmpty(parameter)) return new(System.IO.Path.GetFullPath(parameter), "Parameter");
        if (!string.IsNullOrEmpty(session)) return new(System.IO.Path.GetFullPath(session), "Session");
        var environment = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (!string.IsNullOrEmpty(environment)) return new(System.IO.Path.GetFullPath(environment), "Environment");
        return new(DefaultPath, "Default");
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
