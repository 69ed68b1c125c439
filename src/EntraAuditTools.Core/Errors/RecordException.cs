namespace EntraAuditTools.Core.Errors;

/// <summary>A record that cannot be taken in; the message is the reason that its rejection shows.</summary>
internal class RecordException(string reason) : Exception(reason);

/// <summary>A record whose time could mean several, since it is not known yet in which order its source writes day and month.</summary>
internal sealed class AmbiguousTimeException(string reason) : RecordException(reason);
