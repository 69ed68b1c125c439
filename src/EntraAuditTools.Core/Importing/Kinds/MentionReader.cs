using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Kinds;

/// <summary>
/// Finds whom and what a record is about beside its targets: what its modified properties name (<see cref="IdentityProperties"/>), and whom
/// an event of account provisioning is about, which its details and its sentence name (FORMATS §7).
/// </summary>
internal sealed class MentionReader(Dimensions dimensions)
{
    /// <summary>Longer values are no names.</summary>
    private const int MaxValue = 16 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonResync.MaxDepth };
    private static readonly byte[][] Types = [.. IdentityProperties.Kinds.Select(kind => Encoding.UTF8.GetBytes(kind.Type))];

    // Details of account provisioning: attributes of the person in the source or the target.
    private static readonly byte[][] NameKeys = [[.. "displayName"u8], [.. "PreferredNameData"u8]];
    private static readonly byte[][] AccountKeys = [[.. "ReportableIdentifier"u8], [.. "UserID"u8], [.. "userName"u8], [.. "user_name"u8],
        [.. "mail"u8]];

    private readonly byte[] value = new byte[MaxValue];
    private readonly byte[] inner = new byte[MaxValue];
    private readonly List<Party> parties = [];

    /// <summary>Adds what a record names to a batch, but for its own targets.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="fields">The record, read.</param>
    /// <param name="read">The bytes that it was read from.</param>
    /// <returns>How many links were added.</returns>
    public int Add(ImportBatch batch, AuditFields fields, ReadOnlySpan<byte> read)
    {
        var isProvisioning = IsProvisioning(fields.Get(fields.Service));
        if (fields.Named.Count == 0 && !isProvisioning) return 0;
        parties.Clear();
        foreach (var named in fields.Named)
        {
            Note(fields, named, read, named.New, isOld: false);
            Note(fields, named, read, named.Old, isOld: true);
        }

        if (isProvisioning) NoteProvisioned(fields, read);
        var first = batch.Mentions.Count;
        foreach (var party in parties) Add(batch, fields, party, first);
        return batch.Mentions.Count - first;
    }

    private static bool IsProvisioning(ReadOnlySpan<byte> service) => service.Length == 20 && Utf8.Is(service, "Account Provisioning"u8);

    private void Note(AuditFields fields, in NamedFields named, ReadOnlySpan<byte> read, TextRange json, bool isOld)
    {
        var text = Unwrap(read.Slice(json.Start, json.Length));
        if (named.Property.Part == IdentityPart.ServicePrincipalNames) text = ApplicationIdOf(text);
        if (text.IsEmpty || IsZeros(text) || (named.Property.Part == IdentityPart.Reference && !IsGuid(text))) return;
        ref var party = ref PartyOf(named.Property.Kind, named.Property.Kind == 0 ? named.Target : -1, isOld);
        var range = fields.Add(text);
        switch (named.Property.Part)
        {
            case IdentityPart.Id or IdentityPart.Reference: party.Id = range; break;
            case IdentityPart.OtherId: party.OtherId = range; break;
            case IdentityPart.Name: party.Name = range; break;
            case IdentityPart.OtherName: party.OtherName = range; break;
            case IdentityPart.UserPrincipalName: party.UserPrincipalName = range; break;
            default: party.AppId = range; break;
        }
    }

    /// <summary>The party that a property is of; the target's own properties are each target's.</summary>
    private ref Party PartyOf(int kind, int target, bool isOld)
    {
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parties);
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Kind == kind && all[i].Target == target && all[i].IsOld == isOld) return ref all[i];
        }

        parties.Add(new Party { Kind = kind, Target = target, IsOld = isOld });
        return ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parties)[^1];
    }

    private void Add(ImportBatch batch, AuditFields fields, Party party, int first)
    {
        var type = Types[party.Kind].AsSpan();
        var isOwn = party.Target >= 0 && party.Target < fields.Targets.Count;
        if (isOwn)
        {
            var target = fields.Targets[party.Target];
            if (!target.Type.IsEmpty) type = fields.Get(target.Type).ToArray();
            party.Id = target.Id;
            if (party.Name.IsEmpty && !party.OtherId.IsEmpty) party.Name = target.Name;
            if (party.Name.IsEmpty && party.UserPrincipalName.IsEmpty && party.AppId.IsEmpty) party.Id = default;
        }
        else if (!party.Type.IsEmpty)
        {
            type = fields.Get(party.Type).ToArray();
        }

        var second = party.UserPrincipalName.IsEmpty && ApplicationIdentity.Is(type) ? party.AppId : party.UserPrincipalName;
        var term = dimensions.Term(type, batch);
        if (!party.OtherId.IsEmpty) Add(batch, fields, term, party.OtherId, party.Name, default, first);
        if (!party.OtherName.IsEmpty) Add(batch, fields, term, party.Id, party.OtherName, default, first);
        // Of a target with another id nothing more is to be said than its name, which stands beside that id.
        if (!(isOwn && !party.OtherId.IsEmpty && second.IsEmpty)) Add(batch, fields, term, party.Id, party.Name, second, first);
    }

    private void Add(ImportBatch batch, AuditFields fields, int type, TextRange id, TextRange name, TextRange second, int first)
    {
        var identity = dimensions.Identity(type, fields.Get(id), fields.Get(name), fields.Get(second), batch);
        // What is a target already is found as one, by whatever name: the mirror knows now that they are the same.
        if (identity == 0 || IsTarget(fields, id)) return;
        for (var i = first; i < batch.Mentions.Count; i++)
        {
            if (batch.Mentions[i] == identity) return;
        }

        batch.Mentions.Add(identity);
    }

    private static bool IsTarget(AuditFields fields, TextRange id)
    {
        if (id.IsEmpty) return false;
        var wanted = fields.Get(id);
        foreach (var target in fields.Targets)
        {
            if (Utf8.Is(fields.Get(target.Id), wanted)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whom an event of account provisioning is about: of its targets one is the application, and the other is often nameless.
    /// </summary>
    private void NoteProvisioned(AuditFields fields, ReadOnlySpan<byte> read)
    {
        var party = new Party { Kind = 0, Target = -1 };
        ReadDetails(fields, read.Slice(fields.Details.Start, fields.Details.Length), ref party);
        ReadSentence(fields, read.Slice(fields.Reason.Start, fields.Reason.Length), ref party);
        if (party.Id.IsEmpty && party.Name.IsEmpty && party.UserPrincipalName.IsEmpty) return;
        if (party.Type.IsEmpty && !party.UserPrincipalName.IsEmpty) party.Type = fields.Add("User"u8);
        parties.Add(party);
    }

    private void ReadDetails(AuditFields fields, ReadOnlySpan<byte> json, ref Party party)
    {
        if (json.IsEmpty) return;
        var reader = new Utf8JsonReader(json, Options);
        TextRange key = default, text = default;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                var name = fields.Get(key);
                if (Utf8.Is(name, "ObjectId"u8) && IsGuid(fields.Get(text))) party.Id = text;
                else if (Utf8.Is(name, "userPrincipalName"u8)) party.UserPrincipalName = text;
                else if (IsAny(name, NameKeys)) party.Name = text;
                else if (IsAny(name, AccountKeys) && fields.Get(text).IndexOf((byte)'@') > 0) SetName(fields, text, ref party);
                (key, text) = (default, default);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isKey, isValue) = (Utf8.Is(reader.ValueSpan, "key"u8), Utf8.Is(reader.ValueSpan, "value"u8));
                if (!reader.Read() || reader.TokenType != JsonTokenType.String || !(isKey || isValue)) continue;
                var range = fields.Add(Copy(ref reader, value));
                if (isKey) key = range;
                else text = range;
            }
        }
    }

    /// <summary>"User 'x' was created in …", "Received Group 'x' change of …": what stands in quotes, and the word before it.</summary>
    private void ReadSentence(AuditFields fields, ReadOnlySpan<byte> json, ref Party party)
    {
        if (json.IsEmpty) return;
        var text = Unwrap(json);
        var from = text.IndexOf(" '"u8);
        if (from < 0) return;
        var name = text[(from + 2)..];
        var to = name.IndexOf("' "u8) is >= 0 and var end ? end : name.LastIndexOf((byte)'\'');
        if (to <= 0) return;
        var word = text[(text[..from].LastIndexOf((byte)' ') + 1)..from];
        if (!Utf8.Is(word, "User"u8) && !Utf8.Is(word, "Group"u8)) return;
        party.Type = fields.Add(word);
        SetName(fields, fields.Add(name[..to]), ref party);
    }

    private static void SetName(AuditFields fields, TextRange text, ref Party party)
    {
        if (text.IsEmpty) return;
        if (fields.Get(text).IndexOf((byte)'@') > 0)
        {
            if (party.UserPrincipalName.IsEmpty) party.UserPrincipalName = text;
        }
        else if (party.Name.IsEmpty)
        {
            party.Name = text;
        }
    }

    /// <summary>A value as it is meant: texts stand in it as JSON, or in a list of one (FORMATS: values are JSON inside strings).</summary>
    private ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return default;
        var outer = new Utf8JsonReader(json, Options);
        if (!outer.Read() || outer.TokenType != JsonTokenType.String) return default;
        var text = Trim(Copy(ref outer, value));
        if (text is not [(byte)'"' or (byte)'[', ..]) return text is [(byte)'{', ..] || text.SequenceEqual("null"u8) ? default : text;
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String) return Trim(Copy(ref reader, inner));
                if (reader.TokenType != JsonTokenType.StartArray) break;
            }
        }
        catch (JsonException)
        {
            // No JSON after all: a name that begins so.
            return text.Trim((byte)'"');
        }

        return default;
    }

    private static ReadOnlySpan<byte> Copy(scoped ref Utf8JsonReader reader, byte[] buffer)
    {
        if (reader.ValueSpan.Length > buffer.Length) return default;
        try
        {
            return buffer.AsSpan(0, reader.CopyString(buffer));
        }
        catch (InvalidOperationException)
        {
            return default; // Half a surrogate pair: the original shows it.
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    /// <summary>Of a service principal's names, the one that is its application id, alone or before a slash.</summary>
    private static ReadOnlySpan<byte> ApplicationIdOf(ReadOnlySpan<byte> names)
    {
        while (!names.IsEmpty)
        {
            var end = names.IndexOf((byte)';');
            var name = Trim(end < 0 ? names : names[..end]);
            names = end < 0 ? default : names[(end + 1)..];
            if (name.Length >= 36 && (name.Length == 36 || name[36] == (byte)'/') && IsGuid(name[..36])) return name[..36];
        }

        return default;
    }

    private static bool IsAny(ReadOnlySpan<byte> name, byte[][] wanted)
    {
        foreach (var other in wanted)
        {
            if (Utf8.Is(name, other)) return true;
        }

        return false;
    }

    private static bool IsGuid(ReadOnlySpan<byte> text) =>
        text.Length == 36 && Utf8Parser.TryParse(text, out Guid _, out var read) && read == 36;

    private static bool IsZeros(ReadOnlySpan<byte> text) => text.Length == 36 && text.IndexOfAnyExcept((byte)'0', (byte)'-') < 0;

    /// <summary>An object that a record names.</summary>
    private struct Party
    {
        public int Kind;
        public int Target;
        public bool IsOld;
        public TextRange Type;
        public TextRange Id;
        public TextRange OtherId;
        public TextRange Name;
        public TextRange OtherName;
        public TextRange UserPrincipalName;
        public TextRange AppId;
    }
}
