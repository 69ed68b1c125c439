namespace EntraAuditTools;

/// <summary>Something in a mirror that is not as the imports left it.</summary>
public sealed class AuditMirrorProblem
{
    /// <summary>The check that found it: Pages, Chain or Derivation.</summary>
    public string Check { get; init; } = string.Empty;

    /// <summary>Number of the import that it concerns; null when it is none, or not known.</summary>
    public long? ImportId { get; init; }

    /// <summary>What is wrong.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The check and what is wrong.</summary>
    public override string ToString() => $"{Check}: {Message}";
}
