using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs.Kinds;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>What entries of the provisioning log have in common, in words.</summary>
internal sealed record ProvisioningKindText(
    string? Action, string? Status, IdentityText Application, string? JobId, string? SourceSystem, string? TargetSystem,
    string? IdentityType, string? ErrorCode, string? ErrorCategory, string? SkipReason, bool SaysOutOfScope)
{
    private static readonly string[] ScopeWords = ["Scope", "Scoping", "Entitled", "NotAssigned", "Unassigned"];

    public bool IsFailure => Utf8.Is(Status ?? string.Empty, "failure");

    public bool IsSkipped => Utf8.Is(Status ?? string.Empty, "skipped");

    public bool IsSuccess => Status is { } status && (Utf8.Is(status, "success") || Utf8.Is(status, "warning"));

    /// <summary>Skipped because the object is not to be provisioned; the reason's own word decides where there is one.</summary>
    public bool IsOutOfScope =>
        IsSkipped && (SkipReason is null
            ? SaysOutOfScope : Array.Exists(ScopeWords, word => SkipReason.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>All that occur.</summary>
    public static LogKinds<ProvisioningKindText> All(MirrorReader mirror) => new(mirror, LogTable.Provisioning, Of);

    private static ProvisioningKindText Of(ActivityDimensions words, IReadOnlyList<long> parts)
    {
        string? Term(int part) => words.Term(parts[part]);
        return new(Term(0), Term(1), words.Identity(parts[2]), Term(3), Term(4), Term(5), Term(6), Term(7), Term(8), Term(9),
            parts[10] != 0);
    }
}
