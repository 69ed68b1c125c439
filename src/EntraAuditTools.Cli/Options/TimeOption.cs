using System.CommandLine;
using System.CommandLine.Parsing;

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
        if (TimeText.ToTime(text, DateTimeOffset.Now) is { } time) return time.ToUniversalTime();
        result.AddError($"{Name}: '{text}' is not a time. Give a date (2026-11-01), a date and time (2026-11-01T14:30Z), or a span before now (7d).");
        return null;
    }
}
