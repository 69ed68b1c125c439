using System.Reflection;

namespace EntraAuditTools.Core.Errors;

/// <summary>The version that imports are recorded with.</summary>
internal static class ToolVersion
{
    /// <summary>Version of this assembly, for instance <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
