using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>A question that is answered with records of a type.</summary>
/// <typeparam name="T">The records; object where a switch decides which.</typeparam>
/// <param name="cmdlet">The cmdlet that asks it.</param>
/// <param name="help">The question, as people ask it.</param>
internal sealed class RecordQuestion<T>(string cmdlet, string help) : Question(cmdlet, help)
    where T : class
{
    /// <summary>The records that answer. They are paged here unless <see cref="PagesItself"/>.</summary>
    public required Func<MirrorReader, QuestionInput, IEnumerable<T>> Run { get; init; }

    /// <summary>Whether <see cref="Run"/> heeds the page that is asked for.</summary>
    public bool PagesItself { get; init; }

    /// <summary>How many there are; null where only reading them all shows it.</summary>
    public Func<MirrorReader, QuestionInput, long>? Count { get; init; }

    /// <summary>The properties of a record, where the question decides them.</summary>
    public Func<T, QuestionInput, IReadOnlyList<KeyValuePair<string, object?>>>? Properties { get; init; }

    /// <summary>How it was understood, where that is more than its fields' values.</summary>
    public Func<MirrorReader, QuestionInput, string>? Description { get; init; }

    /// <summary>The type of the records, where a switch decides it.</summary>
    public Func<QuestionInput, Type> Record { get; init; } = _ => typeof(T);

    /// <inheritdoc/>
    public override Type RecordOf(QuestionInput input) => Record(input);

    /// <summary>The records of the page that is asked for.</summary>
    public IEnumerable<T> Ask(MirrorReader mirror, QuestionInput input) =>
        PagesItself ? Run(mirror, input) : Page(Run(mirror, input), input);

    /// <inheritdoc/>
    public override IEnumerable<object> Answer(MirrorReader mirror, QuestionInput input) => Ask(mirror, input);

    /// <inheritdoc/>
    public override long CountOf(MirrorReader mirror, QuestionInput input)
    {
        var all = input with { Skip = 0, First = null };
        return Count?.Invoke(mirror, all) ?? Run(mirror, all).LongCount();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, object?>>? PropertiesOf(object record, QuestionInput input) =>
        Properties?.Invoke((T)record, input);

    /// <inheritdoc/>
    public override string? Describe(MirrorReader mirror, QuestionInput input) =>
        Description?.Invoke(mirror, input) ?? QuestionText.Of(this, input);

    // Does not ask for a record beyond the last one.
    private static IEnumerable<T> Page(IEnumerable<T> records, QuestionInput input)
    {
        var (skip, left) = (input.Skip, input.First ?? long.MaxValue);
        if (left == 0) yield break;
        foreach (var record in records)
        {
            if (skip-- > 0) continue;
            yield return record;
            if (--left == 0) yield break;
        }
    }
}
