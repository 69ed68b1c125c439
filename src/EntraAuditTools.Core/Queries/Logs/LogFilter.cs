using EntraAuditTools.Core.Queries.Fields;
using System.Runtime.CompilerServices;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// What to look for in a log. Every text takes PowerShell wildcards (<c>* ? [ab]</c>, backtick escapes) and is compared without regard to
/// case; several texts mean any of them; what is left null does not filter. Which filters a log has, its <see cref="LogField"/>s say; a
/// class of
/// a log's own has them as properties.
/// </summary>
internal class LogFilter
{
    private readonly Dictionary<string, IReadOnlyList<string>> texts = new(StringComparer.Ordinal);

    /// <summary>The texts of a filter, by its name (<see cref="QuestionField.Name"/>); null when it is not asked for.</summary>
    public IReadOnlyList<string>? this[string name]
    {
        get => texts.GetValueOrDefault(name);
        set
        {
            if (value is null) texts.Remove(name);
            else texts[name] = value;
        }
    }

    /// <summary>Tenants by id; <see cref="TenantScope.Unknown"/> for records of no known tenant.</summary>
    public IReadOnlyList<string>? Tenant { get => Get(); init => Set(value); }

    /// <summary>Numbers of imports that brought the record, first or again.</summary>
    public IReadOnlyList<long>? ImportId { get; set; }

    /// <summary>The first import that brought the record is later than this time: one that started after it, or has a higher number.</summary>
    public DateTimeOffset? ImportedAfter { get; set; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>How many of the newest to leave out.</summary>
    public long Skip { get; init; }

    /// <summary>How many to return at most; null for all.</summary>
    public long? First { get; init; }

    /// <summary>Show values that can hold key material instead of masking them.</summary>
    public bool ShowSecret { get; init; }

    /// <summary>The texts of the property that asks.</summary>
    private protected IReadOnlyList<string>? Get([CallerMemberName] string name = "") => this[name];

    /// <summary>Sets the texts of the property that is set.</summary>
    private protected void Set(IReadOnlyList<string>? value, [CallerMemberName] string name = "") => this[name] = value;
}
