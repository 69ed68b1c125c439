using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.PowerShell.Messages;
using EntraAuditTools.PowerShell.Session;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// A question to the mirror: collects its parameters from the whole pipeline, asks once, streams the answer. What it can be asked for, what
/// it warns of and what answers it is declared in Core; the cmdlet has a parameter for each field, called as the field.
/// </summary>
/// <typeparam name="T">What the question returns.</typeparam>
public abstract class MirrorQueryCmdlet<T> : MirrorCmdlet
    where T : class
{
    private readonly Dictionary<string, List<string>> piped = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> said = [];
    private HashSet<string> given = [];
    private QuestionInput? input;
    private bool received;

    /// <summary>The question.</summary>
    private protected abstract RecordQuestion<T> Question { get; }

    /// <summary>What it is asked for, as soon as all of the pipeline is known.</summary>
    private protected QuestionInput Input => input ??= Take();

    /// <summary>Users, packages and ids to ask about; null for everything.</summary>
    private protected virtual IReadOnlyList<EntitlementSelector>? Selectors => null;

    /// <inheritdoc/>
    private protected override bool AsksLogsThere => Question.AsksLogsThere(Input);

    /// <summary>The object that is written for an item.</summary>
    protected virtual object? ToOutput(T item) => item;

    /// <summary>
    /// True when the pipeline brought nothing to ask about: it turned out empty, or its objects carry no identity. The answer is empty
    /// then, not everything.
    /// </summary>
    private protected virtual bool AsksNothing => MyInvocation.ExpectingInput && !received;

    /// <summary>Keeps which parameters the command line gives: the others are the pipeline's.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // The pipeline's values are not bound yet.
        given = new(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Collects; the question is asked when all input is known.</summary>
    protected override void ProcessRecord()
    {
        received = true;
        Collect();
    }

    /// <summary>Takes in what the pipeline bound: the values of all its objects are asked for together.</summary>
    protected virtual void Collect()
    {
        foreach (var field in Question.Fields.Where(field => field.Selects is null && ParameterValues.IsPiped(this, field.Name)))
        {
            if (OwnTexts(field) is not { } texts) continue;
            if (!piped.TryGetValue(field.Name, out var known)) piped.Add(field.Name, known = []);
            known.AddRange(texts.Except(known, StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Checks what is asked, before the mirror is opened; throws AuditToolException.</summary>
    protected virtual void Prepare() => Question.Prepare(Input);

    /// <summary>Asks and answers.</summary>
    protected override void EndProcessing()
    {
        if (AsksNothing) return;

        WriteDateNotes();
        // A catalog is an answer too, where a missing mirror is not what was asked for or is to be ignored.
        var isNeeded = Question.NeedsMirror(Input);
        var mirror = isNeeded || Mirror is not null || File.Exists(Attempt(Location).Path) ? OpenMirrorIfAny(Prepare) : null;
        if (mirror is null && isNeeded) return;
        var progress = new QuestionProgress(MyInvocation.MyCommand.Name, WriteProgress);
        if (ShowsProgress) mirror?.Watch(progress.Tick);
        if (mirror is not null) Warn(mirror);
        if (PagingParameters is { } paging && paging.IncludeTotalCount)
            WriteObject(paging.NewTotalCount((ulong)Attempt(() => Question.CountOf(mirror!, Input)), accuracy: 1.0));
        WriteAll(() => Question.Ask(mirror!, Input), item =>
        {
            progress.Results++;
            return ToOutput(item);
        });
        progress.End();
    }

    /// <summary>What a field is asked for: what the pipeline bound to it and the command line gives it.</summary>
    private protected virtual IReadOnlyList<string>? TextsOf(QuestionField field) => Piped(field.Name) ?? OwnTexts(field);

    /// <summary>All that a parameter was given which binds from the pipeline, there and on the command line; null for nothing.</summary>
    private protected IReadOnlyList<string>? Piped(string parameter) => piped.GetValueOrDefault(parameter);

    /// <summary>Whether the command line gives a parameter; what the pipeline binds later does not count.</summary>
    private protected bool IsGiven(string parameter) => given.Contains(parameter);

    /// <summary>The parameters that the command line gives.</summary>
    private protected IReadOnlyCollection<string> Given => given;

    private void Warn(MirrorReader mirror)
    {
        if (IsVerbose && Attempt(() => Question.Describe(mirror, Input)) is { } description) WriteVerbose(description);
        // Once for a mirror and session: it is true of every question, and would hide the warnings about one.
        if (MirrorSession.IsFirstTime(mirror.Path))
        {
            foreach (var general in Attempt(() => new[] { OldReading.Warning(mirror), MirrorExposure.Warning(mirror.Path) }).OfType<string>())
                WriteWarning(general);
        }

        foreach (var warning in Attempt(() => Question.Warnings(mirror, Input).ToList())) WriteWarning(warning);
    }

    private QuestionInput Take()
    {
        var taken = new QuestionInput
        {
            Skip = PagingParameters.Skip(), First = PagingParameters.First(), Selectors = Selectors,
            // Once, also where the total count is asked for.
            Say = warning =>
            {
                if (said.Add(warning)) WriteWarning(warning);
            },
        };
        foreach (var field in Question.Fields)
        {
            if (field.IsSwitch) taken.Set(field.Name, ParameterValues.Switch(this, field.Name));
            else if (field.IsTime) taken.Set(field.Name, ParameterValues.Time(this, field.Name));
            else Take(field, taken);
        }

        return taken;
    }

    private void Take(QuestionField field, QuestionInput taken)
    {
        var texts = TextsOf(field);
        // A value that the pipeline brings is no typing error.
        var typed = IsGiven(field.Name) ? OwnTexts(field) : null;
        if (field.IsNumber)
        {
            taken.Set(field.Name, texts?.Select(ParameterValues.Number).ToList());
            texts = null;
        }

        taken.Set(field.Name, texts, typed);
    }

    /// <summary>What a parameter holds; null for nothing, and for All where that means any value.</summary>
    private IReadOnlyList<string>? OwnTexts(QuestionField field)
    {
        var texts = ParameterValues.Of(this, field.Name);
        return field.TakesAll ? AnyValue.Unless(texts) : texts;
    }
}
