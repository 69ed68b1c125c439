using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>Makes events of rows. All comes from indexes and columns; originals stay closed.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
internal sealed class EventRows(MirrorReader mirror) : IDisposable
{
    /// <summary>Columns of whole events, of <c>entitlement_event e</c> with its <c>activity a</c>; for <see cref="Event"/>.</summary>
    public const string EventColumns =
        "e.activity, a.drift, a.kind, a.result, a.actor, a.tenant, a.correlation, a.record_id, a.block, e.targets, e.request, "
        + "e.assignment, e.justification, e.reason";

    /// <summary>Columns of <see cref="Preview"/>.</summary>
    public const string PreviewColumns = "activity, targets, person, assignment";

    private const string EntitlementManagement = "ENTITLEMENT MANAGEMENT", AccessReviews = "ACCESS REVIEWS";

    private readonly ActivityDimensions words = new(mirror);
    private readonly Dictionary<long, RequestActivity?> meanings = [];
    private readonly Dictionary<Guid, string> ids = [];

    /// <summary>Words behind numbers.</summary>
    public ActivityDimensions Words => words;

    /// <summary>Numbers of the activity types that mean something for requests.</summary>
    /// <param name="where">Which.</param>
    public List<long> Types(Func<RequestActivity, bool> where) =>
        [.. words.ActivityTypes.Where(type => RequestActivities.Find(type.Value.Activity) is { } known && where(known))
            .Select(type => type.Key)];

    /// <summary>
    /// Numbers of activity types of the services that log requests, of which an event is never linked to one by person, package and time.
    /// </summary>
    public List<long> TypesWithoutPerson() => [.. words.ActivityTypes
        .Where(type => ServiceAliases.ServiceKey(type.Value.Service) is EntitlementManagement or AccessReviews
            && !(RequestActivities.Find(type.Value.Activity) is { } known && EntitlementEvent.LinksByPerson(known)))
            .Select(type => type.Key)];

    /// <summary>Row of the activity.</summary>
    public static long Row(sqlite3_stmt row) => raw.sqlite3_column_int64(row, 0);

    /// <summary>When the event of a row was, UTC ticks.</summary>
    public static long Ticks(sqlite3_stmt row) => ActivityTime.ToTicks(Row(row), raw.sqlite3_column_int64(row, 1));

    /// <summary>The event of a row.</summary>
    public EntitlementEvent Event(sqlite3_stmt row)
    {
        var typeId = raw.sqlite3_column_int64(row, 2);
        var type = words.ActivityType(typeId);
        if (!meanings.TryGetValue(typeId, out var meaning)) meanings.Add(typeId, meaning = RequestActivities.Find(type.Activity));
        return new EntitlementEvent
        {
            Row = Row(row),
            Ticks = Ticks(row),
            ActivityType = type,
            Meaning = meaning,
            IsReview = ServiceAliases.ServiceKey(type.Service) == AccessReviews,
            Result = words.Term(raw.sqlite3_column_int64(row, 3)),
            Actor = words.Identity(raw.sqlite3_column_int64(row, 4)),
            TenantId = words.Term(raw.sqlite3_column_int64(row, 5)),
            CorrelationId = TerminalText.Visible(Id(row, 6)),
            StoredRecordId = RawColumn.Text(row, 7),
            Block = raw.sqlite3_column_int64(row, 8),
            Targets = Array.ConvertAll(Numbers(raw.sqlite3_column_blob(row, 9)), words.Identity),
            RequestId = TerminalText.Visible(Id(row, 10)),
            AssignmentId = TerminalText.Visible(Id(row, 11)),
            Justification = TerminalText.Visible(RawColumn.Text(row, 12)),
            Reason = TerminalText.Visible(RawColumn.Text(row, 13)),
        };
    }

    /// <summary>The preview of a row that names any of some identities; null for another.</summary>
    public static EventPreview? Preview(Statement row, IReadOnlySet<long> identities)
    {
        var targets = row.TextSpan(1);
        var person = row.Number(2);
        if (!(person != 0 && identities.Contains(person)) && !Names(targets, identities)) return null;
        var numbers = Numbers(targets);
        return new(row.Number(0), !row.IsNull(3), person == 0 ? numbers : [.. numbers, person]);
    }

    /// <inheritdoc/>
    public void Dispose() => words.Dispose();

    // Many events share each.
    private string? Id(sqlite3_stmt row, int column)
    {
        if (raw.sqlite3_column_type(row, column) != raw.SQLITE_BLOB || raw.sqlite3_column_blob(row, column) is not { Length: 16 } bytes)
            return RawColumn.Id(row, column);
        var id = new Guid(bytes, bigEndian: true);
        if (!ids.TryGetValue(id, out var text)) ids.Add(id, text = id.ToString());
        return text;
    }

    private static bool Names(ReadOnlySpan<byte> list, IReadOnlySet<long> identities)
    {
        for (var at = 1; at < list.Length;)
        {
            if (identities.Contains(Next(list, ref at))) return true;
        }

        return false;
    }

    private static long[] Numbers(ReadOnlySpan<byte> list)
    {
        if (list.Length <= 2) return [];
        var numbers = new long[list.Count((byte)',') + 1];
        var (at, count) = (1, 0);
        while (count < numbers.Length) numbers[count++] = Next(list, ref at);
        return numbers;
    }

    // "[12,345]": the number that begins here, and where the next begins.
    private static long Next(ReadOnlySpan<byte> list, ref int at)
    {
        long number = 0;
        while (at < list.Length && list[at] is >= (byte)'0' and <= (byte)'9' and var digit)
        {
            number = (number * 10) + (digit - '0');
            at++;
        }

        at++;
        return number;
    }
}
