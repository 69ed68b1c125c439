using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EntraAuditTools.Trust.Programs;

/// <summary>Ways to end a process from outside.</summary>
internal enum Ending
{
    /// <summary>SIGKILL, TerminateProcess: it learns nothing of that.</summary>
    Kill = 9,

    /// <summary>SIGTERM: what a service manager or a shutdown sends.</summary>
    Terminate = 15,

    /// <summary>SIGINT: Ctrl+C.</summary>
    Interrupt = 2,
}

/// <summary>Signals of Unix, which .NET has no call for.</summary>
internal static partial class Signal
{
    /// <summary>Ends a process; on Windows always by force.</summary>
    public static void Send(Process process, Ending ending)
    {
        if (ending == Ending.Kill || OperatingSystem.IsWindows()) process.Kill();
        // One that has just ended by itself needs no signal.
        else _ = Kill(process.Id, (int)ending);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
