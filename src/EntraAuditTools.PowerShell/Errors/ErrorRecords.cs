using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.PowerShell.Errors;

/// <summary>Turns our errors into PowerShell's: id, category, target and what to do about it.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(AuditToolException error)
    {
        // File names and texts of records are part of the message. The exception's own message is shown too, by $Error and Get-Error.
        var message = TerminalText.Visible(error.Message);
        // So are the messages of what caused it, in which the system quotes what we gave it.
        var cause = IsVisible(error.InnerException) ? error.InnerException : null;
        if (message != error.Message || cause != error.InnerException)
            error = new(error.ErrorId, error.Kind, message, error.RecommendedAction, error.Target, cause);
        var target = error.Target is string text ? TerminalText.Visible(text) : error.Target;
        return new(error, error.ErrorId, Category(error.Kind), target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = TerminalText.Visible(error.RecommendedAction) },
        };
    }

    private static bool IsVisible(Exception? cause) =>
        cause is null || (TerminalText.Visible(cause.Message) == cause.Message && IsVisible(cause.InnerException));

    private static ErrorCategory Category(AuditErrorKind kind) => kind switch
    {
        AuditErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        AuditErrorKind.InvalidData => ErrorCategory.InvalidData,
        AuditErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        AuditErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        AuditErrorKind.Busy => ErrorCategory.ResourceBusy,
        AuditErrorKind.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}
