using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// An SQL text under construction, with the values bound to it. Values from outside always go through <see cref="Bind"/>.
/// </summary>
internal sealed class SqlText
{
    private const int MostWrittenOut = 1000;

    private readonly StringBuilder text;
    private readonly List<object> values = [];

    public SqlText(string start = "") => text = new StringBuilder(start);

    public IReadOnlyList<object> Values => values;

    /// <summary>The SQL that it is written in.</summary>
    public ISqlDialect Dialect { get; init; } = SqliteDialect.Instance;

    /// <summary>Adds text of ours.</summary>
    public SqlText Add(string sql)
    {
        text.Append(sql);
        return this;
    }

    /// <summary>Binds a value and returns its placeholder.</summary>
    public string Bind(object value)
    {
        values.Add(value);
        return "@p" + (values.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Binds an id that is 16 bytes where it is a GUID, and a text otherwise (<see cref="StoredId"/>).</summary>
    public string BindId(object stored) => Bind(new StoredValue(stored));

    /// <summary>"column IN (…)" over whole numbers: written out when they are few, else bound as one value.</summary>
    public string In(string column, IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 1) return $"{column} = {ids.First().ToString(CultureInfo.InvariantCulture)}";
        return ids.Count > MostWrittenOut ? Dialect.InMany(this, column, ids)
            : $"{column} IN ({string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))})";
    }

    public SqliteCommand ToCommand(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = text.ToString();
        for (var i = 0; i < values.Count; i++) command.Parameters.AddWithValue("@p" + i.ToString(CultureInfo.InvariantCulture), Plain(values[i]));
        return command;
    }

    public override string ToString() => text.ToString();

    /// <summary>A bound value, as SQLite takes it.</summary>
    public static object Plain(object value) => value is StoredValue stored ? stored.Value : value;
}
