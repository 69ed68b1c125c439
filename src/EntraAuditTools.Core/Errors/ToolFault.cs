using System.Diagnostics;

namespace EntraAuditTools.Core.Errors;

/// <summary>
/// Reports a bug of this tool as one: so that people don't look for the fault in their files, and can say what to report.
/// </summary>
internal static class ToolFault
{
    /// <summary>The id of such errors.</summary>
    public const string ErrorId = "ToolFault";

    /// <summary>Makes an error of an unexpected exception.</summary>
    /// <param name="e">The exception.</param>
    /// <param name="doing">What was being done, as a sentence without its full stop: <c>'a.json' could not be read on</c>.</param>
    /// <param name="target">What was being processed.</param>
    public static AuditToolException Of(Exception e, string doing, object? target)
    {
        ArgumentNullException.ThrowIfNull(e);
        return new AuditToolException(
            ErrorId, AuditErrorKind.NotSupported,
            $"{doing}, because of a mistake in EntraAuditTools: {Seen(e)}.",
            $"Please report this line, the version ({ToolVersion.Text}) and, if you may, an input that shows it.", target, e);
    }

    /// <summary>The exception's type, its message, and where in our code it was thrown.</summary>
    public static string Seen(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var place = Place(e);
        return $"{e.GetType().Name} ({e.Message.TrimEnd('.')}){(place == null ? string.Empty : $" in {place}")}";
    }

    private static string? Place(Exception e)
    {
        foreach (var frame in new StackTrace(e).GetFrames())
        {
            var method = frame.GetMethod();
            if (method?.DeclaringType is { Namespace: { } space } type && space.StartsWith("EntraAuditTools", StringComparison.Ordinal))
                return $"{type.Name}.{method.Name}";
        }

        return null;
    }
}
