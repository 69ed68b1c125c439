using System.Security.Cryptography;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>
/// The key that pseudonyms are made with: who has it can find out whom one stands for by trying, nobody else. The same key gives the same
/// pseudonyms.
/// </summary>
internal sealed class PseudonymKey
{
    /// <summary>So long a key is at least: it must not be found by trying.</summary>
    public const int LeastBytes = 16;

    private readonly byte[] key;

    private PseudonymKey(byte[] key) => this.key = key;

    /// <summary>A new one that nobody has.</summary>
    public static PseudonymKey Random() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>One that somebody gives.</summary>
    /// <exception cref="AuditToolException">KeyTooShort.</exception>
    public static PseudonymKey Of(byte[] key) => key.Length >= LeastBytes ? new([.. key]) : throw KeyErrors.Short(null, LeastBytes);

    /// <summary>The key in a file; a file that is not there is made, with a new key, for its owner alone.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="isNew">Whether it was made.</param>
    /// <exception cref="AuditToolException">KeyFileLoose, KeyFileUnreadable or KeyTooShort.</exception>
    public static PseudonymKey OfFile(string path, out bool isNew)
    {
        try
        {
            isNew = !File.Exists(path);
            if (isNew)
            {
                if (Path.GetDirectoryName(path) is { Length: > 0 } folder) OwnerOnlyFile.CreateDirectory(folder);
                using var file = OwnerOnlyFile.Open(path, FileMode.CreateNew, FileShare.None);
                file.Write(Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)).ToLowerInvariant() + "\n"));
            }

            if (OwnerOnlyFile.OpenTo(path) is { } others) throw KeyErrors.Loose(path, others);
            var text = File.ReadAllText(path).Trim();
            return Encoding.UTF8.GetByteCount(text) >= LeastBytes ? new(Encoding.UTF8.GetBytes(text)) : throw KeyErrors.Short(path, LeastBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KeyErrors.Unreadable(path, e);
        }
    }

    /// <summary>What the key makes of a value; values of different kinds have nothing in common.</summary>
    public byte[] Hash(string kind, string value) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\0{value}"));
}
