using System.Text;

namespace EntraAuditTools.Core.Text;

/// <summary>How the program calls what a cmdlet has as a parameter.</summary>
internal static class OptionName
{
    /// <summary><c>--initiated-by</c> for InitiatedBy, <c>--ip-address</c> for IPAddress.</summary>
    public static string Of(string parameter)
    {
        var text = new StringBuilder("--");
        for (var i = 0; i < parameter.Length; i++)
        {
            var begins = i > 0 && char.IsUpper(parameter[i])
                && (char.IsLower(parameter[i - 1]) || (i + 1 < parameter.Length && char.IsLower(parameter[i + 1])));
            if (begins) text.Append('-');
            text.Append(char.ToLowerInvariant(parameter[i]));
        }

        return text.ToString();
    }
}
