using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
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
        IsSkipped && (SkipReason is null ? SaysOutOfScope : Array.Exists(ScopeWords, word => SkipReason.Contains(word, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>All combinations that occur: some hundred to some thousand in any mirror, so they are read at once and matched here.</summary>
internal sealed class ProvisioningKinds : IDisposable
{
    private readonly Dictionary<long, ProvisioningKindText> kinds = [];

    public ProvisioningKinds(MirrorReader mirror)
    {
        Words = new ActivityDimensions(mirror);
        var rows = mirror.Query(
            "SELECT id, action, status, application, job, source_system, target_system, identity_type, error_code, error_category, "
            + "skip_reason, out_of_scope FROM provisioning_kind",
            row => Enumerable.Range(0, 12).Select(row.GetInt64).ToArray()).ToList();
        foreach (var k in rows)
        {
            kinds.Add(k[0], new(
                Words.Term(k[1]), Words.Term(k[2]), Words.Identity(k[3]), Words.Term(k[4]), Words.Term(k[5]), Words.Term(k[6]),
                Words.Term(k[7]), Words.Term(k[8]), Words.Term(k[9]), Words.Term(k[10]), k[11] != 0));
        }
    }

    /// <summary>Words and identities behind other numbers.</summary>
    public ActivityDimensions Words { get; }

    public IReadOnlyDictionary<long, ProvisioningKindText> All => kinds;

    public ProvisioningKindText this[long id] => kinds[id];

    /// <summary>The kinds that a filter allows; null when it allows all.</summary>
    public IReadOnlyList<long>? Matching(LogFilter filter, IEnumerable<ProvisioningKindField> fields)
    {
        var wanted = fields.Select(field => (Texts: field.TextsOf(filter), field.Of)).Where(field => field.Texts != null)
            .Select(field => (Patterns: field.Texts!.Select(text => new WildcardText(text)).ToList(), field.Of)).ToList();
        if (wanted.Count == 0) return null;
        return kinds.Where(kind => wanted.TrueForAll(field => field.Of(kind.Value)
            .Any(value => value != null && field.Patterns.Exists(pattern => pattern.IsMatch(value))))).Select(kind => kind.Key).ToList();
    }

    public void Dispose() => Words.Dispose();
}
