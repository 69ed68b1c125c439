using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>Gathers what a source gives away about the order of its dates, and decides.</summary>
internal sealed class DateEvidence
{
    private readonly Dictionary<string, ColumnDates> read = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ColumnDates> others = new(StringComparer.OrdinalIgnoreCase);
    private DateOrder language;

    /// <summary>Whether there is a date among those that are read whose order has to be known.</summary>
    public bool IsNeeded => read.Values.Any(column => column.IsLocal);

    /// <summary>A note for the admin on how <see cref="Decide"/> decided; null when there is none.</summary>
    public string? Note { get; private set; }

    /// <summary>Takes a date that will be read as a record's time.</summary>
    public void AddRead(string column, string text) => Add(read, column, text);

    /// <summary>Takes a date that is not needed itself, but is in the same source.</summary>
    public void AddOther(string column, string text) => Add(others, column, text);

    /// <summary>Takes the headers, whose language has a habit.</summary>
    public void AddHeaders(IEnumerable<string> headers)
    {
        if (HeaderLanguage.WritesDayFirst(headers)) language = DateOrder.DayFirst;
    }

    /// <summary>The order of the dates that are read; None when there is none that needs one.</summary>
    /// <param name="source">What to call the source.</param>
    /// <exception cref="AuditToolException">They contradict each other, or there is no evidence.</exception>
    public DateOrder Decide(string source)
    {
        var columns = read.Values.Where(column => column.IsLocal).ToList();
        if (columns.Count == 0) return DateOrder.None;
        var feasible = columns.Aggregate(DateOrder.Any, (all, column) => all & column.Feasible);
        if (feasible == DateOrder.None) throw Conflict(source, columns);
        // Two digits are a year in front only where nothing else fits, or dashes leave it open.
        if (feasible != DateOrder.YearFirst && !columns.Exists(column => column.MayBeYearFirst)) feasible &= ~DateOrder.YearFirst;
        var proof = columns.Select(column => column.Proofs.GetValueOrDefault(feasible)).FirstOrDefault(text => text != null);
        if (IsOne(feasible)) return Decided(feasible, proof, columns);
        var doubtful = columns.Select(column => column.Doubtful).FirstOrDefault(text => text != null);
        // 05/05/2026 is one day in either order.
        if (doubtful == null && !feasible.HasFlag(DateOrder.YearFirst)) return DateOrder.DayFirst;
        var decidedByOthers = others.Values.Where(column => column.IsLocal && IsOne(column.Feasible))
            .Aggregate(language, (all, column) => all | column.Feasible);
        var signs = columns.Aggregate(decidedByOthers, (all, column) => all | column.Signs) & feasible;
        return IsOne(signs) ? Decided(signs, doubtful, columns) : throw Unknown(source, doubtful ?? string.Empty);
    }

    /// <summary>
    /// Notes how the dates are read, except for the United States' form with AM and PM: Microsoft's own tools write that one.
    /// </summary>
    private DateOrder Decided(DateOrder order, string? example, List<ColumnDates> columns)
    {
        if (order != DateOrder.MonthFirst || !columns.TrueForAll(column => column.Signs == DateOrder.MonthFirst))
        {
            Note = $"Dates{(example == null ? string.Empty : $" such as \"{Shorten(example)}\"")} were read {Words(order)}: if that is "
                + $"wrong, say it with {Caller.Option("DateFormat")}.";
        }

        return order;
    }

    private static string Words(DateOrder order) => order switch
    {
        DateOrder.DayFirst => "day first",
        DateOrder.MonthFirst => "month first",
        _ => "year first",
    };

    private static bool IsOne(DateOrder order) => order is DateOrder.DayFirst or DateOrder.MonthFirst or DateOrder.YearFirst;

    private static void Add(Dictionary<string, ColumnDates> columns, string column, string text)
    {
        if (!columns.TryGetValue(column, out var dates)) columns.Add(column, dates = new());
        dates.Add(text);
    }

    private static AuditToolException Conflict(string source, List<ColumnDates> columns)
    {
        var proofs = columns.SelectMany(column => column.Proofs).GroupBy(proof => proof.Key)
            .Select(proof => $"\"{Shorten(proof.First().Value)}\" can only be {Words(proof.Key)}").ToList();
        return new(
            "DateOrderConflict",
            AuditErrorKind.InvalidData,
            $"'{source}' has dates of different orders: {(proofs.Count == 0 ? "no order fits them all" : string.Join(", ", proofs))}. "
                + $"Nothing of it was taken in.",
            $"Take the file as it was downloaded, before a spreadsheet saved it. Or say with {Caller.Option("DateFormat")} (dd/MM/yyyy, MM/dd/yyyy…) which "
            + "dates are right: the rows of the others are then rejected.",
            source);
    }

    private static AuditToolException Unknown(string source, string doubtful)
    {
        var meant = LocalTime.TryRead(doubtful, out var time) && time.TryGet(DateOrder.DayFirst, out var day)
            && time.TryGet(DateOrder.MonthFirst, out var month)
            ? $"is \"{Shorten(doubtful)}\" {Date(day)} or {Date(month)}"
            : "which number is the year";
        return new(
            "DateOrderUnknown",
            AuditErrorKind.InvalidData,
            $"'{source}' does not give away in which order its dates are written: {meant}? Nothing of it was taken in.",
            $"Say it with {Caller.Option("DateFormat")}: dd/MM/yyyy (or DayFirst) when the day comes first, MM/dd/yyyy (or MonthFirst) when the month does, "
            + "YearFirst for two digits of a year in front.",
            source);
    }

    private static string Date(long ticks) => new DateTime(ticks).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => ContentDescription.Shorten(text);
}
