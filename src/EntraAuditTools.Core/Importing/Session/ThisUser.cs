namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Who runs this process.</summary>
internal static class ThisUser
{
    /// <summary>
    /// The name of the user; on Windows with the domain, where that is not the machine. Which machine it was is not kept: a mirror may be
    /// given to others, and says who answers for an import, not where they sat.
    /// </summary>
    public static string Name { get; } = OperatingSystem.IsWindows()
        && !string.Equals(Environment.UserDomainName, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            ? $"{Environment.UserDomainName}\\{Environment.UserName}" : Environment.UserName;
}
