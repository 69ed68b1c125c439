namespace System.Management.Automation;

/// <summary>A property that is added to an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null when it has none.</param>
public sealed record PSNoteProperty(string Name, object? Value);
