using System.Text;
using System.Text.RegularExpressions;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Tests.Importing;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>The sample tenant's exports, and those of another tenant to which the same happened: every id, name and file of it is another.</summary>
internal static partial class TenantExports
{
    /// <summary>The sample tenant.</summary>
    public const string Harborline = "0ec71234-a6dd-4adb-8eaf-d3ec2403d98f";

    /// <summary>The other.</summary>
    public const string Quillmark = "b0b01234-a6dd-4adb-8eaf-d3ec2403d98f";

    /// <summary>What the sample tenant's exports say all over, and what ids of the other begin with or it says all over.</summary>
    public const string HarborlineMark = "harborline", QuillmarkMark = "quillmark", QuillmarkId = "b0b0";

    /// <summary>Files of the sample tenant.</summary>
    public static string[] OfHarborline { get; } = [.. Directory.GetFiles(Seeds.Folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".json" or ".jsonl" or ".csv")
        // It names its package, which has the same name at both.
        .Where(path => !Path.GetFileName(path).StartsWith("Assignments_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Writes the other's into a folder.</summary>
    public static string[] WriteQuillmark(string folder) => [.. OfHarborline.Select(path =>
    {
        var name = Path.Combine(folder, Other(Path.GetRelativePath(Seeds.Folder, path)));
        name = Path.Combine(Path.GetDirectoryName(name)!, QuillmarkMark + "-" + Path.GetFileName(name));
        Directory.CreateDirectory(Path.GetDirectoryName(name)!);
        File.WriteAllText(name, Other(File.ReadAllText(path)), new UTF8Encoding(false));
        File.SetLastWriteTimeUtc(name, File.GetLastWriteTimeUtc(path));
        return name;
    })];

    /// <summary>Everything that a mirror keeps compressed: originals and rejected records.</summary>
    public static List<string> Originals(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        var found = new List<string>();
        using (var blocks = new Statement(connection, "SELECT data, raw_length FROM block WHERE length(data) > 0"))
        {
            while (blocks.Step())
            {
                found.AddRange(new OriginalBlock(blocks.Blob(0)!, blocks.Number(1)).ReadAll()
                    .Select(record => Encoding.UTF8.GetString(record.Json.Span)));
            }
        }

        using var texts = new Statement(connection, "SELECT text FROM rejection");
        while (texts.Step()) found.Add(RejectedText.Read(texts.Blob(0)!));
        return found;
    }

    /// <summary>A text of the sample tenant as the other has it.</summary>
    public static string Other(string text)
    {
        var ids = Ids().Replace(text, id => (char.IsUpper(id.Value[0]) ? "B0B0" : QuillmarkId) + id.Value[4..]);
        return Names().Replace(ids, QuillmarkMark);
    }

    /// <summary>
    /// What a text says of a tenant, with some around it: its marks, and ids of the other one, as text, hexadecimal or bytes in such; empty for
    /// nothing.
    /// </summary>
    public static string Said(string text, string tenant)
    {
        var match = tenant == Harborline ? OfOne().Match(text) : OfOther().Match(text);
        return match.Success ? text[Math.Max(0, match.Index - 100)..Math.Min(text.Length, match.Index + 200)] : string.Empty;
    }

    [GeneratedRegex("harborline|686172626f726c696e65|0ec71234-?a6dd|30656337313233342d61366464", RegexOptions.IgnoreCase)]
    private static partial Regex OfOne();

    [GeneratedRegex("quillmark|7175696c6c6d61726b|b0b0[0-9a-f]{4}-[0-9a-f]{4}-|b0b01234|62306230(3[0-9]|6[1-6]){4}2d|\\\\x03b0b0|00001103b0b0",
        RegexOptions.IgnoreCase)]
    private static partial Regex OfOther();

    [GeneratedRegex("(?<![0-9a-f])([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[A-Z0-9]{43})(?![0-9a-f])", RegexOptions.IgnoreCase)]
    private static partial Regex Ids();

    [GeneratedRegex(HarborlineMark, RegexOptions.IgnoreCase)]
    private static partial Regex Names();
}
