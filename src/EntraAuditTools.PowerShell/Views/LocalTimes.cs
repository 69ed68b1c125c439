using System.Management.Automation;
using EntraAuditTools.PowerShell.Serialization;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>
/// Times of records in the machine's zone, a method for each property that a view shows by itself (Declaring/LocalProperties).
/// </summary>
public static class LocalTimes
{
    /// <summary>Before.</summary>
    public static object? Before(PSObject instance) => Of(instance, nameof(Before));

    /// <summary>Finished.</summary>
    public static object? Finished(PSObject instance) => Of(instance, nameof(Finished));

    /// <summary>FirstSeen.</summary>
    public static object? FirstSeen(PSObject instance) => Of(instance, nameof(FirstSeen));

    /// <summary>FirstTime.</summary>
    public static object? FirstTime(PSObject instance) => Of(instance, nameof(FirstTime));

    /// <summary>ImportedAt.</summary>
    public static object? ImportedAt(PSObject instance) => Of(instance, nameof(ImportedAt));

    /// <summary>LastImport.</summary>
    public static object? LastImport(PSObject instance) => Of(instance, nameof(LastImport));

    /// <summary>LastImposed.</summary>
    public static object? LastImposed(PSObject instance) => Of(instance, nameof(LastImposed));

    /// <summary>LastSeen.</summary>
    public static object? LastSeen(PSObject instance) => Of(instance, nameof(LastSeen));

    /// <summary>LastTime.</summary>
    public static object? LastTime(PSObject instance) => Of(instance, nameof(LastTime));

    /// <summary>NextAttempt.</summary>
    public static object? NextAttempt(PSObject instance) => Of(instance, nameof(NextAttempt));

    /// <summary>Since.</summary>
    public static object? Since(PSObject instance) => Of(instance, nameof(Since));

    /// <summary>Started.</summary>
    public static object? Started(PSObject instance) => Of(instance, nameof(Started));

    /// <summary>Time.</summary>
    public static object? Time(PSObject instance) => Of(instance, nameof(Time));

    private static object? Of(PSObject instance, string property) =>
        Deserialized.Time(Cell.Value(instance, property))?.ToLocalTime() ?? Cell.Value(instance, property);
}
