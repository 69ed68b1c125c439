using System.Buffers;
using System.Buffers.Text;

namespace EntraAuditTools.Core.Formats.Common;

/// <summary>
/// Users who were deleted: the directory puts the 32 digits of the object id before the UPN, so that the name is free for another. The
/// mirror keeps the UPN that people know; the original has the other.
/// </summary>
internal static class DeletedUser
{
    private const int Digits = 32;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Removes the id from the UPN, and uses it as the object's id where the record has none.</summary>
    public static void Restore(RecordFields fields, ref PartyFields party)
    {
        if (party.UserPrincipalName.Length <= Digits + 2) return;
        var upn = fields.Get(party.UserPrincipalName);
        if (!Has(upn) || !Utf8Parser.TryParse(upn[..Digits], out Guid id, out var read, 'N') || read != Digits) return;
        if (party.Id.IsEmpty)
        {
            Span<byte> text = stackalloc byte[36];
            id.TryFormat(text, out _);
            party.Id = fields.Add(text);
        }
        else if (!Utf8Parser.TryParse(fields.Get(party.Id), out Guid partyId, out _) || partyId != id)
        {
            return; // It is a name that begins so.
        }

        party.UserPrincipalName = new(party.UserPrincipalName.Start + Digits, party.UserPrincipalName.Length - Digits);
    }

    /// <summary>The UPN without the id before it.</summary>
    /// <param name="upn">A UPN.</param>
    /// <param name="id">Its object's id; null when the record has none.</param>
    public static string? Restore(string? upn, string? id) =>
        TrySplit(upn, out var partyId, out var plain) && (id == null || (Guid.TryParse(id, out var known) && known == partyId))
            ? plain : upn;

    /// <summary>Takes a deleted user's UPN apart.</summary>
    public static bool TrySplit(string? upn, out Guid id, out string plain)
    {
        (id, plain) = (default, string.Empty);
        if (upn == null || upn.Length <= Digits + 2 || !Guid.TryParseExact(upn.AsSpan(0, Digits), "N", out id)) return false;
        plain = upn[Digits..];
        return plain.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < plain.Length - 1;
    }

    private static bool Has(ReadOnlySpan<byte> upn) =>
        upn[..Digits].IndexOfAnyExcept(HexDigits) < 0 && upn[Digits..].IndexOf((byte)'@') is > 0 and var at && at < upn.Length - Digits - 1;
}
