using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// The right to write a mirror: one writer at a time, across processes, for as long as this is held. An operating-system lock on a file
/// beside the mirror, so it is released when its holder's process ends.
/// </summary>
internal sealed class MirrorLock : IDisposable
{
    /// <summary>The longest that an import waits for another.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Shorter waits are not worth a word: somebody asks or opens.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    private readonly FileStream file;

    private MirrorLock(FileStream file) => this.file = file;

    /// <summary>Waits until no other process writes the mirror.</summary>
    /// <param name="mirrorPath">Full path of the mirror.</param>
    /// <param name="wait">How long to wait at most.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="onWait">Called once when it takes more than a moment; null when nobody is to know.</param>
    /// <exception cref="AuditToolException">
    /// MirrorLocked when the wait is over; MirrorAccessDenied, immediately, when the folder cannot be written.
    /// </exception>
    public static MirrorLock Acquire(string mirrorPath, TimeSpan wait, CancellationToken cancel, Action? onWait = null)
    {
        var path = mirrorPath + ".lock";
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new MirrorLock(OwnerOnlyFile.Open(path, FileMode.OpenOrCreate, FileShare.None));
            }
            catch (UnauthorizedAccessException e)
            {
                throw MirrorErrors.AccessDenied(mirrorPath, e);
            }
            catch (IOException e) when (!IoWords.IsHeldByAnother(e))
            {
                // A full disk, a read-only place, a name that is too long: waiting changes nothing.
                throw MirrorErrors.AccessDenied(mirrorPath, e);
            }
            catch (IOException e)
            {
                if (clock.Elapsed >= wait) throw MirrorErrors.Locked(mirrorPath, e);
                if (onWait != null && clock.Elapsed > ShortWait)
                {
                    onWait();
                    onWait = null;
                }

                cancel.WaitHandle.WaitOne(100);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Lets the next writer in.</summary>
    public void Dispose() => file.Dispose();
}
