using EntraAuditTools.Core.Mirror.Shared;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// Where the copy of a shared mirror is on this machine: in the folder that <c>ENTRAAUDIT_COPIES</c> names, else beside the user's own
/// mirror.
/// </summary>
internal static class CopyPlace
{
    /// <summary>The environment variable that names a folder for copies: of a job that has no disk of its own, for instance.</summary>
    public const string EnvironmentVariable = "ENTRAAUDIT_COPIES";

    /// <summary>Full path of the copy.</summary>
    public static string Of(ServerAddress server)
    {
        var folder = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrEmpty(folder)) folder = Path.Combine(Path.GetDirectoryName(MirrorLocation.DefaultPath)!, "shared");
        return Path.Combine(Path.GetFullPath(folder), server.CopyName);
    }

    /// <summary>Full path of the copy without the logs, beside the whole one.</summary>
    public static string WithoutLogs(string copy) => Path.ChangeExtension(copy, ".light.db");

    /// <summary>Full path of the copy; null when there is none yet.</summary>
    public static string? Existing(ServerAddress server) => Of(server) is var path && File.Exists(path) ? path : null;
}
