using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Damage;

/// <summary>What a mirror that was changed may do: answer as before, refuse with an error for people, or be found by its check.</summary>
internal static class AnswerComparison
{
    /// <summary>Asks everything, and runs the check.</summary>
    /// <returns>Whether the check found something.</returns>
    public static bool Run(Round round, KnownMirror known, string path, string what)
    {
        var different = new List<string>();
        try
        {
            foreach (var (question, answer, failure) in KnownMirror.Ask(path))
            {
                round.Cancel.ThrowIfCancellationRequested();
                if (failure is AuditToolException) round.Count("questions refused");
                else if (failure != null) round.Fail($"{what}: {question} ends with {failure.GetType().Name}: {failure.Message}\n{failure.StackTrace}");
                else if (answer != known.Answers.GetValueOrDefault(question)) different.Add(question);
                else round.Count("questions answered as before");
            }
        }
        catch (AuditToolException)
        {
            round.Count("mirrors refused");
        }

        var isFound = IsFound(round, path, what);
        if (isFound) round.Count("found by the check");
        round.Count("questions answered otherwise", different.Count);
        if (different.Count > 0 && !isFound)
            round.Fail($"{what}: answered otherwise, and the check passes: {string.Join(", ", different)}");
        return isFound;
    }

    private static bool IsFound(Round round, string path, string what)
    {
        try
        {
            return MirrorCheck.Run(path, new(), _ => { }, round.Cancel).Problems.Count > 0;
        }
        catch (AuditToolException)
        {
            // It is no mirror any more.
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            round.Fail($"{what}: the check ends with {e.GetType().Name}: {e.Message}\n{e.StackTrace}");
            return true;
        }
    }
}
