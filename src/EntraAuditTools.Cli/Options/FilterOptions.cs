using System.CommandLine;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.Cli.Options;

/// <summary>
/// The filters of a question on a log, as its fields declare them. Texts take wildcards, several values mean any of them.
/// </summary>
internal sealed class FilterOptions
{
    private readonly List<(LogField Field, Option<string[]> Option)> texts;
    private readonly List<(LogField Field, Option<string?> Option)> phrases;
    private readonly List<(LogField Field, Option<long[]> Option)> numbers;
    private readonly List<TimeOption> times;
    private readonly TimeOption after = new("--after", "At or after this time: 2026-11-01 (local midnight), 2026-11-01T14:30Z, 7d (ago).");
    private readonly TimeOption before = new("--before", "Before this time.");
    private readonly Option<string?> last =
        new("--last") { Description = "The last so long, up to now or to --before: 24h, 7d, 30d, 1month.", HelpName = "span" };

    /// <summary>Makes the options of a log.</summary>
    public FilterOptions(IReadOnlyList<LogField> fields)
    {
        texts = [.. fields.Where(field => field is { IsPhrase: false, IsNumber: false, IsTime: false })
            .Select(field => (field, Several<string>(field, "text")))];
        phrases = [.. fields.Where(field => field.IsPhrase)
            .Select(field => (field, new Option<string?>(field.Option) { Description = field.Help, HelpName = "words" }))];
        numbers = [.. fields.Where(field => field.IsNumber).Select(field => (field, Several<long>(field, "number")))];
        times = [.. fields.Where(field => field.IsTime).Select(field => new TimeOption(field.Option, field.Help))];
        foreach (var (field, option) in texts)
        {
            if (field.ClosedList is { } words) option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. words]);
        }
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (_, option) in texts) command.Options.Add(option);
        foreach (var (_, option) in phrases) command.Options.Add(option);
        foreach (var (_, option) in numbers) command.Options.Add(option);
        foreach (var option in times) command.Options.Add(option);
        foreach (var option in new Option[] { last, after, before }) command.Options.Add(option);
        last.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } text && RelativeTime.Before(text, DateTimeOffset.Now) == null)
                given.AddError($"--last: '{text}' is not a span. {RelativeTime.Help}");
        });
        command.Validators.Add(given =>
        {
            if (given.GetResult(last) != null && given.GetResult(after) != null)
                given.AddError("--last and --after both say where the time begins: give one of them.");
        });
    }

    /// <summary>Puts what the options ask for into a filter.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="make">Makes the filter of the time asked for.</param>
    /// <exception cref="AuditToolException">The times contradict each other.</exception>
    public T Read<T>(ParseResult parsed, Func<DateTimeOffset?, DateTimeOffset?, T> make)
        where T : LogFilter
    {
        var end = parsed.GetValue(before);
        var begin = parsed.GetValue(last) is { } span ? RelativeTime.Before(span, end ?? DateTimeOffset.UtcNow) : parsed.GetValue(after);
        foreach (var time in times.Append(after).Append(before))
        {
            if (parsed.GetResult(time)?.Tokens is [var typed] && TimeInput.Reading(typed.Value, DateTimeOffset.Now) is { } reading)
                Screen.WriteWarning(reading);
        }

        if (begin >= end) throw new AuditToolException("TimesContradict", AuditErrorKind.InvalidArgument,
            $"The time asked for ends ({end:u}) before it begins ({begin:u}).");
        var filter = make(begin, end);
        foreach (var (field, option) in texts) filter[field.Name] = parsed.GetValue(option) is { Length: > 0 } values ? values : null;
        foreach (var (field, option) in phrases) filter[field.Name] = parsed.GetValue(option) is { } phrase ? [phrase] : null;
        foreach (var (_, option) in numbers) filter.ImportId = parsed.GetValue(option) is { Length: > 0 } ids ? ids : null;
        foreach (var option in times) filter.ImportedAfter = parsed.GetValue(option);
        return filter;
    }

    private static Option<T[]> Several<T>(LogField field, string what) =>
        new(field.Option) { Description = field.Help, HelpName = what, AllowMultipleArgumentsPerToken = true };
}
