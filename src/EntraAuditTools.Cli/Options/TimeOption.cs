using System.CommandLine;
using System.CommandLine.Parsing;
using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.Cli.Options;

/// <summary>A point in time: <c>2026-11-01</c> is local midnight, <c>2026-11-01T14:30Z</c> is exact, <c>7d</c> is seven days ago.</summary>
internal sealed class TimeOption : Option<DateTimeOffset?>
{
    public TimeOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "time";
        CustomParser = Parse;
    }

    private DateTimeOffset? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (TimeInput.Parse(text, DateTimeOffset.Now) is { } time) return time.ToUniversalTime();
        result.AddError($"{Name}: '{text}' is not a time. {TimeInput.Help}");
        return null;
    }
}
