using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>
/// What a server answers, as rows of SQLite's, some at a time and in memory: whatever makes objects of a mirror's rows reads them as it
/// reads those.
/// </summary>
internal sealed class AnswerRows : IDisposable
{
    // The first come at once, later ones in batches that cost little each.
    private const int First = 20, Most = 2000;

    /// <summary>Columns whose values are of any type (<see cref="AnyValue"/>).</summary>
    private static readonly Lazy<HashSet<string>> AnyColumns = new(() => CopyTable.OfThisVersion()
        .SelectMany(table => table.Columns).Where(column => column.Kind == ColumnKind.Any).Select(column => column.Name).ToHashSet());

    private readonly NpgsqlDataReader answer;
    private readonly SqliteConnection memory;
    private readonly Statement insert, empty;
    private readonly Kind[] kinds;

    /// <summary>Takes an answer, whose reader the caller closes.</summary>
    public AnswerRows(NpgsqlDataReader answer)
    {
        this.answer = answer;
        kinds = [.. Enumerable.Range(0, answer.FieldCount).Select(KindOf)];
        memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        var columns = string.Join(", ", kinds.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"c{i}")));
        using (var create = new Statement(memory, $"CREATE TABLE answer ({columns})")) create.Execute();
        insert = new Statement(memory, $"INSERT INTO answer VALUES ({string.Join(", ", kinds.Select(_ => "?"))})");
        empty = new Statement(memory, "DELETE FROM answer");
    }

    private enum Kind
    {
        Number,
        Small,
        Whole,
        Flag,
        Text,
        Bytes,
        Any,
    }

    /// <summary>The rows, one after the other.</summary>
    public IEnumerable<Statement> Read()
    {
        using var select = new Statement(memory, "SELECT * FROM answer ORDER BY rowid");
        for (var size = First; Fill(size); size = Math.Min(size * 4, Most))
        {
            while (select.Step()) yield return select;
            empty.Execute();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        insert.Dispose();
        empty.Dispose();
        memory.Dispose();
    }

    private bool Fill(int rows)
    {
        var count = 0;
        while (count < rows && answer.Read())
        {
            for (var i = 0; i < kinds.Length; i++) Bind(i);
            insert.Execute();
            count++;
        }

        return count > 0;
    }

    private void Bind(int column)
    {
        var at = column + 1;
        if (answer.IsDBNull(column))
        {
            insert.BindNull(at);
            return;
        }

        switch (kinds[column])
        {
            case Kind.Number:
                insert.Bind(at, answer.GetInt64(column));
                break;
            case Kind.Small:
                insert.Bind(at, answer.GetInt32(column));
                break;
            case Kind.Whole:
                insert.Bind(at, (long)answer.GetDecimal(column));
                break;
            case Kind.Flag:
                insert.Bind(at, answer.GetBoolean(column) ? 1 : 0);
                break;
            case Kind.Text:
                insert.BindAsIs(at, ServerText.FromServer(Encoding.UTF8.GetBytes(answer.GetString(column))), isText: true);
                break;
            case Kind.Bytes:
                insert.BindAsIs(at, answer.GetFieldValue<byte[]>(column), isText: false);
                break;
            default:
                RowCopy.BindAny(insert, at, answer.GetFieldValue<byte[]>(column));
                break;
        }
    }

    private Kind KindOf(int column)
    {
        var type = answer.GetFieldType(column);
        if (type == typeof(long)) return Kind.Number;
        // Numbers that are written out.
        if (type == typeof(int)) return Kind.Small;
        // Sums of whole numbers.
        if (type == typeof(decimal)) return Kind.Whole;
        if (type == typeof(bool)) return Kind.Flag;
        if (type == typeof(string)) return Kind.Text;
        if (type == typeof(byte[])) return AnyColumns.Value.Contains(answer.GetName(column)) ? Kind.Any : Kind.Bytes;
        throw new InvalidDataException($"the server answers with a value of type {answer.GetDataTypeName(column)}");
    }
}
