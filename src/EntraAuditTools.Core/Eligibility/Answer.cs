namespace EntraAuditTools.Core.Eligibility;

/// <summary>
/// Three-valued: what exports don't contain is neither true nor false. In this order "or" is the greatest and "and" the least.
/// </summary>
internal enum Answer : byte
{
    No,
    Unknown,
    Yes,
}

/// <summary>An answer and why, as a sentence's part or a sentence.</summary>
internal readonly record struct Finding(Answer Answer, string Reason)
{
    public static Finding Yes(string reason) => new(Answer.Yes, reason);

    public static Finding No(string reason) => new(Answer.No, reason);

    public static Finding Unknown(string reason) => new(Answer.Unknown, reason);
}
