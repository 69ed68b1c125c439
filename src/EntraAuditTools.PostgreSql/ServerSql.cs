using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>SQL that names roles and databases, which cannot be parameters: the server itself quotes them.</summary>
internal static class ServerSql
{
    /// <summary>Runs SQL that returns nothing.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="sql">
    /// SQL of ours with <c>%I</c> for each name (https://www.postgresql.org/docs/current/functions-string.html, "format").
    /// </param>
    /// <param name="names">The names.</param>
    public static void Execute(NpgsqlConnection connection, string sql, params string[] names)
    {
        var parameters = string.Concat(names.Select((_, i) => $", ${i + 2}"));
        ServerSchema.Execute(connection, Texts(connection, $"SELECT format($1{parameters})", [sql, .. names])[0]);
    }

    /// <summary>The texts that a query of ours answers, in its first column.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="query">The query.</param>
    /// <param name="parameters">Its parameters.</param>
    public static List<string> Texts(NpgsqlConnection connection, string query, params string[] parameters)
    {
        using var command = new NpgsqlCommand(query, connection);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read()) texts.Add(rows.GetString(0));
        return texts;
    }
}
