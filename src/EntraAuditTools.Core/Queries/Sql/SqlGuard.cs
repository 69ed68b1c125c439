using EntraAuditTools.Core.Mirror.Reading;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Sql;

/// <summary>
/// Decides what a question in SQL may do: read the views, and nothing else. SQLite asks for each thing that a statement would do, before it
/// runs (https://sqlite.org/c3ref/set_authorizer.html).
/// </summary>
internal sealed class SqlGuard
{
    // https://sqlite.org/c3ref/c_alter_table.html
    private const int Attach = 24, Pragma = 19, Read = 20, Select = 21, Function = 31, Recursive = 33;

    private static readonly HashSet<string> Schemas = new(StringComparer.OrdinalIgnoreCase)
    {
        "sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema",
    };

    private static readonly HashSet<string> TableFunctions = new(StringComparer.OrdinalIgnoreCase) { "json_each", "json_tree" };

    private readonly HashSet<string> views = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> functions;
    private readonly delegate_authorizer decide;

    /// <param name="views">What may be read.</param>
    /// <param name="functions">Functions that only views may call.</param>
    public SqlGuard(IEnumerable<string> views, IEnumerable<string> functions)
    {
        this.views.UnionWith(views);
        this.functions = new(functions, StringComparer.OrdinalIgnoreCase);
        decide = (_, action, first, second, _, view) =>
            Decide(action, first.utf8_to_string(), second.utf8_to_string(), view.utf8_to_string());
    }

    /// <summary>What was refused last, as a sentence; null when nothing was.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Guards a connection from now on.</summary>
    public void Guard(MirrorReader mirror) => raw.sqlite3_set_authorizer(mirror.Connection.Handle, decide, null);

    /// <summary>Forgets what was refused before.</summary>
    public void Begin() => Refusal = null;

    private int Decide(int action, string? first, string? second, string? view) => action switch
    {
        Select or Recursive => raw.SQLITE_OK,
        Read => MayRead(first, second, view) ? raw.SQLITE_OK : Refuse($"'{first}' is none of the views"),
        Function => functions.Contains(second ?? string.Empty) && view == null || IsForbidden(second)
            ? Refuse($"the function {second}() is not allowed") : raw.SQLITE_OK,
        Attach => Refuse("other files cannot be attached"),
        Pragma => Refuse($"PRAGMA {first} is not allowed"),
        _ => Refuse("a question only reads: SELECT or WITH"),
    };

    private bool MayRead(string? table, string? column, string? view) =>
        table is { Length: > 0 } name && (views.Contains(name) || Schemas.Contains(name) || TableFunctions.Contains(name)
            // What a view is made of; and rows that are only counted, for which SQLite names no view.
            || (view != null && views.Contains(view)) || string.IsNullOrEmpty(column));

    // Not in the library that we bring, but an administrator's may have them.
    private static bool IsForbidden(string? function) =>
        function?.ToUpperInvariant() is "LOAD_EXTENSION" or "READFILE" or "WRITEFILE" or "EDIT" or "FTS3_TOKENIZER";

    private int Refuse(string why)
    {
        Refusal = why;
        return raw.SQLITE_DENY;
    }
}
