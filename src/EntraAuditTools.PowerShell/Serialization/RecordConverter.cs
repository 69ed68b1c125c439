using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>
/// Restores records of provisioning and of entitlement management after Export-Clixml, a background job or remoting; see
/// <see cref="AuditActivityConverter"/>. Registered where they are declared (Views). These records are plain enough to be filled property
/// by property.
/// </summary>
public sealed class RecordConverter : PSTypeConverter
{
    private const string Prefix = "Deserialized.";

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject source && CanConvertFrom(source, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) =>
        sourceValue is not null && destinationType is not null && sourceValue.TypeNames.Contains(Prefix + destinationType.FullName);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        ConvertFrom((PSObject)sourceValue, destinationType, formatProvider, ignoreCase);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var record = DeserializedRecord.Make(sourceValue, destinationType);
        // Names like AccessPackage#User say which report an object belongs to; PowerShell keeps them with the record.
        var report = $"{Prefix}{destinationType.FullName}#";
        foreach (var name in sourceValue.TypeNames.Where(name => name.StartsWith(report, StringComparison.Ordinal)).Reverse().ToList())
            PSObject.AsPSObject(record).TypeNames.Insert(0, name[Prefix.Length..]);
        return record;
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override bool CanConvertTo(PSObject sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override object ConvertTo(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();
}
