namespace System.Management.Automation;

/// <summary>
/// What the methods of views take, where there is no engine: as much of PowerShell's own class of this name as they use, which is an object
/// and its properties by name.
/// </summary>
public sealed class PSObject
{
    /// <summary>An object of nothing but the properties that are added to it.</summary>
    public PSObject()
        : this(new List<KeyValuePair<string, object?>>())
    {
    }

    private PSObject(object value)
    {
        BaseObject = value;
        Properties = new PSObjectProperties(value);
    }

    /// <summary>The object.</summary>
    public object BaseObject { get; }

    /// <summary>Its properties.</summary>
    public PSObjectProperties Properties { get; }

    /// <summary>Wraps an object, unless it is wrapped already.</summary>
    public static PSObject AsPSObject(object value) => value as PSObject ?? new PSObject(value);

    /// <inheritdoc/>
    public override string ToString() => BaseObject.ToString() ?? string.Empty;
}
