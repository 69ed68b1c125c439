using System.CommandLine;
using EntraAuditTools.Cli.Commands;
using EntraAuditTools.Cli.Demo;

namespace EntraAuditTools.Cli;

/// <summary>The commands of the program.</summary>
internal static class ProgramCommands
{
    /// <summary>The program's commands with their options.</summary>
    public static RootCommand Create() => new("Mirrors Microsoft Entra audit exports in one SQLite file and answers questions from it.")
    {
        ImportCommand.Create(),
        ActivityCommand.Create(),
        CoverageCommand.Create(),
        UpdateCommand.Create(),
        CheckCommand.Create(),
        BackupCommand.Create(),
        ExportCommand.Create(),
        RemoveCommand.Create(),
        OptimizeCommand.Create(),
        DemoCommand.Create(),
    };
}
