using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>
/// Services of <c>pg_service.conf</c> (https://www.postgresql.org/docs/current/libpq-pgservice.html): the user's file, which
/// <c>PGSERVICEFILE</c> may name, before the system's in <c>PGSYSCONFDIR</c>.
/// </summary>
internal static class ServiceFile
{
    // Larger ones are something else.
    private const int LongestFile = 1 << 20;

    /// <summary>The parameters of a service.</summary>
    /// <exception cref="AuditToolException">ServiceNotFound: no file has it, or none can be read.</exception>
    public static IEnumerable<(string Parameter, string Value)> Find(string service)
    {
        var looked = new List<string>();
        foreach (var path in Paths())
        {
            looked.Add(path);
            if (Read(path, service) is { } found) return found;
        }

        throw new AuditToolException("ServiceNotFound", AuditErrorKind.NotFound,
            $"There is no service '{TerminalText.Line(service)}' in {string.Join(" or ", looked.Select(path => $"'{path}'"))}.",
            "Add [name] with host=, dbname= and user= below it, or name another file with PGSERVICEFILE.", service);
    }

    private static IEnumerable<string> Paths()
    {
        var own = Environment.GetEnvironmentVariable("PGSERVICEFILE");
        if (string.IsNullOrEmpty(own))
        {
            own = OperatingSystem.IsWindows()
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "postgresql", ".pg_service.conf")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pg_service.conf");
        }

        yield return own;
        if (Environment.GetEnvironmentVariable("PGSYSCONFDIR") is { Length: > 0 } system) yield return Path.Combine(system, "pg_service.conf");
    }

    private static List<(string Parameter, string Value)>? Read(string path, string service)
    {
        List<(string Parameter, string Value)>? found = null;
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > LongestFile) return null;
            foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
            {
                if (line.Length == 0 || line[0] == '#') continue;
                if (line[0] == '[')
                {
                    if (found != null) break;
                    if (line == $"[{service}]") found = [];
                }
                else if (found != null)
                {
                    var equals = line.IndexOf('=', StringComparison.Ordinal);
                    if (equals > 0) found.Add((line[..equals].Trim(), line[(equals + 1)..].Trim()));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuditToolException("ServiceNotFound", AuditErrorKind.PermissionDenied,
                $"The service file '{path}' cannot be read: {IoWords.Of(e)}.", "Check its permissions.", path, e);
        }

        return found;
    }
}
