namespace System.Management.Automation;

/// <summary>A property with its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null when it has none.</param>
public sealed record PSPropertyInfo(string Name, object? Value);
