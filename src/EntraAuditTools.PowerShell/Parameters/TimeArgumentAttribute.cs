using System.Management.Automation;
using EntraAuditTools.Core.Queries.Times;
using EntraAuditTools.Core.Text;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Serialization;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// Makes a point in time of what people give to -After and -Before: a date, a time, a text (see <see cref="TimeInput"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // The PSObject's own text keeps what was typed: an unquoted 7d arrives as the decimal 7.
        var typed = inputData?.ToString()?.Trim() ?? string.Empty;
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            DateTimeOffset time => time,
            DateTime time => TimeInput.FromDateTime(time),
            DateOnly day => TimeInput.FromDateTime(day.ToDateTime(TimeOnly.MinValue)),
            // A time of an object that comes from a job or a file: its text is to the second, in that session's culture.
            PSCustomObject when Deserialized.Time(inputData) is { } time => time,
            _ => Typed(typed, DateTimeOffset.Now),
        };
    }

    private static DateTimeOffset Typed(string typed, DateTimeOffset now)
    {
        var time = TimeInput.Parse(typed, now)
            ?? throw new ArgumentTransformationMetadataException($"'{TerminalText.Line(typed)}' is not a time. {TimeInput.Help}");
        DateNotes.Note(typed, time, now);
        return time;
    }
}
