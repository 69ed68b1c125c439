namespace EntraAuditTools.SampleTenant;

/// <summary>
/// A SplitMix64 generator. System.Random is not used because its sequence may change between runtimes, and a committed
/// sample must be the same bytes wherever it is made.
/// </summary>
public sealed class SampleRandom(ulong seed)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private ulong state = seed;

    /// <summary>A seed derived from two numbers; the same pair always gives the same seed.</summary>
    public static ulong Mix(ulong first, ulong second) => Scramble(first + (second + 1) * 0x9E3779B97F4A7C15UL);

    /// <summary>A generator that follows from a text (FNV-1a): for ids that belong to something that has an id already.</summary>
    public static SampleRandom Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ulong hash = 14695981039346656037;
        foreach (char letter in text)
            hash = (hash ^ letter) * 1099511628211;
        return new SampleRandom(hash);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Scramble(state += 0x9E3779B97F4A7C15UL);

    /// <summary>A number from 0 up to, not including, the limit.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>A number from 0 up to, not including, the limit.</summary>
    public long Below(long limit) => (long)(Next() % (ulong)limit);

    /// <summary>A number between two bounds, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of the values.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>A version 4 GUID as Entra writes it: lower case, with dashes.</summary>
    public string NewId() => string.Create(36, (Next(), Next()), static (text, bits) =>
    {
        const string hex = "0123456789abcdef";
        var (high, low) = bits;
        for (int position = 0, nibble = 0; position < 36; position++)
        {
            if (position is 8 or 13 or 18 or 23)
            {
                text[position] = '-';
                continue;
            }

            int value = (int)((nibble < 16 ? high >> (4 * nibble) : low >> (4 * (nibble - 16))) & 15);
            text[position] = nibble == 12 ? '4' : nibble == 16 ? hex[8 + (value & 3)] : hex[value];
            nibble++;
        }
    });

    /// <summary>Capital letters and digits, as in the middle of a record id.</summary>
    public string Code(int length)
    {
        Span<char> code = stackalloc char[length];
        for (int index = 0; index < length; index++)
            code[index] = Alphabet[Below(Alphabet.Length)];
        return new string(code);
    }

    private static ulong Scramble(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
