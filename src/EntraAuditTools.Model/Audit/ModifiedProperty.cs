namespace EntraAuditTools;

/// <summary>
/// One property of a target, before and after (Graph <c>modifiedProperty</c>). Entra writes values as JSON text
/// (<c>"\"Member\""</c>): <see cref="OldValue"/> and <see cref="NewValue"/> are unwrapped where that is a plain string
/// or a list of one, the raw texts stay in <see cref="RawOldValue"/> and <see cref="RawNewValue"/>.
/// </summary>
public sealed class ModifiedProperty
{
    /// <summary>Name of the property, for instance <c>AccountEnabled</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Value before; null when there was none or it was not recorded.</summary>
    public string? OldValue { get; init; }

    /// <summary>Value after; null when it was removed or not recorded.</summary>
    public string? NewValue { get; init; }

    /// <summary>Value before, exactly as exported.</summary>
    public string? RawOldValue { get; init; }

    /// <summary>Value after, exactly as exported.</summary>
    public string? RawNewValue { get; init; }

    /// <summary>True when the values can hold key material and were replaced by a note.</summary>
    public bool Masked { get; init; }

    /// <summary>"Name: old → new".</summary>
    public override string ToString() =>
        $"{Name}: {(string.IsNullOrEmpty(OldValue) ? "(none)" : OldValue)} → {(string.IsNullOrEmpty(NewValue) ? "(none)" : NewValue)}";
}
