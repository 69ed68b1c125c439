using System.Globalization;

namespace EntraAuditTools.SampleTenant;

/// <summary>One file or folder of a sample.</summary>
/// <param name="Path">Relative to the sample's folder, with forward slashes.</param>
/// <param name="Description">What it is.</param>
/// <param name="Records">Records in it, duplicates counted.</param>
public sealed record SampleFile(string Path, string Description, long Records);

/// <summary>What a sample holds.</summary>
/// <param name="Files">Every file or folder of files.</param>
/// <param name="DirectoryEvents">Distinct directory audit events over all files; each has its own Graph id.</param>
/// <param name="UnifiedEvents">Distinct unified audit log records over all files.</param>
/// <param name="ProvisioningEntries">Distinct entries of the provisioning log over all files; each has its own id.</param>
/// <param name="SynchronizationJobs">Distinct synchronization jobs over all files.</param>
public sealed record SampleSummary(IReadOnlyList<SampleFile> Files, long DirectoryEvents, long UnifiedEvents, long ProvisioningEntries,
    long SynchronizationJobs);

/// <summary>Writes one tenant as an administrator's folder of downloads: every shape, overlapping in time.</summary>
public sealed class SampleTenantWriter
{
    private readonly string root;
    private readonly Tenant tenant;
    private readonly List<SampleFile> files = [];

    private SampleTenantWriter(string root, Tenant tenant)
    {
        this.root = root;
        this.tenant = tenant;
    }

    /// <summary>Writes the whole tree. Files there are overwritten; others are left alone.</summary>
    public static SampleSummary WriteAll(string folder, SampleTenantOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var writer = new SampleTenantWriter(folder, new Tenant(options));
        return writer.WriteAll();
    }

    private SampleSummary WriteAll()
    {
        WriteGraph();
        WritePortal();
        WriteAzureMonitor();
        WritePowerShell();
        long unified = WriteUnified();
        WriteProvisioning();
        WriteJobs();
        WriteEntitlement();
        WriteDirectory();
        return new SampleSummary(files, tenant.Options.AuditRecords, unified, tenant.Options.ProvisioningCount, tenant.Jobs.Count);
    }

    private void WriteGraph()
    {
        int pageSize = (int)Math.Clamp(tenant.Options.AuditRecords / 4, 1, 1000);
        long pages = GraphPages.WriteFolder(Path.Combine(root, "graph", "directoryAudits"), "page", AuditEvents.Enumerate(tenant),
            pageSize).Count;
        files.Add(new SampleFile("graph/directoryAudits/", $"Graph v1.0, a chain of {pages} pages to its end: the whole period",
            tenant.Options.AuditRecords));
        File("graph/directoryAudits-beta.json", "Graph beta, one page: with user agents", AuditShape.GraphBetaPage, Window(12, 8));
        File("graph/directoryAudits.jsonl", "One object a line", AuditShape.JsonLines, Window(31, 26));
        File("graph/directoryAudits-arrays.json", "Arrays appended to one file, the last page a bare object", AuditShape.AppendedArrays,
            AuditEvents.Enumerate(tenant).Take(81));
        File("graph/directoryAudits-appended.json", "Whole pages appended to one file", AuditShape.AppendedPages, Window(20, 12));
        File("graph/directoryAudits.jsonl.gz", "One object a line, gzip: the second month", AuditShape.JsonLines, Window(31, 0),
            gzip: true);
    }

    private void WritePortal()
    {
        File($"portal/AuditLogs_{Day(26)}.csv", "Portal CSV, 30 days", AuditShape.PortalCsv, Window(56, 26));
        File($"portal/AuditLogs_{Day(1)}.csv", "Portal CSV, 30 days; five of them are in the one before too", AuditShape.PortalCsv,
            Window(31, 1));
        File($"portal/AuditLogs_{Day(1)}.json", "Portal JSON, 7 days", AuditShape.PortalJson, Window(8, 1));
        File($"portal/AuditLogs_{Day(48)}.csv", "Portal CSV of the generation before: whole seconds, one column of properties; 7 days",
            AuditShape.PortalCsvOlder, Window(55, 48));
        File($"portal/AuditLogs_{Day(16)}_es.csv", "Portal CSV, Spanish headers and actor types; 5 days", AuditShape.PortalCsvSpanish,
            Window(21, 16));
        string name = $"portal/AuditLogs_{Day(1)}.zip";
        long rows = Window(5, 1).LongCount();
        long records = Window(4, 1).LongCount();
        using var stream = Create(name);
        AuditShapes.WriteZip(stream, tenant,
            [($"AuditLogs_{Day(1)}.csv", AuditShape.PortalCsv, Window(5, 1)),
                ($"AuditLogs_{Day(1)}.json", AuditShape.PortalJson, Window(4, 1))]);
        files.Add(new SampleFile(name, $"A zip with a portal CSV ({rows} rows) and a portal JSON ({records} records)", rows + records));
    }

    private void WriteAzureMonitor()
    {
        long lines = DiagnosticBlobs.WriteFolder(Path.Combine(root, "azure-monitor", "insights-logs-auditlogs"), tenant,
            Window(10, 1, newestFirst: false));
        files.Add(new SampleFile("azure-monitor/insights-logs-auditlogs/", "Diagnostic settings, hour blobs of 9 days; some records twice",
            lines));
        File("azure-monitor/eventhub-message.json", "Event hub message, 2 days", AuditShape.EventHub, Window(7, 5));
        File("azure-monitor/AuditLogs.jsonl", "Log Analytics rows as JSON lines, 5 days", AuditShape.LogAnalyticsJsonLines, Window(15, 10));
        File("azure-monitor/AuditLogs.csv", "Log Analytics rows as CSV, 4 days", AuditShape.LogAnalyticsCsv, Window(17, 13));
        File("azure-monitor/query_data.csv", "Log Analytics CSV of the portal: TimeGenerated [UTC], milliseconds; 3 days",
            AuditShape.LogAnalyticsPortalCsv, Window(13, 10));
    }

    private void WritePowerShell()
    {
        File("powershell/Get-MgAuditLogDirectoryAudit.json", "Graph PowerShell SDK objects, PowerShell 7, -Depth 10; 5 days",
            AuditShape.Sdk, Window(10, 5));
        File("powershell/Get-MgAuditLogDirectoryAudit-5.1.json",
            "The same from Windows PowerShell 5.1: /Date(ms)/, UTF-16LE with a byte-order mark; 3 days", AuditShape.SdkWindowsPowerShell,
                Window(25, 22));
        File("powershell/Get-MgAuditLogDirectoryAudit-depth2.json", "The same without -Depth: nested values cut to type names; 4 days",
            AuditShape.SdkShallow, Window(24, 20));
    }

    private long WriteUnified()
    {
        long all = Unified("unified-audit/UnifiedAuditLog.csv", "Search-UnifiedAuditLog, Export-Csv, 14 days", AuditShape.UnifiedAuditCsv,
            Window(15, 1));
        Unified("unified-audit/AuditData.jsonl", "AuditData objects, one a line; 5 of those days", AuditShape.UnifiedAuditJsonLines,
            Window(8, 3));
        Unified("unified-audit/auditLogQuery-records.json", "Records of a Graph audit log query; 4 of those days",
            AuditShape.UnifiedAuditGraph, Window(5, 1));
        return all;
    }

    private void WriteProvisioning()
    {
        int pageSize = (int)Math.Clamp(tenant.Options.ProvisioningCount / 3, 1, 1000);
        int pages = ProvisioningShapes.WriteFolder(Path.Combine(root, "provisioning", "provisioningObjectSummary"), tenant,
            ProvisioningLog.Enumerate(tenant), pageSize);
        files.Add(new SampleFile("provisioning/provisioningObjectSummary/",
            $"Provisioning log, Graph v1.0, a chain of {pages} pages to its end: the whole period", tenant.Options.ProvisioningCount));
        Provisioning("provisioning/provisioning-beta.json",
            "Provisioning log, Graph beta page: the service principal as a collection; 5 days", ProvisioningShape.GraphBetaPage,
                Entries(15, 10));
        Provisioning("provisioning/provisioning-beta-2019.json", "Provisioning log, Graph beta of 2019: action and statusInfo; 5 days",
            ProvisioningShape.GraphOldBetaPage, Entries(40, 35));
        Provisioning("provisioning/provisioning.jsonl.gz", "Provisioning log, an entry a line, gzip: the whole period",
            ProvisioningShape.JsonLines, ProvisioningLog.Enumerate(tenant), gzip: true);
        Provisioning($"portal/ProvisioningLogs_{Day(1)}.json", "Provisioning log, portal JSON, 14 days", ProvisioningShape.PortalJson,
            Entries(15, 1));
        Provisioning($"portal/ProvisioningLogs_{Day(1)}.csv", "Provisioning log, portal CSV, 30 days: the first of three files",
            ProvisioningShape.PortalCsv, Entries(31, 1));
        Provisioning($"portal/ProvisioningLogs_ProvisioningSteps_{Day(1)}.csv", "The second: the steps of those entries",
            ProvisioningShape.PortalStepsCsv, Entries(31, 1));
        Provisioning($"portal/ProvisioningLogs_ModifiedProperties_{Day(1)}.csv", "The third: their modified properties",
            ProvisioningShape.PortalPropertiesCsv, Entries(31, 1));
        long lines = ProvisioningShapes.WriteBlobs(Path.Combine(root, "azure-monitor", "insights-logs-provisioninglogs"), tenant,
            Entries(10, 1, newestFirst: false));
        files.Add(new SampleFile("azure-monitor/insights-logs-provisioninglogs/",
            "Provisioning log, diagnostic settings, hour blobs of 9 days; some records twice", lines));
        Provisioning("azure-monitor/ProvisioningLogs.jsonl",
            "Provisioning log, diagnostic records: numbers for the types and results of steps; 20 days", ProvisioningShape.Diagnostic,
                Entries(40, 20));
        Provisioning("azure-monitor/AADProvisioningLogs.jsonl", "Provisioning log, Log Analytics rows as JSON lines, 10 days",
            ProvisioningShape.LogAnalyticsJsonLines, Entries(30, 20));
        Provisioning("azure-monitor/AADProvisioningLogs.csv", "Provisioning log, Log Analytics rows as CSV, 5 days",
            ProvisioningShape.LogAnalyticsCsv, Entries(20, 15));
        Provisioning("azure-monitor/query_data_provisioning.csv",
            "Provisioning log, Log Analytics CSV of the portal: TimeGenerated [UTC], milliseconds; 5 days",
            ProvisioningShape.LogAnalyticsPortalCsv, Entries(25, 20));
        Provisioning("powershell/Get-MgAuditLogProvisioning.json",
            "Provisioning log, Graph PowerShell SDK objects, PowerShell 7, -Depth 10; 6 days", ProvisioningShape.Sdk, Entries(36, 30));
        Provisioning("powershell/Get-MgAuditLogProvisioning-5.1.json", "The same from Windows PowerShell 5.1: /Date(ms)/; 3 days",
            ProvisioningShape.SdkWindowsPowerShell, Entries(33, 30));
    }

    private void WriteJobs()
    {
        long end = tenant.Options.To.UtcTicks;
        long earlier = Math.Max(tenant.Options.From.UtcTicks, end - 56 * TimeSpan.TicksPerDay);
        SynchronizationState At(ProvisioningJob job, long time) => SynchronizationState.At(tenant, job, time);
        foreach (var job in tenant.Jobs)
        {
            string name = string.Concat(job.Application.DisplayName.Split(' ').Select(word => "-" + word.Trim('(', ')')));
            if (job.Kind == ProvisioningTargetKind.Salesforce)
                Other($"provisioning/synchronizationJob{name}.json", "One synchronization job, read by its id",
                    stream => SynchronizationJobShapes.WriteOne(stream, At(job, end)), 1);
            else
                Other($"provisioning/synchronizationJobs{name}.json", Description(job), stream =>
                    SynchronizationJobShapes.WritePage(stream, At(job, end)), 1);
            if (job.Quarantined || job.Kind == ProvisioningTargetKind.ServiceNow)
                Other($"provisioning/{Day(56)}/synchronizationJobs{name}.json", "The same eight weeks before: active",
                    stream => SynchronizationJobShapes.WritePage(stream, At(job, earlier)), 1);
        }

        Other("powershell/Get-MgServicePrincipalSynchronizationJob.json",
            "Synchronization jobs of all applications, Graph PowerShell SDK objects, a day before the end",
            stream => SynchronizationJobShapes.WriteSdk(stream, tenant.Jobs.Select(job => At(job, end - TimeSpan.TicksPerDay))),
                tenant.Jobs.Count);
    }

    private static string Description(ProvisioningJob job) =>
        "Synchronization jobs of one application"
            + (job.Quarantined ? ": in quarantine" : job.Kind == ProvisioningTargetKind.NeverRun ? ": never run" : "");

    private void WriteEntitlement()
    {
        var end = tenant.Options.To;
        var entitlement = tenant.Entitlement;
        Entitlement("entitlement/catalogs.json", "Catalogs", EntitlementKind.Catalogs, EntitlementShape.Graph, end);
        Entitlement("entitlement/accessPackages.json", "Access packages with catalog, resource roles, incompatible packages and groups",
            EntitlementKind.AccessPackages, EntitlementShape.GraphNames, end);
        Entitlement("entitlement/assignmentPolicies.json", "Assignment policies with their packages' ids and names",
            EntitlementKind.AssignmentPolicies, EntitlementShape.GraphNames, end);
        int pages = EntitlementShapes.WriteFolder(EntitlementKind.Assignments, EntitlementShape.Graph,
            Path.Combine(root, "entitlement", "assignments"), tenant, end, 25);
        files.Add(new SampleFile("entitlement/assignments/",
            $"Assignments with target, package and policy, a chain of {pages} pages to its end",
                ExpectedEntitlement.Of(tenant, end).Assignments.Count));
        Entitlement("entitlement/assignmentRequests.json", "Assignment requests with requestor, and ids of package and assignment",
            EntitlementKind.AssignmentRequests, EntitlementShape.GraphNames, end);
        Entitlement("entitlement/connectedOrganizations.json", "Connected organizations with sponsors",
            EntitlementKind.ConnectedOrganizations, EntitlementShape.Graph, end);
        foreach (var catalog in (AccessCatalog[])[entitlement.Cases.HarbourSite.Catalog, entitlement.Cases.Workbench.Catalog])
            Counted($"entitlement/resources-{catalog.DisplayName}.json", "Resources of a catalog with roles and scopes",
                stream => EntitlementShapes.WriteCatalogResources(stream, tenant, end, catalog));
        int number = 0;
        foreach (var request in entitlement.Requests.Where(request => request.Package == entitlement.Cases.ReleaseSigning)
            .OrderBy(request => request.Created))
            Other($"entitlement/approval-{++number}.json", "The approval of a request for release signing, read by its id",
                stream => EntitlementShapes.WriteApproval(stream, request, end), 1);

        // Four weeks before, so that history differs.
        var earlier = end.AddDays(-28);
        string day = "entitlement/" + Day(28) + "/";
        Entitlement(day + "accessPackages-plain.json", "Access packages four weeks before, without $expand", EntitlementKind.AccessPackages,
            EntitlementShape.GraphPlain, earlier);
        Entitlement(day + "assignmentPolicies-plain.json", "Assignment policies four weeks before, without $expand: no package",
            EntitlementKind.AssignmentPolicies, EntitlementShape.GraphPlain, earlier);
        Entitlement(day + "assignments.json", "Assignments four weeks before, with ids and names of package and policy",
            EntitlementKind.Assignments, EntitlementShape.GraphNames, earlier);
        Entitlement(day + "connectedOrganizations.json", "Connected organizations four weeks before",
            EntitlementKind.ConnectedOrganizations, EntitlementShape.GraphPlain, earlier);

        var before = end.AddDays(-1);
        Entitlement("entitlement/beta/accessPackages.json",
            "A day before the end, Graph beta: the last 12 access packages, with resource role scopes", EntitlementKind.AccessPackages,
            EntitlementShape.Beta, before, -12);
        Entitlement("entitlement/beta/accessPackageAssignmentPolicies.json", "The same, policies", EntitlementKind.AssignmentPolicies,
            EntitlementShape.BetaPlain, before);
        Entitlement("entitlement/beta/accessPackageAssignments.json",
            "The same, assignments without $expand: ids of package, policy and subject", EntitlementKind.Assignments,
                EntitlementShape.BetaPlain, before);
        Entitlement("entitlement/beta/accessPackageAssignmentRequests.json", "The same, the first 10 requests",
            EntitlementKind.AssignmentRequests, EntitlementShape.Beta, before, 10);
        Entitlement("entitlement/beta/accessPackageAssignmentResourceRoles.json",
            "The same, the first 20 resource roles that were given, with their assignments", EntitlementKind.ResourceAssignments,
            EntitlementShape.Beta, before, 20);

        Entitlement("powershell/Get-MgEntitlementManagementAssignment.json",
            "Assignments, Graph PowerShell SDK objects with -ExpandProperty, PowerShell 7; the first 6", EntitlementKind.Assignments,
            EntitlementShape.Sdk, end, 6);
        Entitlement("powershell/Get-MgEntitlementManagementAssignment-plain.json",
            "The same without -ExpandProperty: nothing in target, package and policy; the first 6", EntitlementKind.Assignments,
            EntitlementShape.SdkPlain, end, 6);
        Entitlement("powershell/Get-MgEntitlementManagementAssignmentPolicy-5.1.json",
            "Assignment policies, SDK objects, Windows PowerShell 5.1: /Date(ms)/; the last 6", EntitlementKind.AssignmentPolicies,
            EntitlementShape.SdkWindowsPowerShell, end, -6);
        Entitlement("powershell/Get-MgEntitlementManagementConnectedOrganization.json",
            "Connected organizations, SDK objects: identity sources and sponsors in AdditionalProperties",
            EntitlementKind.ConnectedOrganizations, EntitlementShape.Sdk, end);

        Counted($"portal/Assignments_{Day(1)}.csv", "Portal CSV, assignments of Source code reader; it does not name the package",
            stream => EntitlementCsv.WriteAssignments(stream, tenant, before, entitlement.Cases.SourceReader, naming: false));
        Counted($"portal/Assignments_Night-shift_{Day(1)}.csv", "Portal CSV, assignments of Night shift, with the package and ids",
            stream => EntitlementCsv.WriteAssignments(stream, tenant, before, entitlement.Cases.NightShift, naming: true));
        Counted($"portal/ConnectedOrganizations_{Day(1)}.csv", "Portal CSV, connected organizations",
            stream => EntitlementCsv.WriteConnectedOrganizations(stream, tenant, before));
    }

    private void WriteDirectory()
    {
        var end = tenant.Options.To;
        var objects = tenant.Entitlement.Objects;
        Entitlement("directory/users.json", "Users", EntitlementKind.Users, EntitlementShape.Graph, end);
        Entitlement("directory/groups.json", "Groups with members, of which $expand gives 20 at most", EntitlementKind.Groups,
            EntitlementShape.Graph, end);
        Entitlement("directory/servicePrincipals.json", "Service principals with their roles", EntitlementKind.ServicePrincipals,
            EntitlementShape.Graph, end);
        Entitlement("directory/applications.json", "Applications with their roles", EntitlementKind.Applications, EntitlementShape.Graph,
            end);
        foreach (var group in (DirectoryGroup[])[objects.Engineers, objects.Berlin, objects.Interns])
            Counted($"directory/members-{group.DisplayName.Replace(' ', '-')}.json",
                $"Members of the group {group.DisplayName}; the page does not name it", stream =>
                    EntitlementShapes.WriteMembers(stream, group));
        Counted("directory/transitiveMembers-All-engineers.json",
            "Members of All engineers and of the groups in it; the page does not name it",
            stream => EntitlementShapes.WriteMembers(stream, objects.Engineers, transitive: true));
        Counted("directory/appRoleAssignedTo-Drydock-Pipelines.json", "Who has roles of Drydock Pipelines, through packages and otherwise",
            stream => EntitlementShapes.WriteAppRoleAssignedTo(stream, tenant, end, objects.Drydock));
    }

    private long Unified(string path, string description, AuditShape shape, IEnumerable<AuditEvent> events) =>
        File(path, description, shape, events.Where(UnifiedAudit.Holds));

    private long File(string path, string description, AuditShape shape, IEnumerable<AuditEvent> events, bool gzip = false)
    {
        long count = 0;
        IEnumerable<AuditEvent> Counted()
        {
            foreach (var audit in events)
            {
                count++;
                yield return audit;
            }
        }

        using (var stream = Create(path))
        {
            if (gzip)
                AuditShapes.WriteGzip(shape, stream, tenant, Counted());
            else
                AuditShapes.Write(shape, stream, tenant, Counted());
        }

        files.Add(new SampleFile(path, description, count));
        return count;
    }

    private void Provisioning(string path, string description, ProvisioningShape shape, IEnumerable<ProvisioningEntry> entries,
        bool gzip = false)
    {
        long count = 0;
        IEnumerable<ProvisioningEntry> Counted()
        {
            foreach (var entry in entries)
            {
                count += shape switch { ProvisioningShape.PortalStepsCsv => entry.Steps?.Count ?? 0,
                    ProvisioningShape.PortalPropertiesCsv => entry.Changes.Count, _ => 1 };
                yield return entry;
            }
        }

        using (var stream = Create(path))
        {
            if (gzip)
                ProvisioningShapes.WriteGzip(shape, stream, tenant, Counted());
            else
                ProvisioningShapes.Write(shape, stream, tenant, Counted());
        }

        files.Add(new SampleFile(path, description, count));
    }

    private void Entitlement(string path, string description, EntitlementKind kind, EntitlementShape shape, DateTimeOffset at,
        int? top = null) =>
        Counted(path, description, stream => EntitlementShapes.Write(kind, shape, stream, tenant, at, top));

    private void Counted(string path, string description, Func<Stream, long> write)
    {
        using var stream = Create(path);
        files.Add(new SampleFile(path, description, write(stream)));
    }

    private void Other(string path, string description, Action<Stream> write, long records)
    {
        using var stream = Create(path);
        write(stream);
        files.Add(new SampleFile(path, description, records));
    }

    private FileStream Create(string path)
    {
        string full = Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return System.IO.File.Create(full);
    }

    /// <summary>Events from so many days before the end up to so many, the later excluded.</summary>
    private IEnumerable<AuditEvent> Window(int fromDaysBeforeEnd, int toDaysBeforeEnd, bool newestFirst = true)
    {
        long end = tenant.Options.To.UtcTicks;
        long from = end - fromDaysBeforeEnd * TimeSpan.TicksPerDay;
        long to = end - toDaysBeforeEnd * TimeSpan.TicksPerDay;
        return newestFirst
            ? AuditEvents.Enumerate(tenant).SkipWhile(audit => audit.Ticks >= to).TakeWhile(audit => audit.Ticks >= from)
            : AuditEvents.Enumerate(tenant, newestFirst: false).SkipWhile(audit => audit.Ticks < from).TakeWhile(audit => audit.Ticks < to);
    }

    /// <summary>Entries of the provisioning log from so many days before the end up to so many, the later excluded.</summary>
    private IEnumerable<ProvisioningEntry> Entries(int fromDaysBeforeEnd, int toDaysBeforeEnd, bool newestFirst = true)
    {
        long end = tenant.Options.To.UtcTicks;
        long from = end - fromDaysBeforeEnd * TimeSpan.TicksPerDay;
        long to = end - toDaysBeforeEnd * TimeSpan.TicksPerDay;
        return newestFirst
            ? ProvisioningLog.Enumerate(tenant).SkipWhile(entry => entry.Ticks >= to).TakeWhile(entry => entry.Ticks >= from)
            : ProvisioningLog.Enumerate(tenant, newestFirst: false).SkipWhile(entry => entry.Ticks < from)
                .TakeWhile(entry => entry.Ticks < to);
    }

    private string Day(int daysBeforeEnd) =>
        tenant.Options.To.UtcDateTime.AddDays(-daysBeforeEnd).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
