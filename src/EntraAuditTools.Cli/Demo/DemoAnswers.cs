using System.CommandLine;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Cli.Questions;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Questions.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Entitlement;
using EntraAuditTools.Core.Questions.Mirrors;
using EntraAuditTools.Core.Questions.Provisioning;

namespace EntraAuditTools.Cli.Demo;

/// <summary>What an administrator asks first, answered from the sample tenant by the program's own commands.</summary>
internal static class DemoAnswers
{
    // A person with several packages, and one with none.
    private const string Holder = "Ingrid Solberg", Newcomer = "Noor Aldana";

    /// <summary>Asks, and writes the answers.</summary>
    /// <param name="mirror">The path of the demo's mirror.</param>
    /// <param name="stop">Stops at once.</param>
    public static void Write(string mirror, CancellationToken stop)
    {
        var ask = new Asking(mirror, stop);
        ask.Show("What happened last?", ActivityQuestion.Instance, "--first", "8");
        ask.Show("Who changed roles and groups?", MeasureQuestion.Instance, "--category", "RoleManagement", "GroupManagement",
            "--by", "Actor", "Activity", "--first", "8");
        ask.Show("What fails?", MeasureQuestion.Instance, "--result", "failure", "timeout", "--by", "Service", "Activity", "--first", "8");
        if (LargestOperation(mirror) is { } operation)
            ask.Show("What belongs to one operation?", ActivityQuestion.Instance, "--correlation-id", operation, "--first", "12");
        ask.Show("Is provisioning healthy?", SummaryQuestion.Instance);
        ask.Show("Which access does she have, through which package, and until when?", ResourcesQuestion.Instance, "--user", Holder);
        ask.Show("What could a newcomer request, and by which policy?", PackagesQuestion.Instance, "--user", Newcomer, "--can-request",
            "--first", "8");
        ask.Show("Who asked for access lately, and what became of it?", RequestsQuestion.Instance, "--first", "8");
        ask.Show("Which days are held, and which for certain?", CoverageQuestion.Instance, "--kind", "AuditActivity", "--after",
            "2026-10-22T00:00Z", "--before", "2026-11-01T00:00Z");
    }

    /// <summary>The operation with the most events in the log.</summary>
    private static string? LargestOperation(string mirror)
    {
        using var reader = MirrorReader.Open(mirror);
        return AuditActivityQuery.Run(reader, new AuditActivityFilter())
            .Where(activity => activity.CorrelationId != null)
            .GroupBy(activity => activity.CorrelationId)
            .MaxBy(group => group.Count())?.Key;
    }

    private sealed class Asking(string mirror, CancellationToken stop)
    {
        public void Show(string heading, Question question, params string[] options)
        {
            stop.ThrowIfCancellationRequested();
            Screen.WriteHeading(heading, $"entra-audit {question.Name} {string.Join(' ', options.Select(Quoted))}".TrimEnd());
            new RootCommand { new QuestionCommand(question) }.Parse([question.Name, .. options, "--mirror", mirror])
                .Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"'{text}'" : text;
    }
}
