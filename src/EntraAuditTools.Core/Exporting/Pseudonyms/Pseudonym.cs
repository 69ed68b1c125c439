using System.Net;
using System.Net.Sockets;
using System.Text;
using EntraAuditTools.Core.Formats.Common;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>
/// Other values of the same form: an id becomes an id, a UPN a UPN, an address an address. The same value always becomes the same, whatever
/// its casing, so that what belongs together still does.
/// </summary>
internal sealed class Pseudonym(PseudonymKey key)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Guest = "#EXT#";

    // Values recur from record to record; so many take some megabytes.
    private const int MaxKept = 200_000;

    private readonly Dictionary<(string Kind, string Value), string> known = [];

    /// <summary>A name.</summary>
    public string Name(string name) => Cased(name, Kept("name", NameText.Core(name) ?? name, value => "n" + Word(key.Hash("name", value), 10)));

    /// <summary>A GUID, in the same format; one that Microsoft gave stays.</summary>
    public string Id(string text, Guid id)
    {
        if (WellKnown.Has(id)) return text;
        var made = Kept(text.Length == 32 ? "n" : "guid", id.ToString(), value => Guid(key.Hash("guid", value)).ToString(text.Length == 32 ? "N" : "D"));
        return text.Any(char.IsUpper) ? made.ToUpperInvariant() : made;
    }

    /// <summary>A mail address or UPN: of a guest and of a deleted user too.</summary>
    public string Mail(string mail) => Cased(mail, Kept("mail", mail.ToLowerInvariant(), MailOf));

    /// <summary>A domain.</summary>
    public string Domain(string domain) =>
        Kept("domain", domain.ToLowerInvariant(), value => $"d{Word(key.Hash("domain", value), 8)}.example");

    /// <summary>
    /// An IP address: one of a range that is reserved and never used (IPv4: 240.0.0.0/4, IPv6: 2001:db8::/32, which is for documentation).
    /// </summary>
    public string Address(IPAddress address) => Kept("address", address.ToString(), _ =>
    {
        var hash = key.Hash("address", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        if (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
            return new IPAddress([(byte)(240 | (hash[0] & 0x0F)), hash[1], hash[2], hash[3] == 255 ? (byte)254 : hash[3]]).ToString();
        return new IPAddress([0x20, 0x01, 0x0d, 0xb8, .. hash[..12]]).ToString();
    });

    /// <summary>Digits in place of digits: telephone and employee numbers.</summary>
    public string Digits(string number) => Kept("digits", number, value =>
    {
        var hash = key.Hash("digits", string.Concat(value.Where(char.IsDigit)));
        var (text, i) = (new StringBuilder(value.Length), 0);
        foreach (var c in value) text.Append(char.IsDigit(c) ? (char)('0' + (hash[i++ % hash.Length] % 10)) : c);
        return text.ToString();
    });

    /// <summary>With a capital where the other has one: what is written in two ways stays so.</summary>
    private static string Cased(string text, string made) => text.AsSpan().TrimStart() is [var first, ..] && char.IsUpper(first)
        ? string.Concat(char.ToUpperInvariant(made[0]).ToString(), made.AsSpan(1)) : made;

    private string MailOf(string mail)
    {
        var at = mail.LastIndexOf('@');
        var (local, domain) = (mail[..at], Domain(mail[(at + 1)..]));
        if (DeletedUser.TrySplit(mail, out var id, out var plain)) return Id(id.ToString("N"), id) + Mail(plain);
        // bo_fabrikam.com#EXT#@contoso.com is a guest whose address is bo@fabrikam.com.
        if (local.EndsWith(Guest, StringComparison.OrdinalIgnoreCase) && local.LastIndexOf('_') is > 0 and var bar
            && bar < local.Length - Guest.Length - 1)
            return $"{Mail($"{local[..bar]}@{local[(bar + 1)..^Guest.Length]}").Replace('@', '_')}{Guest}@{domain}";
        return $"u{Word(key.Hash("local", local), 10)}@{domain}";
    }

    private string Kept(string kind, string value, Func<string, string> make)
    {
        if (known.TryGetValue((kind, value), out var made)) return made;
        made = make(value);
        if (known.Count >= MaxKept) known.Clear();
        known[(kind, value)] = made;
        return made;
    }

    private static Guid Guid(byte[] hash)
    {
        // Version 4 and the usual variant, as Entra gives them.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }

    private static string Word(byte[] hash, int length) => string.Concat(hash.Take(length).Select(b => Letters[b & 31]));
}
