namespace EntraAuditTools.SampleTenant;

/// <summary>A directory role.</summary>
public sealed record DirectoryRole(string Id, string TemplateId, string DisplayName);
