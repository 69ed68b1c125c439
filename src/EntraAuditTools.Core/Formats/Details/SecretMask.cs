using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Details;

/// <summary>
/// Hides values that can hold key material (key descriptions carry identifiers and hints of secrets, credentials and device keys
/// the keys themselves), in details and in originals of any shape.
/// </summary>
internal static partial class SecretMask
{
    /// <summary>Replaces a masked value.</summary>
    public static string Note => $"(masked: use {Caller.Option("ShowSecret")})";

    /// <summary>Replaces a value that is masked in the mirror itself: nothing that is asked of it can show the value.</summary>
    public const string Gone = "(masked: not in this copy)";

    /// <summary>Whether a text stands for a masked value: the module's, the program's, or a mirror's own.</summary>
    public static bool IsNote(string text) => text is "(masked: use -ShowSecret)" or "(masked: use --show-secret)" or Gone;

    /// <summary>What is shown for a value that is to be hidden.</summary>
    public static string NoteFor(string? value) => value == Gone ? Gone : Note;

    private static readonly JsonDocumentOptions ParseOptions = new() { MaxDepth = JsonResync.MaxDepth };

    /// <summary>
    /// Properties whose values are hidden, also behind a prefix such as <c>Application.</c> and with signs between their words
    /// (<c>client_secret</c>): this is the place to add one.
    /// </summary>
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Applications and service principals
        "KeyDescription", "Credential", "Credentials", "KeyCredential", "KeyCredentials", "PasswordCredential", "PasswordCredentials",
        "EncryptedCredential", "EncryptedCredentials", "AsymmetricKey", "SymmetricKey", "ClientSecret", "Secret", "SecretText", "SecretKey",
        "SharedSecret", "PrivateKey", "ApiKey", "ConnectionString",
        // Provisioning
        "SynchronizationSecrets", "SecretToken", "AccessToken", "RefreshToken", "BearerToken",
        // Users and devices
        "Password", "PasswordProfile", "UnicodePwd", "UserPassword", "TemporaryAccessPass", "OathSecretKey",
        "StrongAuthenticationPhoneAppDetail", "SearchableDeviceKey", "DeviceKey",
    };

    private static readonly int LongestName = Names.Max(name => name.Length);

    /// <summary>
    /// One of these stands in every such name, whatever stands between its words: what has none needs no parsing, and most records have none.
    /// </summary>
    private static readonly string[] Stems =
        [
            "Secret", "Credential", "Password", "Token", "Pwd", "Connection", .. new[] { "", "_", "-", " " }.SelectMany(sign => new[]
            {
                $"Key{sign}Description", $"etric{sign}Key", $"Private{sign}Key", $"Api{sign}Key", $"Device{sign}Key", $"Access{sign}Pass",
                $"App{sign}Detail",
            }),
        ];

    private static readonly Lazy<WordFinder> StemsInBytes = new(() => new(Stems));

    /// <summary>
    /// Whether a record may hold a value to hide: where it does not, <see cref="MaskJson"/> changes nothing. In one pass, for records by the
    /// hundred thousand, of which most hold none.
    /// </summary>
    /// <param name="utf8">The record's JSON.</param>
    public static bool MayHoldSecret(ReadOnlySpan<byte> utf8)
    {
        if (!StemsInBytes.Value.IsIn(utf8)) return false;
        // Often a stem stands in prose ("Reset password"): only the name of a secret, or JSON in a text, has something to hide.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String)) continue;
                if (!reader.ValueIsEscaped && !StemsInBytes.Value.IsIn(reader.ValueSpan)) continue;
                var text = reader.GetString()!;
                if (IsSecret(text) || (MayHoldJson(text) && MayHoldSecret(text))) return true;
            }

            return false;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It cannot be read, or has half a surrogate pair: MaskJson decides.
            return true;
        }
    }

    /// <summary>Whether values of this property are hidden.</summary>
    public static bool IsSecret(string? name)
    {
        if (string.IsNullOrEmpty(name)) return false;
        if (name.LastIndexOf('.') is > 0 and var dot) name = name[(dot + 1)..];
        return Names.Contains(name.AsSpan().IndexOfAny('_', '-', ' ') < 0 ? name : WithoutSigns(name));
    }

    /// <summary>A name without what stands between its words; what is longer than any name is none, and left as it is.</summary>
    private static string WithoutSigns(string name)
    {
        Span<char> letters = stackalloc char[LongestName];
        var length = 0;
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter)) continue;
            if (length == LongestName) return name;
            letters[length++] = letter;
        }

        return new(letters[..length]);
    }

    /// <summary>
    /// Whether a value of such a property is harmless: a key description that contains only id, type, usage and name, as Entra writes it in
    /// "Update application – Certificates and secrets management". An investigation of a new credential needs just these.
    /// </summary>
    public static bool IsHarmless(string? name, string? value) =>
        value is { Length: > 0 } && name is not null
            && name[(name.LastIndexOf('.') + 1)..].Equals("KeyDescription", StringComparison.OrdinalIgnoreCase)
        && KeyDescriptions().IsMatch(value) && !RevealingName().IsMatch(value);

    /// <summary>
    /// A record's JSON text with such values replaced, wherever they are: name and values as siblings in an object, JSON text in
    /// cells, or columns of a CSV row. Text without any such name is returned as it is.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <param name="note">What replaces a value.</param>
    public static string MaskJson(string json, string? note = null)
    {
        note ??= Note;
        if (!MayHoldSecret(json)) return json;
        try
        {
            var node = JsonNode.Parse(json, documentOptions: ParseOptions);
            return Mask(node, note) ? node!.ToJsonString(RelaxedJson.Options) : json;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // Too deep, or a name twice in one object: hiding everything is the safe side.
            return JsonSerializer.Serialize(note, RelaxedJson.Options);
        }
    }

    /// <summary>
    /// A value that is itself JSON text, with such values in it replaced: settings come whole as the value of one property. Others are
    /// returned as they are.
    /// </summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static string? MaskValue(string? value) => value is null ? null : Inside(value, Note) ?? value;

    /// <summary>Whether a text may be an object or a list in JSON, also as a text within a text; words in quotes are neither.</summary>
    private static bool MayHoldJson(ReadOnlySpan<char> text) =>
        text.TrimStart() is ['{' or '[', ..] or ['"', '{' or '[' or '"' or '\\' or ' ' or '\t' or '\r' or '\n', ..];

    private static bool MayHoldSecret(string text) => Array.Exists(Stems, stem => text.Contains(stem, StringComparison.OrdinalIgnoreCase));

    /// <summary>Masks in place; true when anything was replaced.</summary>
    private static bool Mask(JsonNode? node, string note) => node switch
    {
        JsonArray array => MaskArray(array, note),
        JsonObject record => MaskObject(record, note),
        _ => false,
    };

    private static bool MaskArray(JsonArray array, string note)
    {
        var changed = false;
        for (var i = 0; i < array.Count; i++)
        {
            if (Replacement(array[i], note) is { } replacement)
            {
                array[i] = replacement;
                changed = true;
            }
            else
            {
                changed |= Mask(array[i], note);
            }
        }

        return changed;
    }

    private static bool MaskObject(JsonObject record, string note)
    {
        var properties = record.ToList();
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < properties.Count; i++)
        {
            var (name, value) = properties[i];
            if (IsSecret(name)) hidden.Add(name);
            if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && IsSecret(value.GetValue<string>()))
                HideNeighbours(properties, i, hidden);
        }

        var changed = false;
        foreach (var (name, value) in properties)
        {
            if (hidden.Contains(name))
            {
                if (value is null || (value is JsonValue && value.GetValueKind() == JsonValueKind.String
                    && (value.GetValue<string>() is "" or Gone || IsHarmless("KeyDescription", value.GetValue<string>())))) continue;
                record[name] = note;
                changed = true;
            }
            else if (Replacement(value, note) is { } replacement)
            {
                record[name] = replacement;
                changed = true;
            }
            else
            {
                changed |= Mask(value, note);
            }
        }

        return changed;
    }

    // The property at i holds the name of something secret: its values are next to it. In an object {displayName, oldValue, newValue} or
    // {Key, Value} all that is called a value; in a row of a CSV the columns of the same number, which follow the name
    // (Target1ModifiedProperty1Name, …OldValue, …NewValue), also where the headers are in another language.
    private static void HideNeighbours(List<KeyValuePair<string, JsonNode?>> properties, int i, HashSet<string> hidden)
    {
        var column = properties[i].Key;
        if (column.EndsWith("Value", StringComparison.OrdinalIgnoreCase)) return;
        var isColumn = NumberedColumn().Match(column) is { Success: true } numbered;
        if (!isColumn)
        {
            foreach (var (name, _) in properties)
            {
                if (name.EndsWith("Value", StringComparison.OrdinalIgnoreCase)) hidden.Add(name);
            }

            return;
        }

        var stem = NumberedColumn().Match(column).Groups["stem"].Value;
        for (var next = i + 1; next <= i + 2 && next < properties.Count; next++)
        {
            if (properties[next].Key.StartsWith(stem, StringComparison.OrdinalIgnoreCase)) hidden.Add(properties[next].Key);
        }

        foreach (var (name, _) in properties)
        {
            if (name.StartsWith(stem, StringComparison.OrdinalIgnoreCase) && name.EndsWith("Value", StringComparison.OrdinalIgnoreCase))
                hidden.Add(name);
        }
    }

    private static string? Replacement(JsonNode? value, string note) =>
        value is JsonValue && value.GetValueKind() == JsonValueKind.String ? Inside(value.GetValue<string>(), note) : null;

    /// <summary>A string that is itself JSON, masked; null when it is not, or holds nothing to hide.</summary>
    private static string? Inside(string text, string note)
    {
        if (!MayHoldJson(text) || !MayHoldSecret(text)) return null;
        try
        {
            var inner = JsonNode.Parse(text, documentOptions: ParseOptions);
            if (Replacement(inner, note) is { } replacement) return JsonSerializer.Serialize(replacement, RelaxedJson.Options);
            return Mask(inner, note) ? inner!.ToJsonString(RelaxedJson.Options) : null;
        }
        catch (JsonException)
        {
            return null; // Text that only looks like JSON: names in prose carry no values.
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return note; // A name twice in one object, or half a surrogate pair: hiding everything is the safe side.
        }
    }

    // ["[KeyIdentifier=…,KeyType=AsymmetricX509Cert,KeyUsage=Verify,DisplayName=CN=…]", …], or none of them.
    [GeneratedRegex(@"^[\[\s]*(?:(?:[""\\\s,]*)\[KeyIdentifier=[0-9a-fA-F-]{1,40},\s*KeyType=\w{1,40},\s*KeyUsage=\w{1,40}(?:,\s*DisplayName=[^\[\]""\\]{0,200})?\][""\\\s]*)*[\]\s]*$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyDescriptions();

    // A name that carries more than a name.
    [GeneratedRegex(@"Hint|Secret\s*=|SecretText|Value\s*=|CustomKey|PRIVATE KEY",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RevealingName();

    // Up to and with the last number: "Target1ModifiedProperty2" of "Target1ModifiedProperty2Name".
    [GeneratedRegex(@"^(?<stem>.*\d)\D*$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedColumn();
}
