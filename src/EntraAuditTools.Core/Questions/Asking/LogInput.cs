using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>What questions on a log have in common: their fields are the log's filters.</summary>
internal static class LogInput
{
    /// <summary>The filter that an input makes.</summary>
    public static LogFilter Filter(ILogQuery log, QuestionInput input)
    {
        var filter = new LogFilter
        {
            After = input.Window.After,
            Before = input.Window.Before,
            Skip = input.Skip,
            First = input.First,
            ShowSecret = input.Has("ShowSecret"),
        };
        foreach (var field in log.Fields)
        {
            if (field.IsTime) filter.ImportedAfter = input.Time(field.Name);
            else if (field.IsNumber) filter.ImportId = input.Numbers(field.Name);
            else filter[field.Name] = input.Texts(field.Name);
        }

        return filter;
    }

    /// <summary>How the filter was understood, and the SQL that answers it.</summary>
    public static string Describe(ILogQuery log, MirrorReader mirror, QuestionInput input)
    {
        var filter = Filter(log, input);
        return $"{log.Describe(filter)}\n{log.DescribeSql(mirror, filter)}";
    }
}
