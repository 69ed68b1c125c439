using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>
/// A question, declared once for the cmdlet and for the program: what it is called, what it can be asked for, what it warns of and what
/// answers it. A cmdlet adds parameters of the fields' names, and what PowerShell's pipeline is about; the program needs nothing more.
/// </summary>
internal abstract class Question
{
    /// <summary>Declares one.</summary>
    /// <param name="cmdlet">The cmdlet that asks it.</param>
    /// <param name="help">The question, as people ask it.</param>
    private protected Question(string cmdlet, string help)
    {
        Cmdlet = cmdlet;
        Help = help;
    }

    /// <summary>The cmdlet that asks it.</summary>
    public string Cmdlet { get; }

    /// <summary>What the program calls it.</summary>
    public string Name => Caller.CommandOf(Cmdlet);

    /// <summary>The question, as people ask it.</summary>
    public string Help { get; }

    /// <summary>What is asked for, at the beginning of a sentence: "Connected organizations".</summary>
    public required string What { get; init; }

    /// <summary>What it can be asked for.</summary>
    public required IReadOnlyList<QuestionField> Fields { get; init; }

    /// <summary>Lines to type in a shell, the first word of each an option: what the sample tenant answers.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>The logs that the answer comes from, whose coverage of the time matters; none for objects.</summary>
    public Func<QuestionInput, IReadOnlyList<string>> Logs { get; init; } = _ => [];

    /// <summary>The time that it is asked about.</summary>
    public Func<QuestionInput, TimeWindow> Window { get; init; } = Asked;

    /// <summary>Checks what no field alone can: throws <see cref="AuditToolException"/>.</summary>
    public Action<QuestionInput> Check { get; init; } = _ => { };

    /// <summary>What else to warn of, a sentence each.</summary>
    public Func<MirrorReader, QuestionInput, IEnumerable<string>> Cautions { get; init; } = (_, _) => [];

    /// <summary>What else to say of how it was understood, for -Verbose.</summary>
    public Func<QuestionInput, IEnumerable<string>> Notes { get; init; } = _ => [];

    /// <summary>Whether it is answered by the mirror alone; else there is an answer without one too.</summary>
    public Func<QuestionInput, bool> NeedsMirror { get; init; } = _ => true;

    /// <summary>
    /// Whether, of a mirror whose logs are asked on its server, a copy without them is enough: all that it reads of the logs, it reads as
    /// <see cref="MirrorReader.LogRows(Mirror.Sql.SqlText)"/> does.
    /// </summary>
    public Func<QuestionInput, bool> AsksLogsThere { get; init; } = _ => false;

    /// <summary>Whether it is about the file itself, which is not opened then (<see cref="QuestionInput.Location"/>).</summary>
    public bool IsOfFile { get; init; }

    /// <summary>How many rows a table shows when nobody says; null for all, of lists that stay short.</summary>
    public int? TableRows { get; init; }

    /// <summary>The name of the view that shows the answer, where the records have one of their own for it; null for theirs.</summary>
    public Func<QuestionInput, string?> View { get; init; } = _ => null;

    /// <summary>The type of the records that answer.</summary>
    public abstract Type RecordOf(QuestionInput input);

    /// <summary>The records, read as they are asked for; <see cref="QuestionInput.Skip"/> and First are heeded.</summary>
    public abstract IEnumerable<object> Answer(MirrorReader mirror, QuestionInput input);

    /// <summary>How many records there are, leaving <see cref="QuestionInput.Skip"/> and First aside.</summary>
    public abstract long CountOf(MirrorReader mirror, QuestionInput input);

    /// <summary>The properties of a record, where the question decides them; null where the record's type does.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, object?>>? PropertiesOf(object record, QuestionInput input);

    /// <summary>The names of those properties; null where the record's type has them.</summary>
    public Func<QuestionInput, IReadOnlyList<string>?> PropertyNames { get; init; } = _ => null;

    /// <summary>What is done to the mirror at a path before it is read; null for nothing.</summary>
    public Action<string, QuestionInput, Action<ImportProgress>?, CancellationToken>? Beforehand { get; init; }

    /// <summary>The field of a name; null when it has none.</summary>
    public QuestionField? Field(string name) =>
        Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Checks what is asked, before the mirror is opened.</summary>
    /// <exception cref="AuditToolException">It contradicts itself, or makes no sense.</exception>
    public void Prepare(QuestionInput input)
    {
        if (Field("Last") != null) input.Window = Window(input);
        Check(input);
    }

    /// <summary>The time that After, Before and Last ask for.</summary>
    public static TimeWindow Asked(QuestionInput input) =>
        TimeWindow.From(input.Time("After"), input.Time("Before"), input.Text("Last"), input.Now);

    /// <summary>What to warn of before the answer, a sentence each.</summary>
    /// <exception cref="AuditToolException">The question must not be answered: coverage is missing that was required.</exception>
    public IEnumerable<string> Warnings(MirrorReader mirror, QuestionInput input)
    {
        var asked = Fields.Where(field => field.Noun != null)
            .Select(field => new AskedValue(field.Noun!, field.Held!, input.Typed(field.Name)));
        foreach (var unseen in UnseenValueQuery.Run(mirror, asked)) yield return unseen;
        var logs = Logs(input);
        if (Field("Tenant") != null && TenantScope.Warning(mirror, input.Texts("Tenant"), logs) is { } left) yield return left;
        if (Field("RequireCoverage") != null)
        {
            foreach (var gap in CoverageCheck.Warnings(mirror, input.Window, logs, input.Has("RequireCoverage"), input.Now)) yield return gap;
        }

        if (Field("AsOf") != null && KnownSince.Warning(mirror, input.Time("AsOf")) is { } early) yield return early;
        if (input.Has("ShowSecret") && MaskedWarning.Of(mirror) is { } masked) yield return masked;
        foreach (var caution in Cautions(mirror, input)) yield return caution;
    }

    /// <summary>How the question was understood, in a sentence; null when there is nothing to say.</summary>
    public abstract string? Describe(MirrorReader mirror, QuestionInput input);
}
