namespace EntraAuditTools.Core.Errors;

/// <summary>Broad class of an error, for PowerShell's <c>ErrorCategory</c> and the command line's exit code.</summary>
internal enum AuditErrorKind
{
    /// <summary>A file, folder or mirror that is not there.</summary>
    NotFound,

    /// <summary>Content that cannot be used: not an export, damaged, truncated.</summary>
    InvalidData,

    /// <summary>A parameter that makes no sense.</summary>
    InvalidArgument,

    /// <summary>The operating system refused.</summary>
    PermissionDenied,

    /// <summary>Another process holds it.</summary>
    Busy,

    /// <summary>Right, but not by this version.</summary>
    NotSupported,
}

/// <summary>An error meant to be read by an administrator: what is wrong, where, and what to do.</summary>
internal sealed class AuditToolException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">A word that scripts can compare, for instance <c>MirrorNotFound</c>.</param>
    /// <param name="kind">Its class.</param>
    /// <param name="message">What is wrong and where.</param>
    /// <param name="recommendedAction">What to do about it; null when there is nothing to say.</param>
    /// <param name="target">The file, record or value it is about.</param>
    /// <param name="inner">The cause.</param>
    public AuditToolException(string errorId, AuditErrorKind kind, string message, string? recommendedAction = null, object? target = null,
        Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
        RecommendedAction = recommendedAction;
        Target = target;
    }

    /// <summary>A parameter that makes no sense.</summary>
    public static AuditToolException BadArgument(string errorId, string message, string? recommendedAction = null, object? target = null) =>
        new(errorId, AuditErrorKind.InvalidArgument, message, recommendedAction, target);

    /// <summary>A word that scripts can compare.</summary>
    public string ErrorId { get; }

    /// <summary>Its class.</summary>
    public AuditErrorKind Kind { get; }

    /// <summary>What to do about it; null when there is nothing to say.</summary>
    public string? RecommendedAction { get; }

    /// <summary>The file, record or value it is about; null when there is none.</summary>
    public object? Target { get; }

    /// <summary>Whether it is about the mirror, which ends an import, rather than about one of its sources.</summary>
    public bool IsOfMirror => ErrorId.StartsWith("Mirror", StringComparison.Ordinal) || ErrorId == "NotAMirror";
}
