using System.CommandLine;
using System.CommandLine.Parsing;
using System.Management.Automation;
using EntraAuditTools.Cli;
using EntraAuditTools.Cli.Help;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

Caller.BeProgram();
PSStyle.Instance.IsColored = Screen.Bold != null;
var root = ProgramCommands.Create();
var parsed = root.Parse(CommandHelp.Asked(args));
// Help is asked for by who does not know yet what a command needs.
if (parsed.Action is CommandHelp) return args.Length == 0 ? ExitCode.Usage | parsed.Invoke() : parsed.Invoke();
// What the parser says of the rest follows from an option that there is not: it is left out.
List<string> wrong = [.. UnknownCommand.Find(parsed), .. UnknownOptions.Find(args, parsed)];
if (wrong.Count == 0) wrong.AddRange(parsed.Errors.Select(error => error.Message));
if (wrong.Count > 0)
{
    foreach (var sentence in wrong) Screen.WriteAside("entra-audit: ", sentence);
    Console.Error.WriteLine($"`{string.Join(' ', Words(parsed.CommandResult))} --help` says how.");
    return ExitCode.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (AuditToolException error)
{
    Screen.WriteError(error);
    return ExitCode.Of(error);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return ExitCode.Stopped;
}
catch (IOException error) when (OutputError.IsBrokenPipe(error))
{
    // The reader of our output has closed it: `entra-audit activity --csv | head`.
    return ExitCode.Fine;
}
catch (IOException error)
{
    Screen.WriteError(OutputError.Of(error));
    return ExitCode.Failed;
}
catch (Exception error)
{
    // A mistake of ours: said as one, with what to report, instead of a crash.
    Screen.WriteError(ToolFault.Of(error, "The command could not be finished", null));
    return ExitCode.Failed;
}

static IEnumerable<string> Words(CommandResult command) =>
    (command.Parent is CommandResult parent ? Words(parent) : []).Append(command.Parent is null ? "entra-audit" : command.Command.Name);
