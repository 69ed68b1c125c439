using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>What one record says about one entity, in the names of <see cref="FactNames"/>.</summary>
/// <param name="kind">Its kind.</param>
/// <param name="id">Its id: never empty.</param>
internal sealed class EntityObservation(EntityKind kind, string id)
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? writing;

    private readonly List<Fact> facts = new(12);
    private bool isSorted = true;

    private readonly record struct Fact(string Name, string? Text, Action<Utf8JsonWriter>? Write)
    {
        // Marks of texts that are booleans: compared by reference.
        public static readonly string True = new("true");
        public static readonly string False = new("false");

        public bool IsText => !ReferenceEquals(Text, True) && !ReferenceEquals(Text, False);
    }

    public EntityKind Kind { get; } = kind;

    public string Id { get; } = id;

    /// <summary>Other entities that it names, each by the fact that does.</summary>
    public List<(string Fact, EntityKind Kind, string Id)> Links { get; } = [];

    /// <summary>Lists that the record contains, each with whether it is known to be complete.</summary>
    public List<(EdgeRole Role, bool IsComplete)> Lists { get; } = [];

    /// <summary>
    /// Items of such lists: edges from this entity. One without its list says that it is among them, and nothing of the others.
    /// </summary>
    public List<(EdgeRole Role, EntityKind Kind, string Id)> Edges { get; } = [];

    /// <summary>An edge to this entity, from the parent that a page's address or the admin named.</summary>
    public (EdgeRole Role, EntityKind Kind, string Id)? Parent { get; set; }

    /// <summary>To what all records of the page belong, by its address or the admin: a complete export is complete for that. Null for all
    /// of the kind.</summary>
    public (EntityKind Kind, string Id)? Scope { get; set; }

    /// <summary>A parent of which the admin gave the name and no id; null when there is none. The importer looks it up.</summary>
    public NamedParent? NamedParent { get; set; }

    /// <summary>Name of that parent; null when there is none.</summary>
    public string? ParentName => NamedParent?.Name;

    /// <summary>What the record says about entities inside it.</summary>
    public List<EntityObservation> Nested { get; } = [];

    /// <summary>Whether values were cut to type names by an export that was too shallow, here or in what is nested.</summary>
    public bool IsCut { get; set; }

    /// <summary>The last of the record's own dates, UTC ticks; 0 when it has none. The export was taken later.</summary>
    public long LatestDate { get; private set; }

    public bool HasFacts => facts.Count > 0;

    /// <summary>Whether a fact is given.</summary>
    public bool Has(string fact) => facts.Exists(known => known.Name == fact);

    /// <summary>A fact that is a text; null when it is not given, empty or no text.</summary>
    public string? Text(string fact)
    {
        foreach (var known in facts)
        {
            if (known.Name == fact) return known.IsText ? known.Text : null;
        }

        return null;
    }

    /// <summary>Whether a fact is given as true.</summary>
    public bool IsTrue(string fact)
    {
        foreach (var known in facts)
        {
            if (known.Name == fact) return ReferenceEquals(known.Text, Fact.True);
        }

        return false;
    }

    /// <summary>Whether it says nothing but that there is such an entity.</summary>
    public bool IsBare => facts.Count == 0 && Lists.Count == 0 && Edges.Count == 0 && Parent == null && NamedParent == null;

    /// <summary>Adds a text, or null for one that is given as empty.</summary>
    public EntityObservation Add(string fact, string? text) => Set(new(fact, text, null));

    /// <inheritdoc cref="Add(string, string)"/>
    public EntityObservation Add(string fact, bool value) => Set(new(fact, value ? Fact.True : Fact.False, null));

    /// <summary>Adds a time in UTC ticks; 0 for one that is given as empty.</summary>
    public EntityObservation AddTime(string fact, long utcTicks)
    {
        if (fact is FactNames.Created or FactNames.Modified or FactNames.Completed or FactNames.Expired or FactNames.Start) Dated(utcTicks);
        return Add(fact, utcTicks == 0 ? null : TimeText(utcTicks));
    }

    /// <summary>A time as facts have it.</summary>
    public static string TimeText(long utcTicks) => new DateTime(utcTicks, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Takes note of a time at which something happened to the entity; dates to come say nothing of the export.</summary>
    public void Dated(long utcTicks)
    {
        if (utcTicks > LatestDate && utcTicks <= ImportClock.Now.Ticks) LatestDate = utcTicks;
    }

    /// <summary>Adds a value of several parts.</summary>
    public EntityObservation Add(string fact, Action<Utf8JsonWriter> write) => Set(new(fact, null, write));

    /// <summary>Adds a link; one without id says nothing.</summary>
    public EntityObservation AddLink(string fact, EntityKind kind, string? id)
    {
        if (string.IsNullOrEmpty(id)) return this;
        Links.Add((fact, kind, id));
        return Add(fact, id);
    }

    /// <summary>Id of the entity that a fact links to; null when it is not given.</summary>
    public string? Link(string fact)
    {
        foreach (var link in Links)
        {
            if (link.Fact == fact) return link.Id;
        }

        return null;
    }

    /// <summary>Adds an observation of an entity inside; null, and one without facts, is left out.</summary>
    public void AddNested(EntityObservation? nested)
    {
        if (nested == null) return;
        if (nested.IsCut) IsCut = true;
        if (!nested.IsBare || nested.Nested.Count > 0) Nested.Add(nested);
    }

    /// <summary>
    /// The facts as JSON, sorted by name, so that equal facts are equal bytes. Until the next call on this thread, of any observation.
    /// </summary>
    public ReadOnlySpan<byte> ToJson()
    {
        if (!isSorted) Sort();
        writing ??= NewWriter();
        var (buffer, json) = writing.Value;
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        foreach (var (name, text, write) in facts)
        {
            json.WritePropertyName(name);
            if (write != null) write(json);
            else if (ReferenceEquals(text, Fact.True)) json.WriteBooleanValue(true);
            else if (ReferenceEquals(text, Fact.False)) json.WriteBooleanValue(false);
            else json.WriteStringValue(text);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    // By hand: of a dozen facts, most of them in order, the general way takes longer to begin than to sort.
    private void Sort()
    {
        var all = CollectionsMarshal.AsSpan(facts);
        for (var i = 1; i < all.Length; i++)
        {
            var fact = all[i];
            var at = i;
            for (; at > 0 && string.CompareOrdinal(all[at - 1].Name, fact.Name) > 0; at--) all[at] = all[at - 1];
            all[at] = fact;
        }

        isSorted = true;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, RecordJson.WriterOptions));
    }

    private EntityObservation Set(in Fact fact)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Name != fact.Name) continue;
            facts[i] = fact;
            return this;
        }

        facts.Add(fact);
        isSorted = false;
        return this;
    }
}
