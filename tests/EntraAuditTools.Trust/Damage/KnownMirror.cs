using EntraAuditTools.Core.Tests.Fuzzing;
using EntraAuditTools.SampleTenant;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Damage;

/// <summary>The mirror of a sample tenant and what it answers, made once for all rounds.</summary>
/// <param name="Path">The mirror.</param>
/// <param name="Answers">What each question answers.</param>
internal sealed record KnownMirror(string Path, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>What names the mirror's own path and size, or says how long something waits by now.</summary>
    private static readonly HashSet<string> NotCompared = ["mirror", "requests", "requests of a user"];

    private static readonly object Gate = new();
    private static readonly Dictionary<string, KnownMirror> Made = [];

    /// <summary>That of a campaign.</summary>
    public static KnownMirror Of(Round round)
    {
        lock (Gate)
        {
            if (!Made.TryGetValue(round.SharedFolder, out var known)) Made.Add(round.SharedFolder, known = Make(round.SharedFolder));
            return known;
        }
    }

    /// <summary>A copy for a round, at the place where the mirror answered: answers name it.</summary>
    public string Copy(Round round)
    {
        var copy = round.PathOf("mirror.db");
        File.Copy(Path, copy);
        return copy;
    }

    /// <summary>The answers of a mirror, as far as they are the same at any time and place.</summary>
    public static IEnumerable<(string Question, string? Answer, Exception? Failure)> Ask(string path) =>
        Questions.Answers(path).Select(answer => (answer.Question, NotCompared.Contains(answer.Question) ? string.Empty : answer.Answer, answer.Failure));

    private static KnownMirror Make(string folder)
    {
        var exports = System.IO.Path.Combine(folder, "exports");
        SampleTenantWriter.WriteAll(exports, new SampleTenantOptions { AuditRecords = 300 });
        var path = System.IO.Path.Combine(folder, "known.db");
        Undisturbed.Import(path, new(Directory.GetDirectories(exports).Order(StringComparer.Ordinal).ToArray()));
        var answers = Ask(path).ToDictionary(answer => answer.Question,
            answer => answer.Answer ?? throw new InvalidOperationException($"{answer.Question} is not answered", answer.Failure));
        return new(path, answers);
    }
}
