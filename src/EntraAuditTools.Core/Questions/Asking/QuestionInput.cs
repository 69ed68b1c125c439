using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>What somebody asks a question for: the values of its fields, by their names, and the page that is wanted.</summary>
internal sealed record QuestionInput
{
    private readonly Dictionary<string, IReadOnlyList<string>> texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>> typed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<long>> numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> times = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> switches = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The time of asking.</summary>
    public DateTimeOffset Now { get; } = DateTimeOffset.Now;

    /// <summary>Where the mirror is, for questions about it; null where a mirror that is open is asked.</summary>
    public MirrorLocation? Location { get; init; }

    /// <summary>How many of the first to leave out.</summary>
    public long Skip { get; init; }

    /// <summary>How many to return at most; null for all.</summary>
    public long? First { get; init; }

    /// <summary>Users, packages and ids to ask about; null for everything.</summary>
    public IReadOnlyList<EntitlementSelector>? Selectors { get; set; }

    /// <summary>The time asked for, as After, Before and Last say it; set when the question is prepared.</summary>
    public TimeWindow Window { get; set; }

    /// <summary>Takes what is to be warned of while the question is answered; null for nobody.</summary>
    public Action<string>? Say { get; set; }

    /// <summary>Whether all that is asked about is named by the ids of assignments or requests.</summary>
    public bool IsById =>
        Selectors is { Count: > 0 } all && all.All(selector => selector.AssignmentId is not null || selector.RequestId is not null);

    /// <summary>The texts of a field; null when it is not asked for.</summary>
    public IReadOnlyList<string>? Texts(string name) => texts.GetValueOrDefault(name);

    /// <summary>Those of them that were typed, in which a value that the mirror does not know may be a mistake; null for none.</summary>
    public IReadOnlyList<string>? Typed(string name) => typed.GetValueOrDefault(name);

    /// <summary>The one text of a field; null when it is not asked for.</summary>
    public string? Text(string name) => Texts(name)?[0];

    /// <summary>The numbers of a field; null when it is not asked for.</summary>
    public IReadOnlyList<long>? Numbers(string name) => numbers.GetValueOrDefault(name);

    /// <summary>The point in time of a field; null when it is not asked for.</summary>
    public DateTimeOffset? Time(string name) => times.TryGetValue(name, out var time) ? time : null;

    /// <summary>Whether a switch is there.</summary>
    public bool Has(string name) => switches.Contains(name);

    /// <summary>Sets the texts of a field, and those that were typed.</summary>
    public void Set(string name, IReadOnlyList<string>? values, IReadOnlyList<string>? asTyped)
    {
        Set(texts, name, values);
        Set(typed, name, asTyped);
    }

    /// <summary>Sets the numbers of a field.</summary>
    public void Set(string name, IReadOnlyList<long>? values) => Set(numbers, name, values);

    /// <summary>Sets the time of a field.</summary>
    public void Set(string name, DateTimeOffset? time)
    {
        if (time is { } value) times[name] = value;
        else times.Remove(name);
    }

    /// <summary>Sets a switch.</summary>
    public void Set(string name, bool isThere)
    {
        if (isThere) switches.Add(name);
        else switches.Remove(name);
    }

    private static void Set<T>(Dictionary<string, IReadOnlyList<T>> all, string name, IReadOnlyList<T>? values)
    {
        if (values is { Count: > 0 }) all[name] = values;
        else all.Remove(name);
    }
}
