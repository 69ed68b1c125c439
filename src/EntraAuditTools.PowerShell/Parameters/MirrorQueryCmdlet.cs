using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// A question to the mirror: collects its parameters from the whole pipeline, asks once, streams the answer. Derived cmdlets define the
/// question; paging, the total count and stopping are here.
/// </summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class MirrorQueryCmdlet<T> : MirrorCmdlet
{
    private bool received;

    /// <summary>The answer, without -Skip and -First unless <see cref="PagesItself"/>.</summary>
    private protected abstract IEnumerable<T> Query(MirrorReader mirror);

    /// <summary>True when <see cref="Query"/> applies -Skip and -First itself.</summary>
    protected virtual bool PagesItself => false;

    /// <summary>How many there are without paging; null when only reading them all shows it.</summary>
    private protected virtual long? Count(MirrorReader mirror) => null;

    /// <summary>Checks the parameters, before the mirror is opened; throws AuditToolException.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>For -Verbose: how the parameters were understood; null when there is nothing to say.</summary>
    private protected virtual string? Describe(MirrorReader mirror) => null;

    /// <summary>
    /// What to warn of before the answer, a sentence each; throws AuditToolException where the question must not be answered.
    /// </summary>
    private protected virtual IEnumerable<string> Warnings(MirrorReader mirror)
    {
        // Once for a mirror and session: it is true of every question, and would hide the warnings about one.
        if (MirrorSession.IsFirstTime(mirror.Path))
        {
            if (OldReading.Warning(mirror) is { } old) yield return old;
            if (MirrorExposure.Warning(mirror.Path) is { } exposed) yield return exposed;
        }

        foreach (var unseen in UnseenValueQuery.Run(mirror, Asked)) yield return unseen;
    }

    /// <summary>
    /// The values of the command line's filters: one that the mirror does not know is warned of, since it answers with nothing.
    /// </summary>
    private protected virtual IEnumerable<AskedValue> Asked => [];

    /// <summary>The object that is written for an item.</summary>
    protected virtual object? ToOutput(T item) => item;

    /// <summary>Takes in what the pipeline bound.</summary>
    protected virtual void Collect()
    {
    }

    /// <summary>
    /// True when the pipeline brought nothing to ask about: it turned out empty, or its objects carry no identity. The answer is empty
    /// then, not everything.
    /// </summary>
    private protected virtual bool AsksNothing => MyInvocation.ExpectingInput && !received;

    /// <summary>Collects; the question is asked when all input is known.</summary>
    protected override void ProcessRecord()
    {
        received = true;
        Collect();
    }

    /// <summary>Asks and answers.</summary>
    protected override void EndProcessing()
    {
        if (AsksNothing) return;

        WriteDateNotes();
        if (OpenMirrorIfAny(Prepare) is not { } mirror) return;
        if (IsVerbose && Attempt(() => Describe(mirror)) is { } description) WriteVerbose(description);
        foreach (var warning in Attempt(() => Warnings(mirror).ToList())) WriteWarning(warning);
        if (PagingParameters is { } paging && paging.IncludeTotalCount)
            WriteObject(paging.NewTotalCount((ulong)Attempt(() => Count(mirror) ?? Query(mirror).LongCount()), accuracy: 1.0));
        WriteAll(() => PagesItself ? Query(mirror) : PagingParameters.Page(Query(mirror)), ToOutput);
    }
}
