using System.Management.Automation;
using EntraAuditTools.Core.Questions.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>
/// Which activities exist, where, and which has this tenant seen? Answers from the catalog alone while there is no mirror.
/// </summary>
[Cmdlet(VerbsCommon.Get, "AuditActivityType", SupportsPaging = true)]
[OutputType(typeof(AuditActivityType))]
public sealed class GetAuditActivityTypeCommand : MirrorQueryCmdlet<AuditActivityType>
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
    private protected override RecordQuestion<AuditActivityType> Question => TypesQuestion.Instance;
}
