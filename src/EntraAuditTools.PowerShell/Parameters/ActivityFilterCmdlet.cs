using System.Management.Automation;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Messages;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>The filters that the questions about activities share, in the words of the portal; aliases are the Graph SDK's.</summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class ActivityFilterCmdlet<T> : TimedCmdlet<T>
    where T : class
{
    private const int ProgressMilliseconds = 300;

    private readonly List<string> targets = [];

    /// <summary>Name of the activity.</summary>
    [Parameter(Position = 0)]
    [Alias("ActivityDisplayName", "OperationName")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Activity { get; set; }

    /// <summary>Service that logged it.</summary>
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

    /// <summary>Result: success, failure, timeout.</summary>
    [Parameter]
    [Alias("Status")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Result { get; set; }

    /// <summary>
    /// UPN, object id or display name of who did it; binds UserPrincipalName and UserId from the pipeline, never a bare Id.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Actor", "UserPrincipalName", "UserId")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? InitiatedBy { get; set; }

    /// <summary>UPN, object id or display name of what it is about: a target, or what a modified property names.</summary>
    [Parameter]
    [Alias("TargetResource", "TargetResources")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Target { get; set; }

    /// <summary>UPN, object id or display name of who did it or what it is about: by or on.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Involving { get; set; }

    /// <summary>Name of a modified property.</summary>
    [Parameter]
    [Alias("ModifiedProperty")]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>Address the initiator came from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityFieldCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? IPAddress { get; set; }

    /// <summary>Words that all occur somewhere in the record.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <summary>Id that joins the events of one operation.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? CorrelationId { get; set; }

    /// <summary>Graph's record id.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivityIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Texts from the pipeline: each is a -Target. Objects bind by their properties instead.</summary>
    [Parameter(ValueFromPipeline = true)]
    [TextInput]
    [ValidateNotNullOrEmpty]
    public string[]? InputObject { get; set; }

    /// <summary>Which log: all of its own records, also of events that the other log contains too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OriginCompleter))]
    [ClosedList(typeof(OriginCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Origin { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? TextsOf(QuestionField field) =>
        field.Name != nameof(Target) ? base.TextsOf(field) : targets.Count > 0 ? targets : null;

    /// <inheritdoc/>
    protected override void Prepare()
    {
        base.Prepare();
        if (Search is not null) EnsureSearchIndex();
    }

    /// <inheritdoc/>
    protected override void Collect()
    {
        base.Collect();
        foreach (var given in new[] { Target, InputObject })
        {
            if (given is not null) targets.AddRange(given.Except(targets));
        }
    }

    /// <summary>
    /// The first search builds the index that all later ones use. Where the mirror can't be written, searching reads every record.
    /// </summary>
    private void EnsureSearchIndex()
    {
        var (shown, isShown) = (Environment.TickCount64, false);
        var work = new WorkProgress("Building the search index, which later searches use", "records");
        Question.Beforehand?.Invoke(
            Location().Path,
            Input,
            state =>
            {
                if (Environment.TickCount64 - shown < ProgressMilliseconds) return;
                (shown, isShown) = (Environment.TickCount64, true);
                WriteProgress(work.Of(state with { Source = "Search index" }));
            },
            Stopped);
        if (isShown) WriteProgress(work.Done());
    }
}
