namespace EntraAuditTools.Core.Schema;

/// <summary>Properties of a shape other than how it is read: another shape is another row here.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Record">
/// What its records are; null where each record says so itself (objects of entitlement management and the directory).
/// </param>
/// <param name="Completeness">
/// How much of an event it contains: of two originals of one event, the one with more is shown. 0 is what this tool wrote itself, which
/// never takes the place of an export.
/// </param>
internal sealed record ShapeInfo(RecordShape Shape, string Name, RecordInfo? Record = null, int Completeness = 2)
{
    private const string Graph = "Graph", Diagnostic = "Diagnostic settings", Workspace = "Log Analytics", Portal = "Portal CSV",
        Unified = "Unified audit log", OwnCsv = "EntraAuditTools CSV", OwnJson = "EntraAuditTools JSON";

    private static readonly RecordInfo Audit = new(KindNames.AuditActivity, "audit activity");

    private static readonly RecordInfo Provisioning = new(KindNames.ProvisioningLog, "provisioning log");

    private static readonly RecordInfo Job = new(KindNames.SynchronizationJob, "synchronization job", IsOfLog: false);

    private static readonly ShapeInfo Unknown = new(RecordShape.Unknown, "Unknown");

    private static readonly ShapeInfo[] All = Index(
    [
        new(RecordShape.GraphAudit, Graph, Audit),
        new(RecordShape.DiagnosticAudit, Diagnostic, Audit),
        new(RecordShape.LogAnalyticsAudit, Workspace, Audit),
        new(RecordShape.PortalAuditRow, Portal, Audit, Completeness: 1) { IsRow = true },
        new(RecordShape.UnifiedAuditData, Unified, Audit) { IsUnified = true },
        new(RecordShape.UnifiedAuditRow, Unified, Audit) { IsUnified = true },
        new(RecordShape.UnifiedAuditGraph, Unified, Audit) { IsUnified = true },
        new(RecordShape.ActivityRow, OwnCsv, Audit, Completeness: 0) { IsRow = true, IsOwn = true },
        new(RecordShape.UnifiedActivityRow, OwnCsv, Audit, Completeness: 0) { IsRow = true, IsOwn = true, IsUnified = true },
        new(RecordShape.OwnActivity, OwnJson, Audit, Completeness: 0) { IsOwn = true },
        new(RecordShape.OwnUnifiedActivity, OwnJson, Audit, Completeness: 0) { IsOwn = true, IsUnified = true },
        new(RecordShape.GraphProvisioning, Graph, Provisioning, Completeness: 3) { KeepsTime = true },
        new(RecordShape.DiagnosticProvisioning, Diagnostic, Provisioning, Completeness: 3) { KeepsTime = true },
        // Its time is that of delivery; an answer on demand has no id, job or application.
        new(RecordShape.LogAnalyticsProvisioning, Workspace, Provisioning),
        new(RecordShape.ProvisionOnDemand, "On-demand provisioning", Provisioning),
        new(RecordShape.PortalProvisioningRow, Portal, Provisioning, Completeness: 1) { IsRow = true },
        new(RecordShape.PortalProvisioningStep, "Portal CSV (steps)", Provisioning, Completeness: 3) { IsRow = true, IsPart = true },
        new(RecordShape.PortalProvisioningProperty, "Portal CSV (modified properties)", Provisioning, Completeness: 3) { IsRow = true,
            IsPart = true },
        new(RecordShape.OwnProvisioning, OwnJson, Provisioning, Completeness: 1) { KeepsTime = true, IsOwn = true },
        new(RecordShape.GraphSynchronizationJob, Graph, Job),
        new(RecordShape.GraphEntitlement, Graph),
        new(RecordShape.PortalAssignmentRow, Portal) { IsRow = true, IsPortalObject = true },
        new(RecordShape.PortalConnectedOrganizationRow, Portal) { IsRow = true, IsPortalObject = true },
    ]);

    /// <summary>What its records are called in results (<see cref="KindNames"/>); null where each record says so itself.</summary>
    public string? Kind => Record?.Kind;

    /// <summary>Whether it is of the unified audit log.</summary>
    public bool IsUnified { get; init; }

    /// <summary>Whether this tool wrote it: it is derived, and contains no more than what it was made of.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether its time is the event's own, and not that of its delivery.</summary>
    public bool KeepsTime { get; init; }

    /// <summary>Whether it is a row of a CSV, kept as an object of its columns: it does not say by itself what it is.</summary>
    public bool IsRow { get; init; }

    /// <summary>Whether it is a part of an entry of the provisioning log.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether it is a row of a portal download of objects.</summary>
    public bool IsPortalObject { get; init; }

    /// <summary>What is known of a shape.</summary>
    public static ShapeInfo Of(RecordShape shape) => (int)shape < All.Length ? All[(int)shape] : Unknown;

    private static ShapeInfo[] Index(ShapeInfo[] shapes)
    {
        var all = new ShapeInfo[shapes.Max(shape => (int)shape.Shape) + 1];
        Array.Fill(all, Unknown);
        foreach (var shape in shapes) all[(int)shape.Shape] = shape;
        return all;
    }
}

/// <summary>What records are.</summary>
/// <param name="Kind">What they are called in results (<see cref="KindNames"/>).</param>
/// <param name="Label">What one is called in a sentence.</param>
/// <param name="IsOfLog">Whether they are a log's: events. Else they are states.</param>
internal sealed record RecordInfo(string Kind, string Label, bool IsOfLog = true);
