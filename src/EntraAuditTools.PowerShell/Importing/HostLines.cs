using System.Management.Automation;
using System.Management.Automation.Host;

namespace EntraAuditTools.PowerShell.Importing;

/// <summary>Breaks a sentence between words: what is written directly to the host would be broken by the terminal within words.</summary>
internal static class HostLines
{
    private const int WidthWithoutScreen = 120;

    /// <summary>The sentence in lines of the host's width.</summary>
    public static IEnumerable<string> Of(PSHost host, string text)
    {
        var (width, line) = (Width(host), string.Empty);
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length >= width)
            {
                yield return line;
                line = word;
                continue;
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    private static int Width(PSHost host)
    {
        try
        {
            return host.UI?.RawUI?.BufferSize.Width is > 1 and var width ? width : WidthWithoutScreen;
        }
        catch (Exception error)
            when (error is HostException or NotImplementedException or NotSupportedException or InvalidOperationException or IOException)
        {
            // A host without a screen: a job, a remote session, a service.
            return WidthWithoutScreen;
        }
    }
}
