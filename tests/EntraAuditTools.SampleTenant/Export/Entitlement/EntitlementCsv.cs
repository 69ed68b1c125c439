using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Portal downloads of entitlement management. No public source shows their headers: these follow what the portal's views show.
/// </summary>
public static class EntitlementCsv
{
    /// <summary>The assignments of one package, as "Assignments > Download" gives them at a time. Returns how many rows.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="at">When it is downloaded.</param>
    /// <param name="package">The package.</param>
    /// <param name="naming">With columns for the package and for ids, and American times; else neither, and ISO times.</param>
    public static long WriteAssignments(Stream stream, Tenant tenant, DateTimeOffset at, AccessPackageModel package, bool naming)
    {
        ArgumentNullException.ThrowIfNull(package);
        var rows = ExpectedEntitlement.Of(tenant, at).Assignments.Where(assignment => assignment.Package.Id == package.Id).ToList();
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: naming);
        csv.Row(naming
            ? ["Access package", "Assigned to", "User principal name", "Object ID", "Policy", "Status", "Start date (UTC)",
                "End date (UTC)", "Assignment ID"]
            : ["Name", "User principal name", "Email", "Policy", "Status", "Start date", "End date", "User lifecycle"]);
        foreach (var row in rows)
        {
            string status = row.State switch { "delivered" => "Delivered", "partiallyDelivered" => "Partially delivered",
                "delivering" => "Delivering", "deliveryFailed" => "Delivery failed", _ => "Expired" };
            csv.Row(naming
                ? [package.DisplayName, row.Subject.DisplayName, row.Subject.PrincipalName, row.Subject.ObjectId, row.Policy.DisplayName,
                    status, American(row.Start), American(row.Ended ?? row.End), row.AssignmentId]
                : [row.Subject.DisplayName, row.Subject.PrincipalName, row.Subject.Email, row.Policy.DisplayName, status, Time(row.Start),
                    Time(row.Ended ?? row.End), row.Subject.Organization is null ? "" : "Governed"]);
        }

        return rows.Count;
    }

    /// <summary>"Connected organizations > Download". Returns how many rows.</summary>
    public static long WriteConnectedOrganizations(Stream stream, Tenant tenant, DateTimeOffset at)
    {
        var rows = ExpectedEntitlement.Of(tenant, at).Organizations;
        using var csv = new CsvOutput(stream, byteOrderMark: true, quoteAll: false);
        csv.Row(["Name", "Description", "State", "Identity sources", "Internal sponsors", "External sponsors", "Connected date",
            "Object ID"]);
        foreach (var row in rows)
        {
            csv.Row(
            [
                row.DisplayName, row.Description, ProvisioningJson.Capital(row.State),
                    string.Join("; ", row.Sources.Select(source => source.Value)),
                string.Join("; ", row.InternalSponsors.Select(sponsor => sponsor.UserPrincipalName)),
                string.Join("; ", row.ExternalSponsors.Select(sponsor => sponsor.UserPrincipalName)),
                Time(row.Created), row.Id,
            ]);
        }

        return rows.Count;
    }

    private static string Time(long? ticks) => ticks is null ? "" : EntitlementJson.Time(ticks.Value);

    private static string American(long? ticks) =>
        ticks is null ? "" : new DateTime(ticks.Value, DateTimeKind.Utc).ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);
}
