using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>
/// Mirrors that stay open for a moment between the late reads of objects: details, originals and evidence are read on demand, and writing
/// whole objects to a file demands all of them, one after the other. Opening the mirror for each took ten times as long as the reading. No
/// read transaction stays open, so imports are not delayed, and the file is closed soon after the last read. Thread-safe; reads of one
/// mirror wait for each other.
/// </summary>
internal static class KeptMirror
{
    // Short, since an open file cannot be deleted on Windows; long against the pause between two objects of a pipeline.
    private const int IdleMilliseconds = 250;

    private static readonly object Gate = new();
    private static readonly Dictionary<string, Kept> Open = new(StringComparer.Ordinal);
    private static readonly Timer Closing = new(_ => CloseIdle());

    /// <summary>Reads from a mirror.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="read">Reads, and holds on to nothing of the mirror; may read from the same mirror again.</param>
    /// <exception cref="AuditToolException">Any error of a mirror: MirrorNotFound when it was deleted meanwhile.</exception>
    public static T Read<T>(string path, Func<MirrorReader, T> read)
    {
        Kept kept;
        lock (Gate)
        {
            if (!Open.TryGetValue(path, out kept!)) Open.Add(path, kept = new Kept());
            kept.Users++;
            if (Open.Count == 1 && kept.Users == 1) Closing.Change(IdleMilliseconds, IdleMilliseconds);
        }

        try
        {
            lock (kept)
            {
                try
                {
                    return read(kept.Reader(path));
                }
                catch
                {
                    // After any error, the next read begins with a mirror opened anew.
                    kept.Close();
                    throw;
                }
            }
        }
        finally
        {
            lock (Gate)
            {
                kept.Users--;
                kept.LastUse = Environment.TickCount64;
            }
        }
    }

    private static void CloseIdle()
    {
        lock (Gate)
        {
            var now = Environment.TickCount64;
            foreach (var (path, kept) in Open.ToList())
            {
                if (kept.Users > 0 || now - kept.LastUse < IdleMilliseconds) continue;
                Open.Remove(path);
                kept.Close();
            }

            if (Open.Count == 0) Closing.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    /// <summary>One mirror; a reader holds its lock.</summary>
    private sealed class Kept
    {
        private MirrorReader? reader;
        private DateTime created;

        /// <summary>How many reads are going on or wait.</summary>
        public int Users { get; set; }

        /// <summary>When the last read ended, in <see cref="Environment.TickCount64"/>.</summary>
        public long LastUse { get; set; }

        public MirrorReader Reader(string path)
        {
            // A mirror that was deleted or replaced must not be read, although the file that is open here can still be read on Unix. (Of a
            // file that is not there, the creation time is that of no file.)
            var creation = File.GetCreationTimeUtc(path);
            if (reader != null && creation != created) Close();
            created = creation;
            return reader ??= MirrorReader.Open(path);
        }

        public void Close()
        {
            reader?.Dispose();
            reader = null;
        }
    }
}
