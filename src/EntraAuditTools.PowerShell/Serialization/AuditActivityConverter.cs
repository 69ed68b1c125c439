using System.Management.Automation;
using static EntraAuditTools.PowerShell.Serialization.Deserialized;

namespace EntraAuditTools.PowerShell.Serialization;

/// <summary>
/// Restores activities after Export-Clixml, a background job or remoting, which flatten nested objects and spoil DateTimeOffset. Registered
/// where the record is declared (Views).
/// </summary>
public sealed class AuditActivityConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => IsActivity(sourceValue as PSObject);

    /// <inheritdoc/>
    public override bool CanConvertFrom(PSObject sourceValue, Type destinationType) => IsActivity(sourceValue);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Convert((PSObject)sourceValue);

    /// <inheritdoc/>
    public override object ConvertFrom(PSObject sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Convert(sourceValue);

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

    private static bool IsActivity(PSObject? value) =>
        value is not null && value.TypeNames.Contains("Deserialized.EntraAuditTools.AuditActivity");

    private static AuditActivity Convert(PSObject source)
    {
        var details = new AuditActivityDetails
        {
            ResultReason = Text(source, "ResultReason"),
            UserAgent = Text(source, "UserAgent"),
            Changes = new(() => Text(source, "Changes") ?? string.Empty),
            Targets = List(source, "Targets", Target),
            AdditionalDetails = List(source, "AdditionalDetails",
                item => new AuditDetail { Key = Text(item, "Key") ?? string.Empty, Value = Text(item, "Value") }),
        };
        var evidence = List(source, "Evidence", item => new AuditEvidence
        {
            ImportId = Number(item, "ImportId"),
            Source = Text(item, "Source") ?? string.Empty,
            Sha256 = Text(item, "Sha256"),
            ImportedAt = Time(item, "ImportedAt"),
            RecordId = Text(item, "RecordId"),
            Origin = Text(item, "Origin"),
        });
        var original = Text(source, "Original") ?? string.Empty;
        return new AuditActivity(() => details, () => evidence, () => original)
        {
            Time = Time(source, "Time"),
            Service = Text(source, "Service"),
            Category = Text(source, "Category"),
            Activity = Text(source, "Activity") ?? string.Empty,
            OperationType = Text(source, "OperationType"),
            Result = Text(source, "Result"),
            InitiatedBy = Initiator(source),
            CorrelationId = Text(source, "CorrelationId"),
            TenantId = Text(source, "TenantId"),
            Id = Text(source, "Id"),
            Origin = Text(source, "Origin") ?? string.Empty,
            TargetSummary = Text(source, "TargetSummary"),
            TargetCount = (int)Number(source, "TargetCount"),
        };
    }

    private static AuditInitiator Initiator(PSObject source)
    {
        if (source.Properties["InitiatedBy"]?.Value is not { } value) return new AuditInitiator();
        var initiator = PSObject.AsPSObject(value);
        return new AuditInitiator
        {
            Type = Text(initiator, "Type"),
            Id = Text(initiator, "Id"),
            AppId = Text(initiator, "AppId"),
            DisplayName = Text(initiator, "DisplayName"),
            UserPrincipalName = Text(initiator, "UserPrincipalName"),
            IPAddress = Text(initiator, "IPAddress"),
        };
    }

    private static AuditTarget Target(PSObject source) => new()
    {
        Type = Text(source, "Type"),
        Id = Text(source, "Id"),
        DisplayName = Text(source, "DisplayName"),
        UserPrincipalName = Text(source, "UserPrincipalName"),
        ModifiedProperties = List(source, "ModifiedProperties", item => new ModifiedProperty
        {
            Name = Text(item, "Name") ?? string.Empty,
            OldValue = Text(item, "OldValue"),
            NewValue = Text(item, "NewValue"),
            RawOldValue = Text(item, "RawOldValue"),
            RawNewValue = Text(item, "RawNewValue"),
            Masked = item.Properties["Masked"]?.Value is true,
        }),
    };
}
