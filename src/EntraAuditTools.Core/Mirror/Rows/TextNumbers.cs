using System.Security.Cryptography;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>
/// Numbers of texts that recur: words, or sets of property names. They are few in logs as they are, and then all in memory. A file may
/// have as many as it has records, of any length: then those that are committed are looked up in the mirror, and long ones are known by
/// their digest.
/// </summary>
internal sealed class TextNumbers : IDisposable
{
    private const int MaxHeldText = 1024;
    private const long MaxHeldBytes = 24L * 1024 * 1024;

    // What .NET needs for an entry beside its text.
    private const int BytesOfEntry = 120;

    private readonly Statement find;
    private Dictionary<long, Entry> known = [];
    private long held;
    private long mostHeld = MaxHeldBytes;
    private int last;
    private bool mayBeStored;
    private volatile int committed;

    /// <param name="lookups">Reads what is committed.</param>
    /// <param name="table">The table, with the columns id and <paramref name="column"/>.</param>
    /// <param name="column">The column of the text, which is unique.</param>
    public TextNumbers(SqliteConnection lookups, string table, string column)
    {
        find = new(lookups, $"SELECT id FROM {table} WHERE {column} = ?");
        using var all = new Statement(lookups, $"SELECT id, {column} FROM {table} ORDER BY id DESC");
        while (all.Step() && !mayBeStored)
        {
            last = Math.Max(last, (int)all.Number(0));
            var text = all.Text(1);
            Keep(StableHash.OfUtf8(text), KeyOf(text), (int)all.Number(0));
            mayBeStored = held > MaxHeldBytes;
        }

        committed = last;
    }

    /// <summary>Says that all numbers up to this one are committed.</summary>
    public void Committed(int number) => committed = Math.Max(committed, number);

    /// <summary>The number of a text; 0 for none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="added">Gets it when it is new.</param>
    public int Of(ReadOnlySpan<byte> text, List<NewTerm> added)
    {
        if (text.IsEmpty) return 0;
        var hash = StableHash.OfUtf8(text);
        var isLong = text.Length > MaxHeldText;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (isLong) SHA256.HashData(text, digest);
        var key = isLong ? digest : text;
        for (var entry = known.GetValueOrDefault(hash); entry != null; entry = entry.Next)
        {
            if (entry.IsDigest == isLong && key.SequenceEqual(entry.Key)) return entry.Number;
        }

        var number = Stored(text);
        if (number == 0)
        {
            number = ++last;
            added.Add(new(number, text.ToArray()));
        }

        Keep(hash, (key.ToArray(), isLong), number);
        return number;
    }

    /// <inheritdoc/>
    public void Dispose() => find.Dispose();

    private static (byte[] Key, bool IsDigest) KeyOf(byte[] text) =>
        text.Length > MaxHeldText ? (SHA256.HashData(text), true) : (text, false);

    private int Stored(ReadOnlySpan<byte> text)
    {
        if (!mayBeStored || !find.BindText(1, text).Step()) return 0;
        var number = (int)find.Number(0);
        find.Reset();
        return number;
    }

    private void Keep(long hash, (byte[] Key, bool IsDigest) text, int number)
    {
        if (held > mostHeld) LetGo();
        known[hash] = new(number, text.Key, text.IsDigest, known.GetValueOrDefault(hash));
        held += text.Key.Length + BytesOfEntry;
    }

    /// <summary>Lets go of what can be looked up. The rest is committed soon, and not looked through again before it has doubled.</summary>
    private void LetGo()
    {
        var before = known;
        var lastCommitted = committed;
        (known, held, mayBeStored) = ([], 0, true);
        foreach (var (hash, first) in before)
        {
            for (var entry = first; entry != null; entry = entry.Next)
            {
                if (entry.Number <= lastCommitted) continue;
                known[hash] = new(entry.Number, entry.Key, entry.IsDigest, known.GetValueOrDefault(hash));
                held += entry.Key.Length + BytesOfEntry;
            }
        }

        mostHeld = Math.Max(MaxHeldBytes, held * 2);
    }

    /// <param name="Number">The number.</param>
    /// <param name="Key">The text, or its digest.</param>
    /// <param name="IsDigest">Whether it is the digest.</param>
    /// <param name="Next">Another text of the same hash.</param>
    private sealed record Entry(int Number, byte[] Key, bool IsDigest, Entry? Next);
}
