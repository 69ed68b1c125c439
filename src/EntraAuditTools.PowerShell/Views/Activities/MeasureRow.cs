using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>
/// A measure as Format-Table, Sort-Object and Export-Csv want it: the group's values are properties of their own.
/// </summary>
internal static class MeasureRow
{
    private const string TypeName = "EntraAuditTools.AuditActivityMeasure";
    private const string FirstSeenTypeName = "EntraAuditTools.AuditActivityFirstSeen";

    /// <summary>Beyond four columns PowerShell would choose a list: such rows have a table view of their own.</summary>
    private const string WideTypeName = TypeName + "#" + AuditActivityMeasureView.Wide;

    public static PSObject From(AuditActivityMeasure measure, IReadOnlyList<string> dimensions)
    {
        var row = new PSObject();
        foreach (var dimension in dimensions) row.Properties.Add(new PSNoteProperty(dimension, measure.Group.GetValueOrDefault(dimension)));
        row.Properties.Add(new PSNoteProperty("Count", measure.Count));
        row.Properties.Add(new PSNoteProperty("Success", measure.Success));
        row.Properties.Add(new PSNoteProperty("Failure", measure.Failure));
        row.Properties.Add(new PSNoteProperty("First", measure.First));
        row.Properties.Add(new PSNoteProperty("Last", measure.Last));
        row.TypeNames.Insert(0, TypeName);
        if (measure is AuditActivityFirstSeen seen)
        {
            row.Properties.Add(new PSNoteProperty("FirstImportId", seen.FirstImportId));
            row.Properties.Add(new PSNoteProperty("CoveredSince", seen.CoveredSince));
            row.Properties.Add(new PSNoteProperty("IsNew", seen.IsNew));
            row.Properties.Add(new PSNoteProperty("RestsOn", seen.RestsOn));
            row.TypeNames.Insert(0, FirstSeenTypeName);
        }
        else if (dimensions.Count > 3)
        {
            row.TypeNames.Insert(0, WideTypeName);
        }
        else
        {
            string[] shown = dimensions.Count switch
            {
                1 => [dimensions[0], "Count", "Success", "Failure"],
                2 => [.. dimensions, "Count", "Failure"],
                _ => [.. dimensions, "Count"],
            };
            row.Members.Add(new PSMemberSet("PSStandardMembers",
            [
                new PSPropertySet("DefaultDisplayPropertySet", shown),
                // As RecordViews.SerializedRow says it of rows that have a view.
                new PSNoteProperty("SerializationDepth", 2),
            ]));
        }

        return row;
    }
}
