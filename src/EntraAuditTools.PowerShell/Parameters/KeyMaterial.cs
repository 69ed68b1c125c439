using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using System.Net;
using System.Security;
using System.Text;
using EntraAuditTools.Core.Exporting.Pseudonyms;
using EntraAuditTools.PowerShell.Errors;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>Keys as people give them: a secure string, a text, bytes, or a file.</summary>
internal static class KeyMaterial
{
    /// <summary>The bytes of a key.</summary>
    /// <exception cref="Core.Errors.AuditToolException">KeyInvalid.</exception>
    public static byte[] Bytes(object key)
    {
        var bare = key is PSObject wrapped ? wrapped.BaseObject : key;
        try
        {
            return bare switch
            {
                SecureString secure => Encoding.UTF8.GetBytes(new NetworkCredential(string.Empty, secure).Password),
                string text => Encoding.UTF8.GetBytes(text),
                byte[] bytes => bytes,
                IEnumerable list => [.. list.Cast<object>()
                    .Select(item => Convert.ToByte(item is PSObject inner ? inner.BaseObject : item, CultureInfo.InvariantCulture))],
                _ => throw Invalid(bare),
            };
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException)
        {
            throw Invalid(bare);
        }
    }

    /// <summary>The key of a file, which is made where there is none.</summary>
    public static PseudonymKey OfFile(string path, object? other, Action<string> say)
    {
        if (other != null) throw AuditToolException.BadArgument("KeysContradict", "-Key and -KeyFile both say what the key is.", "Give one of them.");
        var key = PseudonymKey.OfFile(path, out var isNew);
        if (isNew) say($"The key file '{path}' was made with a new key. Keep it to yourself: with it the same name always gets the same pseudonym.");
        return key;
    }

    private static Core.Errors.AuditToolException Invalid(object key) => AuditToolException.BadArgument("KeyInvalid",
        $"A {key.GetType().Name} is no key.", "Give a secure string (Read-Host -AsSecureString), a text, or bytes.");
}
