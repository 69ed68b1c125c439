namespace EntraAuditTools.Core.Formats;

/// <summary>A record that cannot be taken in; the message is the reason that its rejection shows.</summary>
internal sealed class RecordException(string reason) : Exception(reason);
