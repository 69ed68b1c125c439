using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// One spelling for one address: services write ports, brackets, zones, IPv4 mapped into IPv6, upper case, zeros, and several addresses
/// that a request came through. What is no address is kept as it is; words for "none" are none.
/// </summary>
internal static class AddressText
{
    /// <summary>Separates several addresses, of which the first is the caller's.</summary>
    public const char Separator = '\n';

    /// <summary>The first of several.</summary>
    public static string? First(string? stored) =>
        stored?.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var end ? stored[..end] : stored;

    /// <summary>Whether it is an IPv4 address in its usual spelling, as nearly all are.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> text)
    {
        var (parts, digits, value) = (0, 0, 0);
        foreach (var c in text)
        {
            if (c == '.')
            {
                if (digits == 0 || ++parts > 3) return false;
                (digits, value) = (0, 0);
                continue;
            }

            if (c is < (byte)'0' or > (byte)'9' || (digits > 0 && value == 0)) return false;
            value = (value * 10) + c - '0';
            if (++digits > 3 || value > 255) return false;
        }

        return parts == 3 && digits > 0;
    }

    /// <summary>Whether it is a word for "none", as nothing that begins with a digit is.</summary>
    public static bool IsNone(ReadOnlySpan<byte> text) =>
        text.IsEmpty || (text[0] is < (byte)'0' or > (byte)'9' && Normalize(text).Length == 0);

    /// <summary>The usual spelling of one or several addresses, with <see cref="Separator"/> between; empty for none.</summary>
    public static string Normalize(ReadOnlySpan<byte> text) => Normalize(Encoding.UTF8.GetString(text));

    /// <inheritdoc cref="Normalize(ReadOnlySpan{byte})"/>
    public static string Normalize(string text)
    {
        if (text.AsSpan().IndexOfAny(',', ';', '|') < 0) return One(text) ?? string.Empty;
        return string.Join(Separator, text.Split([',', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(One).OfType<string>().Distinct());
    }

    /// <summary>The usual spelling of an IP address in any spelling; null for anything else.</summary>
    public static string? TryNormalize(string text) => Bare(text.Trim()) is { } bare ? Parse(bare) : null;

    private static string? One(string text)
    {
        text = text.Trim().Trim('"', '\'');
        if (text.Length == 0 || UnifiedEntry.IsUnknown(text)) return null;
        return Bare(text) is { } bare && Parse(bare) is { } address ? address : text;
    }

    /// <summary>Without brackets, port and zone.</summary>
    private static string? Bare(string text)
    {
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0 || (end + 1 < text.Length && !IsPort(text.AsSpan(end + 1)))) return null;
            text = text[1..end];
        }
        else if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && text.AsSpan(0, colon).Contains('.')
            && IsPort(text.AsSpan(colon)))
        {
            text = text[..colon];
        }
        else if (text.Count(c => c == ':') == 8 && text.LastIndexOf(':') is var last && IsPort(text.AsSpan(last)))
        {
            // Eight groups and a port.
            text = text[..last];
        }

        return text.IndexOf('%', StringComparison.Ordinal) is > 0 and var zone && text.Contains(':', StringComparison.Ordinal)
            ? text[..zone] : text;
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        text is [':', ..] && ushort.TryParse(text[1..], System.Globalization.NumberStyles.None, null, out _);

    private static string? Parse(string text)
    {
        // "10" and "010.1.2.3" mean something else to a parser of addresses: decimal parts only.
        if (!text.Contains(':', StringComparison.Ordinal)) return ParseFour(text);
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6) return null;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static string? ParseFour(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 4) return null;
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts[i].Length is 0 or > 3 || !byte.TryParse(parts[i], System.Globalization.NumberStyles.None, null, out bytes[i]))
                return null;
        }

        return new IPAddress(bytes).ToString();
    }
}
