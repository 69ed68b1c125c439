using System.Collections;
using EntraAuditTools.Tables;

namespace System.Management.Automation;

/// <summary>The properties of an object, or the pairs of a row that a question makes.</summary>
public sealed class PSObjectProperties : IEnumerable<PSPropertyInfo>
{
    private readonly object value;

    internal PSObjectProperties(object value) => this.value = value;

    /// <summary>The property of a name; null when there is none.</summary>
    public PSPropertyInfo? this[string name] => RecordProperties.Find(value, name);

    /// <summary>Adds one to an object of nothing else.</summary>
    public void Add(PSNoteProperty property) => ((List<KeyValuePair<string, object?>>)value).Add(new(property.Name, property.Value));

    /// <inheritdoc/>
    public IEnumerator<PSPropertyInfo> GetEnumerator() =>
        RecordProperties.Of(value).Select(pair => new PSPropertyInfo(pair.Key, pair.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
