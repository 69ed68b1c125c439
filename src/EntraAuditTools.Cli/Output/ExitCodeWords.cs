namespace EntraAuditTools.Cli.Output;

/// <summary>What an exit code means.</summary>
/// <param name="Number">The code.</param>
/// <param name="Words">What it means.</param>
/// <param name="Of">Whether a command can end with it, by whether it asks a question and by its name.</param>
internal sealed record ExitCodeWords(int Number, string Words, Func<bool, string, bool> Of);
