using System.Diagnostics.CodeAnalysis;

namespace EntraAuditTools;

/// <summary>
/// A person or object that a record names. PowerShell compares it with what people type: <c>InitiatedBy -eq 'adele@contoso.com'</c>,
/// <c>Targets -contains 'Olive Marsh'</c>. Against a text it is equal when that is the text shown, the id, the UPN or the name; two of them
/// are equal by id, where one has none by UPN, else by name; they sort by the text shown and then by id. Case never matters.
/// </summary>
[SuppressMessage("Design", "CA1036", Justification = "For PowerShell's operators, which ask for IComparable alone.")]
public abstract class ComparableIdentity : IComparable
{
    /// <summary>What makes two of them the same: the id, else the UPN, else the text shown.</summary>
    private protected abstract (string? Id, string? UserPrincipalName, string? Name) Names { get; }

    private string Key => Names is var (id, upn, _) ? id ?? upn ?? ToString() ?? string.Empty : string.Empty;

    /// <summary>Whether it is what a text says, or the same as another.</summary>
    public override bool Equals(object? obj) => obj switch
    {
        string text => text.Length > 0
            && (Same(ToString(), text) || Same(Names.Id, text) || Same(Names.UserPrincipalName, text) || Same(Names.Name, text)),
        ComparableIdentity other => ReferenceEquals(this, other) || Same(Key, other.Key),
        _ => false,
    };

    /// <summary>Agrees with <see cref="Equals(object?)"/> between two of them.</summary>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Key);

    /// <summary>By the text shown, then by id; against a text by the text shown.</summary>
    public int CompareTo(object? obj)
    {
        if (obj is null) return 1;
        if (Equals(obj)) return 0;
        var byText = StringComparer.CurrentCultureIgnoreCase.Compare(ToString(), obj.ToString());
        return byText != 0 || obj is not ComparableIdentity other ? byText : StringComparer.OrdinalIgnoreCase.Compare(Key, other.Key);
    }

    private static bool Same(string? a, string? b) => a is not null && a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
