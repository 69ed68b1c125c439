using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// What a source that was read proves or leaves open. Kept with its import, so that coverage follows from what the mirror holds: a file
/// that is known already counts like one that is read, also after an import that was killed between two pages.
/// </summary>
internal sealed record SourceFacts
{
    /// <summary>The kinds that were taken in.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Tenant as the mirror's number; 0 when no record names one.</summary>
    public int Tenant { get; init; }

    /// <summary>Records that were taken in.</summary>
    public long Accepted { get; init; }

    /// <summary>Records that were rejected.</summary>
    public long Rejected { get; init; }

    /// <summary>Time of the earliest record in UTC ticks; later than <see cref="LastTicks"/> when there is none.</summary>
    public long FirstTicks { get; init; } = long.MaxValue;

    /// <summary>Time of the latest record in UTC ticks.</summary>
    public long LastTicks { get; init; } = long.MinValue;

    /// <summary>Whether its end was not seen: it is cut off, damaged, or could not be read on.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>Whether it holds as many records as downloads are cut off at.</summary>
    public bool IsAtCap { get; init; }

    /// <summary>Whether parts of the answers in it failed, or were not all there is.</summary>
    public bool IsMissingAnswers { get; init; }

    /// <summary>Pages in it.</summary>
    public long Pages { get; init; }

    /// <summary>Pages of them with a link to the next.</summary>
    public long Links { get; init; }

    /// <summary>Whether the last page has a link to a next.</summary>
    public bool EndsWithLink { get; init; }

    /// <summary>Whether a link says that the pages were filtered.</summary>
    public bool IsFiltered { get; init; }

    /// <summary>The log that all pages are of; null when they are of none or of several.</summary>
    public string? PageLog { get; init; }

    /// <summary>Id of the error that the source ended with; null when there was none.</summary>
    public string? Failure { get; init; }

    /// <summary>What was kept with an import.</summary>
    /// <exception cref="AuditToolException">MirrorDamaged: they are no facts any more.</exception>
    public static SourceFacts Read(string stored, string mirrorPath)
    {
        try
        {
            return JsonSerializer.Deserialize<SourceFacts>(stored) ?? throw MirrorErrors.Damaged(mirrorPath, new InvalidDataException());
        }
        catch (JsonException e)
        {
            throw MirrorErrors.Damaged(mirrorPath, e);
        }
    }

    /// <summary>What is known of a source after it was read.</summary>
    public static SourceFacts Of(ImportStatistics statistics, PageSet pages, string? failure) => new()
    {
        Kinds = statistics.Kinds,
        Tenant = statistics.Tenant,
        Accepted = statistics.Accepted,
        Rejected = statistics.Rejected,
        FirstTicks = statistics.FirstTicks,
        LastTicks = statistics.LastTicks,
        IsOpenEnded = statistics.IsOpenEnded || failure != null,
        IsAtCap = statistics.IsAtCap,
        IsMissingAnswers = statistics.IsMissingAnswers,
        Pages = pages.Count,
        Links = pages.Linked,
        // Parts of a $batch are no chain: what is left of them is noted with the source itself.
        EndsWithLink = pages is { IsLastLinked: true, IsLastPart: false },
        IsFiltered = pages.IsFiltered,
        PageLog = pages.Count == 0 ? null : LogTable.All.FirstOrDefault(log => pages.AreAllOf("#" + log.Collection))?.Kind,
        Failure = failure,
    };
}
