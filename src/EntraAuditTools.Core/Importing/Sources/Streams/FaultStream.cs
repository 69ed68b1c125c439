using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>
/// Turns a fault into an end: its reader takes in what was read before, including the beginning of a record, and checks afterwards whether
/// the end was a fault.
/// </summary>
internal sealed class FaultStream(Stream inner) : ReadOnlyStream
{
    /// <summary>Why reading ended early; null when it did not.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The last byte that was read; -1 when there was none.</summary>
    public int LastByte { get; private set; } = -1;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (Fault != null) return 0;
        try
        {
            var read = inner.Read(buffer);
            if (read > 0) LastByte = buffer[read - 1];
            return read;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or AuditToolException)
        {
            Fault = e;
            return 0;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
