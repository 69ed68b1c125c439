using EntraAuditTools.Core.Formats;

namespace EntraAuditTools.Core.Mirror.Archive;

/// <summary>An original record and how it was written.</summary>
internal readonly record struct OriginalRecord(RecordShape Shape, ReadOnlyMemory<byte> Json);
