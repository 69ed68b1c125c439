namespace EntraAuditTools.Core.Errors;

/// <summary>
/// A source is not what its own checksums, lengths or headers say. The message goes on after "cannot be read to its end: ".
/// </summary>
internal sealed class DamagedSourceException(string what, bool isCutOff = false, Exception? inner = null) : IOException(what, inner)
{
    /// <summary>Whether its end is missing, rather than something in it wrong.</summary>
    public bool IsCutOff { get; } = isCutOff;
}
