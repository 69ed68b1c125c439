using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.PowerShell.Binding;

/// <summary>
/// Brings log entries, events and summaries of provisioning back as what they were after Export-Clixml, a background job
/// or remoting; see <see cref="AuditActivityConverter"/>. Named in types.ps1xml. These records are plain enough to be
/// filled property by property.
/// </summary>
public sealed class ProvisioningConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is PSObject source && CanConvertFrom(source, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) => sourceValue is not null && destinationType is not null && sourceValue.TypeNames.Contains("Deserialized." + destinationType.FullName);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => ConvertFrom((PSObject)sourceValue, destinationType, formatProvider, ignoreCase);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => Record(sourceValue, destinationType);

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override bool CanConvertTo(PSObject sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override object ConvertTo(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new NotSupportedException();

    private static object Record(PSObject source, Type type)
    {
        if (type == typeof(ProvisioningLogEntry))
        {
            // Read once here: what an entry reads on first use came along.
            var details = (ProvisioningLogDetails)Fill(source, new ProvisioningLogDetails());
            var evidence = Deserialized.List(source, "Evidence", item => (AuditEvidence)Fill(item, new AuditEvidence()));
            var original = Deserialized.Text(source, "Original") ?? string.Empty;
            return Fill(source, new ProvisioningLogEntry(() => details, () => evidence, () => original));
        }

        if (type == typeof(ProvisioningIdentity))
        {
            var details = Deserialized.List(source, "Details", item => (AuditDetail)Fill(item, new AuditDetail()));
            return Fill(source, new ProvisioningIdentity(() => details));
        }

        return Fill(source, Activator.CreateInstance(type)!);
    }

    /// <summary>Sets every property that can be set and has a value.</summary>
    private static object Fill(PSObject source, object record)
    {
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanWrite && Value(source, property) is { } value) property.SetValue(record, value);
        }

        return record;
    }

    private static object? Value(PSObject source, PropertyInfo property)
    {
        if (source.Properties[property.Name]?.Value is not { } value) return null;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (type == typeof(string)) return bare.ToString();
        if (type == typeof(DateTimeOffset)) return Deserialized.Time(source, property.Name);
        if (type.IsInstanceOfType(bare)) return bare;
        if (type.IsPrimitive) return Convert.ChangeType(bare, type, CultureInfo.InvariantCulture);
        if (!type.IsGenericType) return type.Namespace == typeof(AuditDetail).Namespace ? Record(PSObject.AsPSObject(value), type) : null;
        return bare is IEnumerable items ? List(items, type) : null;
    }

    private static object List(IEnumerable items, Type type)
    {
        var itemType = type.GetGenericArguments()[0];
        var array = items.Cast<object>().Select(item => itemType == typeof(string) ? item.ToString()! : Record(PSObject.AsPSObject(item), itemType)).ToArray();
        var typed = Array.CreateInstance(itemType, array.Length);
        array.CopyTo(typed, 0);
        return Activator.CreateInstance(type, typed)!;
    }
}
