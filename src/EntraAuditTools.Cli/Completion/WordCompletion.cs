using System.CommandLine;
using System.CommandLine.Completions;
using EntraAuditTools.Cli.Questions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Cli.Completion;

/// <summary>
/// Completes a command line that a shell has split into words: commands, options, and values from lists or from the mirror, by the same
/// completers that the module has.
/// </summary>
/// <param name="root">The program's commands.</param>
internal sealed class WordCompletion(RootCommand root)
{
    /// <summary>Options of commands that ask no question, by their names.</summary>
    private static readonly Dictionary<string, Func<CompletionRequest, IEnumerable<CompletedValue>>> Others = new(StringComparer.Ordinal)
    {
        ["--tenant"] = RecordCompletion.Tenants,
        ["--import-id"] = RecordCompletion.Imports,
        ["--access-package"] = NameCompletion.AccessPackages,
        ["--application"] = NameCompletion.Of("ServicePrincipal"),
        ["--group"] = NameCompletion.Of("Group"),
        ["--date-format"] = RecordCompletion.Words(RecordCompletion.DateFormats),
    };

    /// <summary>What completes the last word.</summary>
    /// <param name="words">The words behind the program's name; the last is what was typed of the one that is completed.</param>
    public IEnumerable<CompletedValue> Run(IReadOnlyList<string> words)
    {
        if (words.Count == 0) return [];
        var typed = words[^1];
        if (words.Count == 1)
        {
            return root.Subcommands.Where(command => !command.Hidden && command.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(command => new CompletedValue(command.Name, Tip: command.Description));
        }

        var command = root.Subcommands.FirstOrDefault(item => item.Name == words[0]);
        if (command is null) return [];
        if (typed.StartsWith('-')) return Options(command, words);
        return OptionBefore(command, words) is { } option ? Values(command, option, words)
            : command.Arguments.Count > 0 ? Words(command.Arguments[0].GetCompletions(CompletionContext.Empty), typed)
            : Options(command, words);
    }

    /// <summary>Whether an option's values complete, whatever the mirror holds.</summary>
    public static bool CanComplete(Command command, Option option) => Others.ContainsKey(option.Name)
        || (command as QuestionCommand)?.Question is { } question
            && question.Fields.FirstOrDefault(item => item.Option == option.Name) is { } field && FieldCompletion.IsThere(field)
        || option.GetCompletions(CompletionContext.Empty).Any();

    private static IEnumerable<CompletedValue> Options(Command command, IReadOnlyList<string> words) => command.Options
        .Where(option => !option.Hidden && option.Name.StartsWith(words[^1], StringComparison.OrdinalIgnoreCase))
        .Where(option => option.Arity.MaximumNumberOfValues > 1 || !words.Take(words.Count - 1).Contains(option.Name))
        .Select(option => new CompletedValue(option.Name, Tip: option.Description));

    /// <summary>The option whose value the last word is; null where it is none's.</summary>
    private static Option? OptionBefore(Command command, IReadOnlyList<string> words)
    {
        for (var i = words.Count - 2; i > 0; i--)
        {
            if (!words[i].StartsWith('-')) continue;
            var option = command.Options.FirstOrDefault(item => item.Name == words[i]);
            if (option is null || option.ValueType == typeof(bool)) return null;
            return i == words.Count - 2 || option.AllowMultipleArgumentsPerToken ? option : null;
        }

        return null;
    }

    private static IEnumerable<CompletedValue> Values(Command command, Option option, IReadOnlyList<string> words)
    {
        var question = (command as QuestionCommand)?.Question;
        var field = question?.Fields.FirstOrDefault(item => item.Option == option.Name);
        var other = Others.GetValueOrDefault(option.Name);
        if (field is null && other is null) return Words(option.GetCompletions(CompletionContext.Empty), words[^1]);
        IReadOnlyList<string>? Given(string name) => question?.Field(name) is { } given ? ValuesOf(given.Option, words) : null;
        var request = new CompletionRequest(null, question?.Cmdlet ?? string.Empty, words[^1].TrimEnd('*'), Given);
        IEnumerable<CompletedValue> Complete(CompletionRequest asked) =>
            field is null ? other!(asked) : FieldCompletion.Run(question!, field, asked);

        try
        {
            var location = MirrorLocation.Resolve(ValuesOf("--mirror", words) is [var path, ..] ? path : null, session: null);
            if (!File.Exists(location.Path)) return [.. Complete(request)];
            using var mirror = MirrorReader.Open(location.Path);
            return [.. Complete(request with { Mirror = mirror })];
        }
        catch (AuditToolException)
        {
            // A completer that fails shows nothing; the command itself will say what is wrong.
            return [];
        }
    }

    private static List<string>? ValuesOf(string option, IReadOnlyList<string> words)
    {
        var values = words.Take(words.Count - 1).SkipWhile(word => word != option).Skip(1)
            .TakeWhile(word => !word.StartsWith('-')).ToList();
        return values.Count > 0 ? values : null;
    }

    private static IEnumerable<CompletedValue> Words(IEnumerable<CompletionItem> items, string typed) =>
        new TypedText(typed).Best([.. items.Select(item => item.Label)]).Select(word => new CompletedValue(word));
}
