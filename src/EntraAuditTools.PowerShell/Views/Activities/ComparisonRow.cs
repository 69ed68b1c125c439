using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>A comparison as Sort-Object and Export-Csv want it: the group's values are properties of their own, and come first.</summary>
internal static class ComparisonRow
{
    private static readonly string TypeName = typeof(AuditActivityComparison).FullName!;

    public static PSObject From(AuditActivityComparison item, IReadOnlyList<string> dimensions)
    {
        var row = new PSObject();
        foreach (var dimension in dimensions) Add(dimension, item.Group.GetValueOrDefault(dimension));
        Add(nameof(item.Change), item.Change);
        Add(nameof(item.ReferenceCount), item.ReferenceCount);
        Add(nameof(item.Count), item.Count);
        Add(nameof(item.Difference), item.Difference);
        Add(nameof(item.ReferenceAfter), item.ReferenceAfter);
        Add(nameof(item.ReferenceBefore), item.ReferenceBefore);
        Add(nameof(item.After), item.After);
        Add(nameof(item.Before), item.Before);
        Add(nameof(item.ReferenceDaysNotCovered), item.ReferenceDaysNotCovered);
        Add(nameof(item.DaysNotCovered), item.DaysNotCovered);
        row.TypeNames.Insert(0, TypeName);
        return row;

        void Add(string name, object? value) => row.Properties.Add(new PSNoteProperty(name, value));
    }
}
