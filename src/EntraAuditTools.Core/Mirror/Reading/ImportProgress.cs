namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>How far an import is.</summary>
/// <param name="Source">What is being read.</param>
/// <param name="Records">Records read so far.</param>
/// <param name="BytesRead">Bytes of the source read so far, as stored.</param>
/// <param name="BytesTotal">Its size; null for the pipeline.</param>
internal readonly record struct ImportProgress(string Source, long Records, long BytesRead, long? BytesTotal)
{
    /// <summary>Whether an earlier import is derived anew: then the bytes are records of the whole mirror.</summary>
    public bool IsUpdate { get; init; }
}
