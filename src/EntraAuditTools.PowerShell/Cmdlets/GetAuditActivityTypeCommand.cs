using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>
/// Which activities exist, where, and which has this tenant seen? Answers from the catalog alone while there is no mirror.
/// </summary>
[Cmdlet(VerbsCommon.Get, "AuditActivityType", SupportsPaging = true)]
[OutputType(typeof(AuditActivityType))]
public sealed class GetAuditActivityTypeCommand : MirrorCmdlet
{
    /// <summary>Name of the activity.</summary>
    [Parameter(Position = 0)]
    [Alias("ActivityDisplayName", "OperationName")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Activity { get; set; }

    /// <summary>Service that logs it.</summary>
    [Parameter]
    [Alias("LoggedByService")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Category.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Category { get; set; }

    /// <summary>Only those that the mirror holds.</summary>
    [Parameter]
    public SwitchParameter Seen { get; set; }

    /// <summary>Only those that the mirror holds and the catalog does not list.</summary>
    [Parameter]
    public SwitchParameter Unlisted { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // The catalog is an answer too: it is given when a missing mirror is to be ignored.
        var mirror = NeedsMirror || File.Exists(Attempt(Location).Path) ? OpenMirrorIfAny() : null;
        IEnumerable<AuditActivityType> Query() => AuditActivityTypeQuery.Run(mirror, Service, Category, Activity, Seen, Unlisted);

        if (PagingParameters.IncludeTotalCount)
            WriteObject(PagingParameters.NewTotalCount((ulong)Attempt(() => Query().LongCount()), accuracy: 1.0));
        WriteAll(() => PagingParameters.Page(Query()));
    }

    private bool NeedsMirror => Seen || Unlisted || Mirror is not null;
}
