using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// An SQL text under construction, with the values bound to it. Values from outside always go through <see cref="Bind"/>.
/// </summary>
internal sealed class SqlText
{
    private readonly StringBuilder text;
    private readonly List<object> values = [];

    public SqlText(string start = "") => text = new StringBuilder(start);

    public IReadOnlyList<object> Values => values;

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

    /// <summary>"column IN (…)" over whole numbers: written out when they are few, else bound as one JSON array.</summary>
    public string In(string column, IReadOnlyCollection<long> ids)
    {
        if (ids.Count == 1) return $"{column} = {ids.First().ToString(CultureInfo.InvariantCulture)}";
        var list = string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return ids.Count <= 1000 ? $"{column} IN ({list})" : $"{column} IN (SELECT value FROM json_each({Bind("[" + list + "]")}))";
    }

    public SqliteCommand ToCommand(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = text.ToString();
        for (var i = 0; i < values.Count; i++) command.Parameters.AddWithValue("@p" + i.ToString(CultureInfo.InvariantCulture), values[i]);
        return command;
    }

    public override string ToString() => text.ToString();
}
