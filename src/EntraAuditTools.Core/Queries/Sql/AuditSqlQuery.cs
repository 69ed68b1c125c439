using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>Answers questions in SQL from the views (<see cref="AuditViews"/>). They can only read, and only the views.</summary>
internal sealed class AuditSqlQuery
{
    private const int LimitLength = 0, LimitAttached = 7;
    private const int MaxValue = 64 * 1024 * 1024;

    /// <summary>Of <see cref="SqlParameters.TimeFormat"/>.</summary>
    private const int TimeLength = 28;

    private readonly MirrorReader mirror;
    private readonly List<AuditView> views;
    private readonly SqlGuard guard;

    /// <summary>Makes the views for a reader, which answers nothing else from then on.</summary>
    /// <param name="mirror">The reader; the caller disposes it.</param>
    /// <exception cref="AuditToolException">What can be wrong with a mirror.</exception>
    public AuditSqlQuery(MirrorReader mirror)
    {
        this.mirror = mirror;
        // A mirror of an older version lacks the tables of later ones.
        views = [.. AuditViews.All.Where(view => view.Since <= mirror.SchemaVersion)];
        SqlFunctions.Register(mirror, () => ShowsSecrets);
        try
        {
            foreach (var view in views) MirrorFile.Execute(mirror.Connection, view.Create());
            MirrorFile.Execute(mirror.Connection, AuditViews.Describe(views));
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, mirror.Path);
        }

        _ = raw.sqlite3_limit(mirror.Connection.Handle, LimitLength, MaxValue);
        _ = raw.sqlite3_limit(mirror.Connection.Handle, LimitAttached, 0);
        guard = new([.. views.Select(view => view.Name), AuditViews.OfViews], [SqlFunctions.Changes]);
        guard.Guard(mirror);
    }

    /// <summary>Whether values that can be secrets are shown as they are.</summary>
    public bool ShowsSecrets { get; init; }

    /// <summary>Whether times stay as the views write them.</summary>
    public bool HasTimesAsText { get; init; }

    /// <summary>The rows, read as they are asked for.</summary>
    /// <param name="query">One SELECT.</param>
    /// <param name="parameters">Values of its parameters by name.</param>
    /// <exception cref="AuditToolException">InvalidQuery, InvalidParameter, or what can be wrong with a mirror.</exception>
    /// <exception cref="OperationCanceledException"><see cref="MirrorReader.Interrupt"/> was called.</exception>
    public IEnumerable<SqlRow> Run(string query, IReadOnlyDictionary<string, object?> parameters)
    {
        using var statement = Prepare(query);
        SqlParameters.Bind(statement, parameters);
        var columns = Columns(statement);
        while (Step(statement))
        {
            var values = new object?[columns.Count];
            for (var i = 0; i < values.Length; i++) values[i] = Value(statement, i);
            yield return new(columns, values);
        }
    }

    /// <summary>The names of an answer's columns.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public IReadOnlyList<string> ColumnsOf(string query)
    {
        using var statement = Prepare(query);
        return Columns(statement);
    }

    private sqlite3_stmt Prepare(string query)
    {
        guard.Begin();
        var result = raw.sqlite3_prepare_v2(mirror.Connection.Handle, query, out var statement, out var rest);
        if (result != raw.SQLITE_OK)
        {
            var words = raw.sqlite3_errmsg(mirror.Connection.Handle).utf8_to_string();
            statement?.Dispose();
            throw result == raw.SQLITE_AUTH || guard.Refusal != null
                ? Wrong($"The question cannot be asked: {guard.Refusal ?? words}.",
                    "Ask of the views: SELECT DISTINCT view FROM view_columns lists them.")
                : Wrong($"The question is not understood: {words}.", Advice(words));
        }

        if (statement.IsInvalid)
            throw Wrong("The question is empty.",
                "Write one SELECT, for instance SELECT activity, count(*) FROM activities GROUP BY activity.");
        if (IsMore(rest))
        {
            statement.Dispose();
            throw Wrong("The question is more than one statement.", "Ask one SELECT at a time.");
        }

        if (raw.sqlite3_stmt_readonly(statement) != 0) return statement;
        statement.Dispose();
        throw Wrong("The question cannot be asked: it would write.", "Ask with SELECT or WITH.");
    }

    // Blanks, comments and semicolons are no statement.
    private bool IsMore(string rest)
    {
        while (rest.Length > 0)
        {
            if (raw.sqlite3_prepare_v2(mirror.Connection.Handle, rest, out var next, out var after) != raw.SQLITE_OK) return true;
            using (next)
            {
                if (!next.IsInvalid) return true;
            }

            if (after.Length == rest.Length) return false;
            rest = after;
        }

        return false;
    }

    private bool Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE) return result == raw.SQLITE_ROW;
        var words = raw.sqlite3_errmsg(mirror.Connection.Handle).utf8_to_string();
        var error = new SqliteException(words, result, raw.sqlite3_extended_errcode(mirror.Connection.Handle));
        // JSON that is none is the question's own.
        throw SqliteErrors.IsMistake(error) || result == raw.SQLITE_ERROR ? Wrong($"The question could not be answered: {words}.", null)
            : SqliteErrors.Translate(error, mirror.Path);
    }

    private static List<string> Columns(sqlite3_stmt statement)
    {
        var names = new List<string>();
        for (var i = 0; i < raw.sqlite3_column_count(statement); i++)
        {
            var name = TerminalText.Line(raw.sqlite3_column_name(statement, i).utf8_to_string());
            var free = name;
            for (var n = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); n++)
                free = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
            names.Add(free);
        }

        return names;
    }

    private object? Value(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
        raw.SQLITE_TEXT => Text(raw.sqlite3_column_text(statement, column).utf8_to_string()),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
        _ => null,
    };

    private object? Text(string text) => !HasTimesAsText && text.Length == TimeLength && text[^1] == 'Z'
        && DateTimeOffset.TryParseExact(text, SqlParameters.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time : TerminalText.Visible(text);

    private string Advice(string words)
    {
        const string NoTable = "no such table: ", NoColumn = "no such column: ";
        var columns = "SELECT * FROM view_columns lists the views and their columns.";
        var (missing, held) = words.StartsWith(NoTable, StringComparison.Ordinal)
            ? (words[NoTable.Length..], views.Select(view => view.Name))
            : words.StartsWith(NoColumn, StringComparison.Ordinal)
                ? (words[NoColumn.Length..], views.SelectMany(view => view.Columns).Select(column => column.Name).Distinct()) : (null, []);
        var near = missing == null ? [] : NearestWords.Of(missing[(missing.IndexOf('.', StringComparison.Ordinal) + 1)..], held.ToList());
        return near.Any() ? $"Nearest: {string.Join(", ", near)}. {columns}" : columns;
    }

    private static AuditToolException Wrong(string message, string? advice) =>
        new("InvalidQuery", AuditErrorKind.InvalidArgument, message, advice);
}
