using System.Management.Automation;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.PowerShell.Cmdlets;

namespace EntraAuditTools.Module.Tests;

/// <summary>A filter that a log declares can be asked for everywhere: one that lacks its parameter or option is found here, not by an admin.</summary>
public class LogFieldTests
{
    public static TheoryData<string, string> Fields =>
    [
        .. AuditActivityQuery.Fields.Select(filter => (nameof(GetAuditActivityCommand), filter.Name)),
        .. AuditActivityQuery.Fields.Select(filter => (nameof(MeasureAuditActivityCommand), filter.Name)),
        .. ProvisioningLogQuery.Fields.Select(filter => (nameof(GetProvisioningLogCommand), filter.Name)),
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_is_a_parameter(string cmdlet, string field)
    {
        var type = typeof(GetAuditActivityCommand).Assembly.GetTypes().Single(item => item.Name == cmdlet);
        var property = type.GetProperty(field);
        Assert.True(property?.IsDefined(typeof(ParameterAttribute), inherit: true), $"{cmdlet} has no parameter {field}.");
        // Several of anything, but of a text that is searched for and of a time, which bounds.
        Assert.True(property!.PropertyType == typeof(string) || property.PropertyType.IsArray || IsTime(field), $"-{field} takes one value.");
        if (IsTime(field)) Assert.Equal(typeof(DateTimeOffset?), property.PropertyType);
    }

    private static bool IsTime(string field) =>
        AuditActivityQuery.Fields.Concat(ProvisioningLogQuery.Fields).First(item => item.Name == field).IsTime;

    [Fact]
    public void A_field_is_a_property_of_its_filter()
    {
        Assert.All(AuditActivityQuery.Fields, field => Assert.NotNull(typeof(AuditActivityFilter).GetProperty(field.Name)));
        Assert.All(ProvisioningLogQuery.Fields, field => Assert.NotNull(typeof(ProvisioningLogFilter).GetProperty(field.Name)));
    }

    [Theory]
    [InlineData("InitiatedBy", "--initiated-by")]
    [InlineData("IPAddress", "--ip-address")]
    [InlineData("Id", "--id")]
    [InlineData("CorrelationId", "--correlation-id")]
    public void An_option_is_called_as_its_field(string field, string option) =>
        Assert.Equal(option, AuditActivityQuery.Fields.Single(item => item.Name == field).Option);

    [Fact]
    public void What_is_warned_of_has_words()
    {
        LogField[] all = [.. AuditActivityQuery.Fields, .. ProvisioningLogQuery.Fields];
        Assert.All(all, field => Assert.NotEmpty(field.Words));
        Assert.All(all, field => Assert.EndsWith(field.Help.EndsWith('…') ? "…" : ".", field.Help, StringComparison.Ordinal));
    }
}
