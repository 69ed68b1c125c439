namespace EntraAuditTools.Core.Formats.Json;

/// <summary>One record's bytes within its source. Valid until the next one is read.</summary>
/// <param name="Bytes">The record's UTF-8 text.</param>
/// <param name="ByteOffset">Where it begins in the decompressed UTF-8 text, from 0.</param>
/// <param name="Line">Line on which it begins, from 1.</param>
/// <param name="Error">Why it is no record; null when it is one.</param>
internal readonly record struct RecordSlice(ReadOnlyMemory<byte> Bytes, long ByteOffset, long Line, string? Error = null);
