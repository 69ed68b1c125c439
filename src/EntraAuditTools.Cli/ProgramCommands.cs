using System.CommandLine;
using EntraAuditTools.Cli.Commands;
using EntraAuditTools.Cli.Completion;
using EntraAuditTools.Cli.Demo;
using EntraAuditTools.Cli.Help;
using EntraAuditTools.Cli.Questions;
using EntraAuditTools.Core.Questions;

namespace EntraAuditTools.Cli;

/// <summary>The commands of the program.</summary>
internal static class ProgramCommands
{
    /// <summary>The program's commands with their options: what brings exports in, the questions, what keeps the mirror.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Mirrors Microsoft Entra audit exports in one SQLite file and answers questions from it.");
        root.Subcommands.Add(ImportCommand.Create());
        foreach (var question in AllQuestions.List) root.Subcommands.Add(new QuestionCommand(question));
        Command[] others =
        [
            SqlCommand.Create(), ReportCommand.Create(), ExportCommand.Create(), CheckCommand.Create(), BackupCommand.Create(),
            CopyCommand.Create(), InitializeCommand.Create(), RemoveCommand.Create(), OptimizeCommand.Create(), UpdateCommand.Create(),
            DemoCommand.Create(), CompletionCommands.Script(), CompletionCommands.Words(root),
        ];
        foreach (var command in others) root.Subcommands.Add(command);
        CommandHelp.AddTo(root);
        return root;
    }
}
