using System.Management.Automation;
using EntraAuditTools.Core;

namespace EntraAuditTools.PowerShell.Binding;

/// <summary>Turns our errors into PowerShell's: id, category, target and what to do about it.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(AuditToolException error) =>
        new(error, error.ErrorId, Category(error.Kind), error.Target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.RecommendedAction },
        };

    /// <summary>A parameter that makes no sense.</summary>
    public static AuditToolException BadArgument(string errorId, string message, string? recommendedAction = null, object? target = null) =>
        new(errorId, AuditErrorKind.InvalidArgument, message, recommendedAction, target);

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
