using System.CommandLine;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.Cli.Options;

/// <summary>The filters of a question about activities. Texts take wildcards, several values mean any of them.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> service = Texts("--service", "Service that logged it, for instance \"Core Directory\".");
    private readonly Option<string[]> category = Texts("--category", "Category, for instance UserManagement.");
    private readonly Option<string[]> activity = Texts("--activity", "Name of the activity, for instance \"Add member*\".");
    private readonly Option<string[]> result = Texts("--result", "success, failure, timeout…");
    private readonly Option<string[]> initiatedBy = Texts("--initiated-by", "UPN, object id or display name of who did it.");
    private readonly Option<string[]> target =
        Texts("--target", "UPN, object id or display name of what it is about: a target, or what a modified property names.");
    private readonly Option<string[]> involving = Texts("--involving", "UPN, object id or display name of who did it or what it is about.");
    private readonly Option<string[]> property = Texts("--property", "Name of a modified property.");
    private readonly Option<string[]> address = Texts("--ip-address", "Address the initiator came from.");
    private readonly Option<string[]> correlation = Texts("--correlation-id", "Joins the events of one operation.");
    private readonly Option<string[]> id = Texts("--id", "Graph's record id.");
    private readonly Option<string[]> tenant = Texts("--tenant", "Tenant id.");
    private readonly Option<string[]> origin = Texts("--origin", "Which log: DirectoryAudit or UnifiedAudit; without it an event that both tell is one row.");
    private readonly Option<string?> search =
        new("--search") { Description = "Words that all occur somewhere in the record; word* matches beginnings.", HelpName = "words" };
    private readonly TimeOption after = new("--after", "At or after this time: 2026-11-01 (local midnight), 2026-11-01T14:30Z, 7d (ago).");
    private readonly TimeOption before = new("--before", "Before this time.");
    private readonly Option<string?> last =
        new("--last") { Description = "The last so long, up to now or to --before: 24h, 7d, 30d, 1month.", HelpName = "span" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { activity, service, category, result, initiatedBy, target, involving, property, address,
            search, correlation, id, tenant, origin, last, after, before })
            command.Options.Add(option);

        origin.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. ActivityOrigin.Names]);
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

    /// <summary>The filter that the options make.</summary>
    /// <exception cref="AuditToolException">The times contradict each other.</exception>
    public AuditActivityFilter Read(ParseResult parsed, long skip, long? first, bool showSecret)
    {
        var end = parsed.GetValue(before);
        var begin = parsed.GetValue(last) is { } span ? RelativeTime.Before(span, end ?? DateTimeOffset.UtcNow) : parsed.GetValue(after);
        foreach (var time in new[] { after, before })
        {
            if (parsed.GetResult(time)?.Tokens is [var typed] && TimeInput.Reading(typed.Value, DateTimeOffset.Now) is { } reading)
                Screen.WriteWarning(reading);
        }

        if (begin >= end) throw new AuditToolException("TimesContradict", AuditErrorKind.InvalidArgument,
            $"The time asked for ends ({end:u}) before it begins ({begin:u}).");
        return new AuditActivityFilter
        {
            Service = Given(service),
            Category = Given(category),
            Activity = Given(activity),
            Result = Given(result),
            InitiatedBy = Given(initiatedBy),
            Target = Given(target),
            Involving = Given(involving),
            Property = Given(property),
            IPAddress = Given(address),
            CorrelationId = Given(correlation),
            Id = Given(id),
            Tenant = Given(tenant),
            Origin = Given(origin),
            Search = parsed.GetValue(search),
            After = begin,
            Before = end,
            Skip = skip,
            First = first,
            ShowSecret = showSecret,
        };

        string[]? Given(Option<string[]> option) => parsed.GetValue(option) is { Length: > 0 } values ? values : null;
    }

    private static Option<string[]> Texts(string name, string description) =>
        new(name) { Description = description, HelpName = "text", AllowMultipleArgumentsPerToken = true };
}
