using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Text;
using EntraAuditTools.PowerShell.Errors;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// What all cmdlets share: finding the mirror, errors, and ending immediately on Ctrl+C. <c>EndProcessing</c> does not run when a later
/// command of the pipeline stops (<c>Select-Object -First</c>), so resources are closed in <c>Dispose</c>.
/// </summary>
public abstract class MirrorCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private MirrorReader? reader;
    private MirrorLocation? current;

    /// <summary>Mirror to use; null for the session's, the environment's or the default one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Mirror { get; set; }

    /// <summary>Cancelled by Ctrl+C and by <see cref="Dispose()"/>.</summary>
    protected CancellationToken Stopped => stop.Token;

    /// <summary>Whether verbose output is shown: describing a query costs nearly as much as a small one.</summary>
    protected bool IsVerbose => MyInvocation.BoundParameters.TryGetValue("Verbose", out var bound)
        ? bound is SwitchParameter { IsPresent: true } or true
        : GetVariableValue("VerbosePreference") is ActionPreference and not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>Whether the session, or -ProgressAction, wants to see progress; the host shows none where there is no terminal.</summary>
    private protected bool ShowsProgress =>
        (MyInvocation.BoundParameters.TryGetValue("ProgressAction", out var action) ? action : GetVariableValue("ProgressPreference"))
        is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>
    /// Where the mirror is: a path is taken relative to PowerShell's location, not the process's. Of a server's, this machine's copy, which
    /// is brought up to date once for each cmdlet.
    /// </summary>
    private protected MirrorLocation Location() => Location(anew: false);

    /// <inheritdoc cref="Location()"/>
    /// <param name="anew">Fetch all of it anew from the server.</param>
    private protected MirrorLocation Location(bool anew)
    {
        if (current != null) return current;
        var found = NamedMirror();
        if (!anew && AsksLogsThere) return current = found.RefreshForLogs(ShowFetching, Stopped);
        found.Refresh(ShowFetching, Stopped, anew);
        return current = found;
    }

    /// <summary>Whether a copy without logs is enough, where the server's logs are asked there.</summary>
    private protected virtual bool AsksLogsThere => false;

    /// <summary>Where the mirror is, of a server's without bringing its copy up to date: what writes it does that itself.</summary>
    private protected MirrorLocation NamedMirror() =>
        MirrorLocation.Resolve(Mirror is null ? null : FilePaths.MirrorName(SessionState.Path, Mirror), MirrorSession.Path);

    /// <summary>Shows what is done with the server's mirror.</summary>
    private protected void ShowFetching(string what) => WriteProgress(new WorkProgress("Bringing this machine's copy up to date").Of(what));

    /// <summary>Opens the mirror for reading; it stays open until the cmdlet ends.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed with the cmdlet.")]
    private protected MirrorReader OpenMirror() => reader ??= MirrorReader.Open(Location().Path);

    /// <summary>
    /// Opens the mirror for a question. Where there is none, that is a terminating error: no answer would read as "nothing". With
    /// <c>-ErrorAction SilentlyContinue</c> or <c>Ignore</c> the cmdlet continues without it, which the engine does not do for terminating
    /// errors.
    /// </summary>
    /// <param name="prepare">What is checked before, and throws AuditToolException.</param>
    /// <returns>The mirror; null when there is none and that is to be ignored.</returns>
    private protected MirrorReader? OpenMirrorIfAny(Action? prepare = null)
    {
        AuditToolException missing;
        try
        {
            return Attempt(
                () =>
                {
                    prepare?.Invoke();
                    return OpenMirror();
                },
                except: IsToBePassedOver);
        }
        catch (AuditToolException error) when (IsToBePassedOver(error))
        {
            missing = error;
        }

        WriteError(ErrorRecords.From(missing));
        return null;
    }

    private bool IsToBePassedOver(AuditToolException error) =>
        error.ErrorId == "MirrorNotFound" && MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var action)
        && action is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    /// <summary>Runs something that may fail and turns its failure into a terminating error.</summary>
    protected internal T Attempt<T>(Func<T> action) => Attempt(action, _ => false);

    private T Attempt<T>(Func<T> action, Func<AuditToolException, bool> except)
    {
        AuditToolException failure;
        try
        {
            return action();
        }
        catch (AuditToolException error) when (!except(error))
        {
            failure = error;
        }
        catch (OperationCanceledException) when (Stopping)
        {
            throw new PipelineStoppedException();
        }

        ThrowTerminatingError(ErrorRecords.From(failure));
        return default!;
    }

    /// <summary>
    /// Writes the items as they come. Only the fetching is inside a catch: PowerShell ends a pipeline early by an
    /// exception out of <c>WriteObject</c>, and swallowing that would end the user's whole script.
    /// </summary>
    protected void WriteAll<T>(Func<IEnumerable<T>> query, Func<T, object?> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        using var items = Attempt(() => query().GetEnumerator());
        Func<bool> next = items.MoveNext;
        while (Attempt(next)) WriteObject(convert(items.Current));
    }

    /// <inheritdoc cref="WriteAll{T}(Func{IEnumerable{T}}, Func{T, object})"/>
    protected void WriteAll<T>(Func<IEnumerable<T>> query) => WriteAll(query, item => item);

    /// <summary>A warning, which may name files and repeat what records say.</summary>
    public new void WriteWarning(string text) => base.WriteWarning(TerminalText.Visible(text));

    /// <summary>Says of dates that others would read otherwise how they were read.</summary>
    protected void WriteDateNotes()
    {
        foreach (var reading in DateNotes.Of(MyInvocation.BoundParameters.Values)) WriteWarning(reading);
    }

    /// <inheritdoc cref="WriteWarning"/>
    public new void WriteVerbose(string text) => base.WriteVerbose(TerminalText.Visible(text));

    /// <summary>Progress, which names files.</summary>
    public new void WriteProgress(ProgressRecord progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        base.WriteProgress(SafeProgress.Of(progress));
    }

    /// <summary>Whether the cmdlet only says what it would do: -WhatIf, or the session's preference.</summary>
    internal bool IsWhatIf => LanguagePrimitives.IsTrue(
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) ? given : GetVariableValue("WhatIfPreference"));

    /// <summary>Whether to do something, which -WhatIf and -Confirm show with what it is done to: a file, mostly.</summary>
    public new bool ShouldProcess(string target, string action) => base.ShouldProcess(TerminalText.Line(target), TerminalText.Line(action));

    /// <summary>Called from another thread on Ctrl+C.</summary>
    protected override void StopProcessing()
    {
        try
        {
            stop.Cancel();
            reader?.Interrupt();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C in the moment of the end.
        }
    }

    /// <summary>Called by PowerShell however the cmdlet ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        reader?.Dispose();
        reader = null;
        stop.Dispose();
    }
}
