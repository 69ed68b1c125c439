using EntraAuditTools.Core.Queries.Activities;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Completes filters of the audit log; without a mirror, service, category and activity from the catalog.</summary>
public sealed class ActivityFieldCompleter() : LogFieldCompleter(AuditActivityQuery.Fields);

/// <summary>Completes operations of entitlement management, which are activities.</summary>
public sealed class OperationCompleter() : LogFieldCompleter(AuditActivityQuery.Fields, "Activity");
