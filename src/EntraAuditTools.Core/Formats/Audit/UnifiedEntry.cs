using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>What an entry of <c>Actor</c> or <c>Target</c> is.</summary>
internal enum UnifiedEntryKind
{
    /// <summary>Says nothing: empty, or words for "not known".</summary>
    Nothing,

    /// <summary><c>User_&lt;guid&gt;</c>: the object and its kind.</summary>
    Object,

    /// <summary>A bare GUID: the object's id again, or an application id.</summary>
    BareId,

    /// <summary>A claim that is a GUID: the object id in records that have no prefixed one.</summary>
    Claim,

    /// <summary>A word such as "User".</summary>
    Word,
    Name,
    UserPrincipalName,
    ServicePrincipalName,
}

/// <summary>
/// One entry of the unified log's <c>Actor</c> or <c>Target</c> (Office 365 Management Activity API schema, IdentityTypePair). Type 1 is a
/// display name, 3 the PUID, 4 a service principal name, 5 the UPN; 2 ("Other") is overloaded, so its text decides.
/// </summary>
internal readonly record struct UnifiedEntry(UnifiedEntryKind Kind, string Text, string? Prefix = null)
{
    private const int PuidLength = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly string[] Kinds =
        ["User", "Group", "ServicePrincipal", "Application", "Role", "Device", "Policy", "Directory", "AdministrativeUnit", "Contact",
            "Domain"];

    private static readonly string[] Unknown = ["Not Available", "NotAvailable", "N/A", "Unknown", "None", "null", "<null>", "-"];

    /// <summary>Reads an entry; of a type that is missing or new the text alone decides.</summary>
    public static UnifiedEntry Read(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.String) return Of(JsonCells.AsText(entry), null);
        return entry.ValueKind == JsonValueKind.Object ? Of(entry.Text("ID"), TypeOf(entry.Text("Type"))) : default;
    }

    /// <summary>Reads a text that means an object: <c>UserId</c>, <c>UserKey</c>, <c>ObjectId</c>, or an entry's.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The entry's type; null when it is not given.</param>
    public static UnifiedEntry Of(string? text, int? type)
    {
        text = text?.Trim();
        if (IsUnknown(text)) return default;
        // A name is free text: it is never an id.
        if (type == 1) return new(UnifiedEntryKind.Name, text!);
        if (TrySplit(text!, out var prefix, out var id)) return new(UnifiedEntryKind.Object, id, prefix);
        if (Guid.TryParse(text, out var guid)) return new(type == 0 ? UnifiedEntryKind.Claim : UnifiedEntryKind.BareId, guid.ToString());
        return type switch
        {
            3 => default,
            4 => new(UnifiedEntryKind.ServicePrincipalName, text!),
            _ when text!.Contains('@', StringComparison.Ordinal) => new(UnifiedEntryKind.UserPrincipalName, text),
            5 => new(UnifiedEntryKind.Name, text),
            _ when Array.Exists(Kinds, kind => Utf8.Is(kind, text)) => new(UnifiedEntryKind.Word, text),
            2 => new(text.All(char.IsAsciiLetter) ? UnifiedEntryKind.Word : UnifiedEntryKind.Name, text),
            _ when IsPuid(text) => default,
            _ => new(UnifiedEntryKind.Name, text),
        };
    }

    /// <summary>Whether a text is one of the words for "not known".</summary>
    public static bool IsUnknown(string? text) => string.IsNullOrEmpty(text) || Array.Exists(Unknown, word => Utf8.Is(word, text));

    /// <summary>Whether a text is a PUID, or one with a domain or claim behind or before it: it looks like a UPN and is none.</summary>
    public static bool IsPuid(string text)
    {
        var local = text.AsSpan(text.LastIndexOf('|') + 1);
        if (local.IndexOf('@') is >= 0 and var at) local = local[..at];
        return local.Length == PuidLength && local.StartsWith("1003", StringComparison.Ordinal) && local.IndexOfAnyExcept(HexDigits) < 0;
    }

    /// <summary>Whether a text can be a UserKey: it names no object, or is a PUID.</summary>
    public static bool IsKey(string? text) => IsUnknown(text?.Trim()) || IsPuid(text!);

    // A kind is a word: "<guid>_<guid>" is no object with its kind.
    private static bool TrySplit(string text, out string prefix, out string id)
    {
        (prefix, id) = (string.Empty, string.Empty);
        var bar = text.LastIndexOf('_');
        if (bar <= 0 || !Guid.TryParse(text.AsSpan(bar + 1), out var guid)) return false;
        foreach (var c in text.AsSpan(0, bar))
        {
            if (!char.IsAsciiLetter(c) && c is not ('_' or ' ')) return false;
        }

        (prefix, id) = (text[..bar], guid.ToString());
        return true;
    }

    private static int? TypeOf(string? type) => type?.Trim().ToUpperInvariant() switch
    {
        "CLAIM" => 0,
        "NAME" => 1,
        "OTHER" => 2,
        "PUID" => 3,
        "SPN" => 4,
        "UPN" => 5,
        { } number when int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };
}
