using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>Who has requests for which package, and since when an event can be of one of them.</summary>
internal sealed class PersonPackages(People people)
{
    // UTC ticks, by person and package; without a package: for any.
    private readonly Dictionary<(string Person, string? Package), long> pairs = [];
    private readonly Dictionary<string, long> persons = [];

    /// <summary>Since when an event can be of any, UTC ticks; null when there are none.</summary>
    public long? Earliest { get; private set; }

    /// <summary>Adds the events of one request, of which one may name the person and another the package.</summary>
    /// <param name="request">The events.</param>
    /// <param name="since">Since when an event can be of it, UTC ticks.</param>
    public void Add(IReadOnlyCollection<EntitlementEvent> request, long since)
    {
        if (!(Earliest <= since)) Earliest = since;
        var (keys, packages) = (new HashSet<string>(), new HashSet<string>());
        foreach (var e in request)
        {
            foreach (var person in e.Subjects())
            {
                if (people.Key(person) is { } key) keys.Add(key);
            }

            if (e.PackageId is { } package) packages.Add(package.ToLowerInvariant());
        }

        foreach (var person in keys)
        {
            Keep(persons, person, since);
            if (packages.Count == 0) Keep(pairs, (person, null), since);
            foreach (var package in packages) Keep(pairs, (person, package), since);
        }
    }

    /// <summary>Whether an event can be about one of them: it names person and package, or the person and no package.</summary>
    public bool CanBeAbout(EventPreview preview, ActivityDimensions words)
    {
        var named = Array.ConvertAll(preview.Identities, words.Identity);
        // The row gives the time, roughly.
        return CanBeAbout(named,
            named.Where(n => n.Type is { } type && Utf8.Is(type, "AccessPackage")).Select(n => n.ObjectId).OfType<string>(),
            ActivityTime.ToTicks(preview.Row, -ActivityTime.SlackTicks));
    }

    /// <inheritdoc cref="CanBeAbout(EventPreview, ActivityDimensions)"/>
    public bool CanBeAbout(EntitlementEvent read) =>
        CanBeAbout(read.Subjects(), read.PackageId is { } package ? [package] : [], read.Ticks);

    private bool CanBeAbout(IReadOnlyList<IdentityText> named, IEnumerable<string> packages, long ticks)
    {
        foreach (var identity in named)
        {
            if (people.Key(identity) is not { } key || !(persons.TryGetValue(key, out var since) && since <= ticks)) continue;
            if (Has((key, null), ticks)) return true;
            var any = false;
            foreach (var package in packages)
            {
                if (Has((key, package.ToLowerInvariant()), ticks)) return true;
                any = true;
            }

            if (!any) return true;
        }

        return false;
    }

    private bool Has((string, string?) pair, long ticks) => pairs.TryGetValue(pair, out var since) && since <= ticks;

    private static void Keep<TKey>(Dictionary<TKey, long> times, TKey key, long since)
        where TKey : notnull
    {
        if (!times.TryGetValue(key, out var known) || since < known) times[key] = since;
    }
}
