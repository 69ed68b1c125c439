using System.Globalization;
using System.Text;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>Small portal downloads whose dates are written in some way.</summary>
internal static class PortalRows
{
    public const string English = "Date (UTC),CorrelationId,Service,Category,Activity,Result";

    /// <summary>A download with one row for each date.</summary>
    public static string Csv(IEnumerable<string> dates, string header = English, char delimiter = ',')
    {
        var csv = new StringBuilder(header.Replace(',', delimiter)).Append("\r\n");
        var number = 0;
        foreach (var date in dates)
        {
            csv.AppendJoin(delimiter, $"\"{date}\"", $"00000000-0000-0000-0000-{number++:000000000000}", "Core Directory",
                "GroupManagement", "Add member to group", "success").Append("\r\n");
        }

        return csv.ToString();
    }

    /// <summary>The same records as JSON lines, as Import-Csv and ConvertTo-Json make them.</summary>
    public static string Json(IEnumerable<string> dates)
    {
        var json = new StringBuilder();
        var number = 0;
        foreach (var date in dates)
        {
            json.Append(CultureInfo.InvariantCulture,
                $$"""{"Date (UTC)":"{{date}}","CorrelationId":"00000000-0000-0000-0000-{{number++:000000000000}}","Service":"Core Directory","Category":"GroupManagement","Activity":"Add member to group","Result":"success"}""").Append('\n');
        }

        return json.ToString();
    }
}
