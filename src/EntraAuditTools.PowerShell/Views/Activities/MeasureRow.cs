using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>
/// A group of activities as Format-Table, Sort-Object and Export-Csv want it: its values are properties of their own, and come first.
/// </summary>
internal static class MeasureRow
{
    /// <summary>Beyond four columns PowerShell would choose a list: such rows have a table view of their own.</summary>
    private static readonly string WideTypeName = $"{typeof(AuditActivityMeasure).FullName}#{AuditActivityMeasureView.Wide}";

    /// <summary>Makes a row.</summary>
    /// <param name="properties">The group's values and the numbers.</param>
    public static PSObject From<T>(IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        var row = new PSObject();
        foreach (var (name, value) in properties) row.Properties.Add(new PSNoteProperty(name, value));
        var types = new List<string>();
        for (var type = typeof(T); type != typeof(object); type = type.BaseType!) types.Add(type.FullName!);
        for (var i = 0; i < types.Count; i++) row.TypeNames.Insert(i, types[i]);
        return row;
    }

    /// <summary>Makes a row that shows its group's values in columns.</summary>
    /// <param name="properties">The group's values and the numbers.</param>
    /// <param name="dimensions">How many of them are the group's.</param>
    public static PSObject From(IReadOnlyList<KeyValuePair<string, object?>> properties, int dimensions)
    {
        var row = From<AuditActivityMeasure>(properties);
        if (dimensions > 3)
        {
            row.TypeNames.Insert(0, WideTypeName);
            return row;
        }

        string[] counts = dimensions switch
        {
            1 => ["Count", "Success", "Failure"],
            2 => ["Count", "Failure"],
            _ => ["Count"],
        };
        string[] shown = [.. properties.Take(dimensions).Select(property => property.Key), .. counts];
        row.Members.Add(new PSMemberSet("PSStandardMembers",
        [
            new PSPropertySet("DefaultDisplayPropertySet", shown),
            // As RecordViews.SerializedRow says it of rows that have a view.
            new PSNoteProperty("SerializationDepth", 2),
        ]));
        return row;
    }
}
