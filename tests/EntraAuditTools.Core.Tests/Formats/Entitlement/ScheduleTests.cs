using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>When assignments and requests end, in every spelling of a schedule.</summary>
public sealed class ScheduleTests
{
    /// <summary>A schedule, and the type, end and duration that it means; null where it says nothing.</summary>
    public static TheoryData<string, string?, string?, string?> Schedules => new()
    {
        // v1.0 and beta.
        { """{"startDateTime":"2026-03-24T18:09:55Z","expiration":{"type":"afterDateTime","endDateTime":"2026-12-25T03:59:59Z","duration":null}}""", "afterDateTime", "2026-12-25T03:59:59.0000000Z", null },
        { """{"startDateTime":"2026-03-24T18:09:55Z","expiration":{"type":"noExpiration","endDateTime":null,"duration":null}}""", "noExpiration", null, null },
        { """{"startDateTime":null,"recurrence":null,"expiration":null}""", null, null, null },
        // The portal's own API.
        { """{"duration":"","startDateTime":"2026-03-24T18:09:55Z","stopDateTime":"2026-12-25T03:59:59Z"}""", "afterDateTime",
            "2026-12-25T03:59:59.0000000Z", null },
        { """{"duration":"","startDateTime":"2026-03-24T18:09:55Z","stopDateTime":null}""", "noExpiration", null, null },
        { """{"duration":"P30D","startDateTime":"2026-03-24T18:09:55Z","stopDateTime":null}""", "afterDuration", null, "P30D" },
        { """{"startDateTime":"2026-03-24T18:09:55Z","stopDateTime":"9999-12-31T23:59:59.9999999Z"}""", "noExpiration", null, null },
        { """{"StartDateTime":"\/Date(1774375795000)\/","StopDateTime":"\/Date(1798171199000)\/"}""", "afterDateTime", "2026-12-25T03:59:59.0000000Z", null },
        // Others.
        { """{"startDateTime":"2026-03-24T18:09:55Z","endDateTime":"2026-12-25T03:59:59Z"}""", "afterDateTime", "2026-12-25T03:59:59.0000000Z", null },
        { """{"startDateTime":"2026-03-24T18:09:55Z","recurrence":{"pattern":{"type":"absoluteMonthly"},"range":{"type":"endDate","startDate":"2026-03-24","endDate":"2026-12-25"}}}""", "afterDateTime", "2026-12-25T00:00:00.0000000Z", null },
        { """{"startDateTime":"2026-03-24T18:09:55Z","recurrence":{"pattern":null,"range":{"type":"noEnd","startDate":"2026-03-24","endDate":"0001-01-01"}}}""", null, null, null },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_says_when_it_ends(string schedule, string? type, string? end, string? duration)
    {
        using var record = JsonDocument.Parse($$"""{"id":"a1","assignmentState":"Delivered","schedule":{{schedule}}}""");
        var read = EntitlementNormalizer.Read(record.RootElement, EntityKind.Assignment, RecordShape.GraphEntitlement, EntitlementHints.None)!;
        using var facts = JsonDocument.Parse(Encoding.UTF8.GetString(read.ToJson()));
        string? Fact(string name) => facts.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        Assert.Equal((type, end, duration), (Fact(FactNames.ExpirationType), Fact(FactNames.ExpirationEnd), Fact(FactNames.ExpirationDuration)));
    }
}
