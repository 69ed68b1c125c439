using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>Makes records anew of what came back from Export-Clixml, a background job or remoting, property by property.</summary>
internal static class DeserializedRecord
{
    /// <summary>The record. Properties that are read on first use were serialized with it and are read once here.</summary>
    public static object Make(PSObject source, Type type) => Fill(source, Create(source, type));

    private static object Create(PSObject source, Type type)
    {
        if (type == typeof(ProvisioningLogEntry))
        {
            var details = (ProvisioningLogDetails)Fill(source, new ProvisioningLogDetails());
            return new ProvisioningLogEntry(() => details, Evidence(source), Original(source));
        }

        if (type == typeof(ProvisioningIdentity))
        {
            var details = Details(source, "Details");
            return new ProvisioningIdentity(() => details);
        }

        if (type == typeof(AccessPackage)) return new AccessPackage(Evidence(source), Original(source));
        if (type == typeof(AccessPackageAssignment)) return new AccessPackageAssignment(Evidence(source), Original(source));
        if (type == typeof(ConnectedOrganization)) return new ConnectedOrganization(Evidence(source), Original(source));
        if (type == typeof(ResourceAssignment)) return new ResourceAssignment(Evidence(source));
        if (type == typeof(AccessPackageRequest)) return new AccessPackageRequest(Evidence(source));
        if (type == typeof(AccessPackageActivity)) return new AccessPackageActivity(Activity(source));
        if (type == typeof(AppRoleAssignmentActivity)) return new AppRoleAssignmentActivity(Activity(source));
        return Activator.CreateInstance(type)!;
    }

    private static Func<RecordList<AuditEvidence>> Evidence(PSObject source)
    {
        var evidence = Deserialized.List(source, "Evidence", item => (AuditEvidence)Fill(item, new AuditEvidence()));
        return () => evidence;
    }

    private static Func<string> Original(PSObject source)
    {
        var original = Deserialized.Text(source, "Original") ?? string.Empty;
        return () => original;
    }

    /// <summary>The audit record behind an event, of which only what the event shows was serialized.</summary>
    private static Func<AuditActivity> Activity(PSObject source)
    {
        var details = new AuditActivityDetails
        {
            AdditionalDetails = Details(source, "Details"),
            Targets = Deserialized.List(source, "Targets", item => (AuditTarget)Fill(item, new AuditTarget())),
        };
        var activity = new AuditActivity(() => details, Evidence(source), Original(source))
        {
            Time = Deserialized.Time(source, "Time"),
            Activity = Deserialized.Text(source, "Activity") ?? Deserialized.Text(source, "Operation") ?? string.Empty,
            Result = Deserialized.Text(source, "Result"),
            CorrelationId = Deserialized.Text(source, "CorrelationId"),
            TenantId = Deserialized.Text(source, "TenantId"),
        };
        return () => activity;
    }

    private static RecordList<AuditDetail> Details(PSObject source, string property) =>
        Deserialized.List(source, property, item => (AuditDetail)Fill(item, new AuditDetail()));

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
        if (type == typeof(DateOnly)) return Deserialized.Day(value);
        if (type.IsPrimitive) return Convert.ChangeType(bare, type, CultureInfo.InvariantCulture);
        if (!type.IsGenericType) return type.Namespace == typeof(AuditDetail).Namespace ? Make(PSObject.AsPSObject(value), type) : null;
        return bare is IEnumerable items ? List(items, type) : null;
    }

    private static object List(IEnumerable items, Type type)
    {
        var itemType = type.GetGenericArguments()[0];
        var array = items.Cast<object>()
            .Select(item => itemType == typeof(string) ? item.ToString()! : Make(PSObject.AsPSObject(item), itemType)).ToArray();
        var typed = Array.CreateInstance(itemType, array.Length);
        array.CopyTo(typed, 0);
        return Activator.CreateInstance(type, typed)!;
    }
}
