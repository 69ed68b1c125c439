namespace EntraAuditTools.Core.Schema;

/// <summary>An original record and how it was written.</summary>
internal readonly record struct OriginalRecord(RecordShape Shape, ReadOnlyMemory<byte> Json);
