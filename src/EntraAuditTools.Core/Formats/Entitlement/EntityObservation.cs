using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Entitlement;

/// <summary>What one record tells of one entity, in the words of <see cref="FactNames"/>.</summary>
/// <param name="kind">Its kind.</param>
/// <param name="id">Its id: never empty.</param>
internal sealed class EntityObservation(EntityKind kind, string id)
{
    private readonly SortedList<string, Action<Utf8JsonWriter>> facts = new(StringComparer.Ordinal);

    public EntityKind Kind { get; } = kind;

    public string Id { get; } = id;

    /// <summary>Other entities that it names, each by the fact that does.</summary>
    public List<(string Fact, EntityKind Kind, string Id)> Links { get; } = [];

    /// <summary>Lists that the record tells, each with whether it is known to be all.</summary>
    public List<(EdgeRole Role, bool IsComplete)> Lists { get; } = [];

    /// <summary>Items of such lists: edges from this entity.</summary>
    public List<(EdgeRole Role, EntityKind Kind, string Id)> Edges { get; } = [];

    /// <summary>An edge to this entity, from the parent that a page's address or the admin named.</summary>
    public (EdgeRole Role, EntityKind Kind, string Id)? Parent { get; set; }

    /// <summary>Name of the parent where the admin gave no id; null otherwise. The importer looks it up.</summary>
    public string? ParentName { get; set; }

    /// <summary>What the record tells of entities inside it.</summary>
    public List<EntityObservation> Nested { get; } = [];

    /// <summary>Whether values were cut to type names by an export that was too shallow.</summary>
    public bool IsCut { get; set; }

    /// <summary>The last of the record's own dates, UTC ticks; 0 when it has none. The export was taken later.</summary>
    public long LatestDate { get; private set; }

    public bool HasFacts => facts.Count > 0;

    /// <summary>Adds a text, or null for one that is told to be empty.</summary>
    public EntityObservation Add(string fact, string? text)
    {
        facts[fact] = text == null ? json => json.WriteNullValue() : json => json.WriteStringValue(text);
        return this;
    }

    /// <inheritdoc cref="Add(string, string)"/>
    public EntityObservation Add(string fact, bool value)
    {
        facts[fact] = json => json.WriteBooleanValue(value);
        return this;
    }

    /// <summary>Adds a time in UTC ticks; 0 for one that is told to be empty.</summary>
    public EntityObservation AddTime(string fact, long utcTicks)
    {
        if (fact is FactNames.Created or FactNames.Modified or FactNames.Completed or FactNames.Expired or FactNames.Start) Dated(utcTicks);
        return Add(fact, utcTicks == 0 ? null : new DateTime(utcTicks, DateTimeKind.Utc).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Takes note of a time at which something happened to the entity; dates to come say nothing of the export.</summary>
    public void Dated(long utcTicks)
    {
        if (utcTicks > LatestDate && utcTicks <= DateTime.UtcNow.Ticks) LatestDate = utcTicks;
    }

    /// <summary>Adds a value of several parts.</summary>
    public EntityObservation Add(string fact, Action<Utf8JsonWriter> write)
    {
        facts[fact] = write;
        return this;
    }

    /// <summary>Adds a link; one without id says nothing.</summary>
    public EntityObservation AddLink(string fact, EntityKind kind, string? id)
    {
        if (string.IsNullOrEmpty(id)) return this;
        Links.Add((fact, kind, id));
        return Add(fact, id);
    }

    /// <summary>The facts as JSON, sorted by name, so that equal facts are equal bytes.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, RecordJson.WriterOptions))
        {
            json.WriteStartObject();
            foreach (var (name, write) in facts)
            {
                json.WritePropertyName(name);
                write(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
