using System.Text;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>
/// Finds the requests that may wait for approval by indexes alone, without reading an event: those of which an event asks for an approval
/// and none ends the wait. What is found is to be reconstructed: an event that names no request may still end it.
/// </summary>
internal sealed class ApprovalCandidates
{
    private readonly MirrorReader mirror;
    private readonly EventRows rows;

    // What an activity means for a wait, by its row; those that mean nothing are left out.
    private readonly Dictionary<long, WaitEffect> effects = [];

    private readonly HashSet<long> begins;
    private readonly long latest, certain;

    private ApprovalCandidates(MirrorReader mirror, EventRows rows, DateTimeOffset? asOf)
    {
        (this.mirror, this.rows) = (mirror, rows);
        // Rowids are about the time: what is close to the time asked for counts as an ask and as nothing else.
        (latest, certain) = (RowOf(asOf, ActivityTime.SlackTicks), RowOf(asOf, -ActivityTime.SlackTicks));
        begins = [.. rows.Types(type => type.Effect == RequestEffect.Submit)];
        foreach (var effect in Enum.GetValues<WaitEffect>())
        {
            Read(rows.Types(type => EffectOf(type.Effect) == effect), effect, effect == WaitEffect.Asks ? latest : certain);
        }
    }

    private enum WaitEffect : byte
    {
        /// <summary>The state machine waits for approval only after one of these.</summary>
        Asks,

        /// <summary>It never waits again after one of these, whether it succeeded or failed.</summary>
        Ends,

        /// <summary>Nor after one of these that succeeded.</summary>
        EndsOnSuccess,
    }

    /// <summary>Ids of requests that events name.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Rows of events that ask for an approval and name no request.</summary>
    public List<long> Unlinked { get; private set; } = [];

    /// <summary>Finds them.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="asOf">Later events are left out; null for all.</param>
    public static ApprovalCandidates Find(MirrorReader mirror, DateTimeOffset? asOf)
    {
        using var rows = new EventRows(mirror);
        var found = new ApprovalCandidates(mirror, rows, asOf);
        found.ReadNamed();
        found.Unlinked = [.. found.effects.Where(pair => pair.Value == WaitEffect.Asks).Select(pair => pair.Key)];
        return found;
    }

    /// <summary>
    /// When the requests were made: rows of the events that did, by id; those of which none names the request are left out.
    /// </summary>
    public Dictionary<string, long> Begins()
    {
        var found = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        var row = mirror.Prepared("""
            SELECT e.activity, a.kind FROM entitlement_event e INDEXED BY entitlement_event_request CROSS JOIN activity a ON a.id = e.activity
            WHERE e.request = ?
            """);
        foreach (var request in Requests)
        {
            if (StoredId.ToCorrelation(request) is byte[] bytes) row.BindBlob(1, bytes);
            else row.BindString(1, request);
            while (mirror.Step(row))
            {
                if (row.Number(0) <= certain && begins.Contains(row.Number(1))) found.TryAdd(request, row.Number(0));
            }
        }

        return found;
    }

    private static WaitEffect? EffectOf(RequestEffect effect) => effect switch
    {
        RequestEffect.Ask or RequestEffect.AddApprover or RequestEffect.CompleteStage => WaitEffect.Asks,
        RequestEffect.Fulfill or RequestEffect.PartlyFulfill or RequestEffect.Fail or RequestEffect.Retry => WaitEffect.Ends,
        RequestEffect.Approve or RequestEffect.AutoApprove or RequestEffect.Deny or RequestEffect.TimeOut or RequestEffect.Cancel
            or RequestEffect.Schedule or RequestEffect.Ready or RequestEffect.Discard => WaitEffect.EndsOnSuccess,
        _ => null,
    };

    private static long RowOf(DateTimeOffset? time, long slack) =>
        time is { } value ? ActivityTime.ToRowId(Math.Clamp(value.UtcTicks, ActivityTime.MinTicks, ActivityTime.MaxTicks) + slack)
            : long.MaxValue;

    private void Read(List<long> types, WaitEffect effect, long until)
    {
        if (types.Count == 0) return;
        using var row = mirror.Prepare($"SELECT id FROM activity INDEXED BY activity_kind WHERE kind IN ({string.Join(',', types)}) AND id <= {until}");
        while (mirror.Step(row)) effects[row.Number(0)] = effect;
    }

    // Each request with what names it: the index has them side by side.
    private void ReadNamed()
    {
        var wait = new Wait();
        using var row = mirror.Prepare("SELECT request, activity FROM entitlement_event INDEXED BY entitlement_event_request WHERE request IS NOT NULL");
        while (mirror.Step(row))
        {
            var activity = row.Number(1);
            if (!effects.TryGetValue(activity, out var effect)) continue;
            if (!wait.Is(row.TextSpan(0)))
            {
                Take(wait);
                wait = wait.Next(row.TextSpan(0), row.IsBlob(0));
            }

            wait.Add(activity, effect);
            // What is left in the end asks without naming a request.
            if (effect == WaitEffect.Asks) effects.Remove(activity);
        }

        Take(wait);
    }

    private void Take(Wait wait)
    {
        if (wait.IsOpen && !wait.MayEnd.Exists(Succeeded)) Requests.Add(wait.RequestId);
    }

    private bool Succeeded(long activity)
    {
        var row = mirror.Prepared("SELECT result FROM activity WHERE id = ?").Bind(1, activity);
        if (!mirror.Step(row)) return false;
        var result = rows.Words.Term(row.Number(0));
        row.Reset();
        return !EntitlementEvent.IsFailure(result);
    }

    /// <summary>What the events that name one request do to its wait.</summary>
    private sealed class Wait
    {
        private byte[] id = [];
        private int length = -1;
        private bool isBlob, asked, ended;

        /// <summary>Whether it was asked for an approval, and nothing is sure to have ended that.</summary>
        public bool IsOpen => asked && !ended;

        /// <summary>Rows that ended it if they succeeded.</summary>
        public List<long> MayEnd { get; } = [];

        public string RequestId => isBlob && length == 16 ? new Guid(id.AsSpan(0, length), bigEndian: true).ToString()
            : TerminalText.Visible(Encoding.UTF8.GetString(id, 0, length));

        public bool Is(ReadOnlySpan<byte> stored) => length == stored.Length && stored.SequenceEqual(id.AsSpan(0, length));

        /// <summary>The same object for the next request: there are very many.</summary>
        public Wait Next(ReadOnlySpan<byte> stored, bool isBlob)
        {
            if (id.Length < stored.Length) id = new byte[stored.Length];
            stored.CopyTo(id);
            (length, this.isBlob, asked, ended) = (stored.Length, isBlob, false, false);
            MayEnd.Clear();
            return this;
        }

        public void Add(long activity, WaitEffect effect)
        {
            asked |= effect == WaitEffect.Asks;
            ended |= effect == WaitEffect.Ends;
            if (effect == WaitEffect.EndsOnSuccess) MayEnd.Add(activity);
        }
    }
}
