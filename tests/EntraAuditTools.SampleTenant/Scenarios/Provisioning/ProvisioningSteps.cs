namespace EntraAuditTools.SampleTenant;

/// <summary>The steps of one entry: import from the source, match in the target, scope, decide, write.</summary>
internal static class ProvisioningSteps
{
    public static IReadOnlyList<ProvisioningStep> Of(ProvisioningCase what, ProvisioningJob job, ProvisioningSubject subject,
        string action, string status, ProvisioningError? error, bool exists, string targetId)
    {
        string who = $"{subject.Word} '{subject.MatchingId}'";
        bool entitled = what != ProvisioningCase.NotEntitled && action is not ("disable" or "delete" or "stagedDelete");
        bool inScope = what != ProvisioningCase.ScopingFilter;
        var steps = new List<ProvisioningStep>(5)
        {
            new("import", action == "create" ? "EntryImportAdd" : "EntryImportUpdate",
                $"Received {who} change of type ({(action == "create" ? "Add" : "Update")}) from {job.SourceSystem}",
                what == ProvisioningCase.ImportSkipped ? "skipped" : "success",
                [.. subject.Attributes.Select(attribute => new EventDetail(attribute.Source, attribute.Value)), .. subject.Word == "Group"
                    ? [] : new[] { new EventDetail("accountEnabled", action == "disable" ? "False" : "True") }]),
        };
        if (what == ProvisioningCase.ImportSkipped)
            return steps;
        if (what is ProvisioningCase.MatchFailed or ProvisioningCase.QuarantineFailure)
        {
            steps.Add(new("matching", "EntryImportByMatchingProperty", error!.Reason, "failure",
                [new("ReportableIdentifier", subject.MatchingId), new("PropertyName", subject.Attributes[0].Target)]));
            return steps;
        }

        steps.Add(exists
            ? new("matching", "EntryImport", $"Retrieved {who} from {job.TargetSystem}", "success",
                [new("ReportableIdentifier", subject.MatchingId), new("id", targetId),
                    new(subject.Attributes[0].Target, subject.Attributes[0].Value)])
            : new("matching", "EntryImportByMatchingProperty", $"{who} could not be found in {job.TargetSystem}", "success",
                [new("ReportableIdentifier", subject.MatchingId), new("PropertyName", subject.Attributes[0].Target)]));
        steps.Add(new("scoping", "EntrySynchronizationScoping", entitled && inScope ? $"{who} is in scope for provisioning"
            : $"{who} is not in scope for provisioning", entitled && inScope ? "success" : "skipped",
        [
            new("Active in the source system", action == "disable" ? "False" : "True"),
            new("Assigned to the application", entitled ? "True" : "False"),
            new(subject.Word == "Group" ? "Group has the required role" : "User has the required role", "True"),
            new("Scoping filter evaluation passed", inScope ? "True" : "False"),
            .. inScope ? [] : new[] { new EventDetail("ScopeEvaluationResult", """{"Filter on department":false}""") },
        ]));
        if (status == "skipped")
        {
            steps.Add(new("processing", "EntrySynchronizationSkip", Decision(what, job, subject, action), "skipped",
                [new("ReportableIdentifier", subject.MatchingId), new("SkipReason", SkipReason(what))]));
            return steps;
        }

        string processing = action switch { "create" => "EntrySynchronizationAdd", "delete" => "EntrySynchronizationDelete",
            _ => "EntrySynchronizationUpdate" };
        steps.Add(new(what == ProvisioningCase.UnknownStatus ? "unknownFutureValue" : "processing", processing,
            Decision(what, job, subject, action), "success", [new("ReportableIdentifier", subject.MatchingId)]));
        if (subject.Word == "Group" && action is ("create" or "update") && status == "success")
            steps.Add(new("referenceResolution", "EntryReferenceResolution", $"Found the members of {who} in {job.TargetSystem}", "success",
                [new("PropertyName", "members")]));
        string export = action switch { "create" => "EntryExportAdd", "delete" => "EntryExportDelete", _ => "EntryExportUpdate" };
        bool failed = status == "failure";
        steps.Add(new("export", export, Result(job, subject, action, failed ? error : null), status,
            [new("ReportableIdentifier", subject.MatchingId), .. failed ? new[] { new EventDetail("ErrorCode", error!.Code) } : []]));
        return steps;
    }

    /// <summary>What the synchronization rules decided, in a sentence.</summary>
    public static string Decision(ProvisioningCase what, ProvisioningJob job, ProvisioningSubject subject, string action)
    {
        string who = $"{subject.Word} '{subject.MatchingId}'";
        return what switch
        {
            ProvisioningCase.NotEntitled => $"{who} will be skipped. The {subject.Word} in {job.SourceSystem} is not effectively entitled to the application.",
            ProvisioningCase.ScopingFilter => $"{who} will be skipped. A scoping filter leaves it out.",
            ProvisioningCase.RedundantExport => $"{who} will be skipped. {job.TargetSystem} has all values already.",
            _ => action switch
            {
                "create" => $"{who} will be created in {job.TargetSystem} ({subject.Word} is active and assigned in {job.SourceSystem}, "
                    + $"but no matching {subject.Word} was found in {job.TargetSystem})",
                "disable" => $"{who} will be disabled in {job.TargetSystem} ({subject.Word} was unassigned in {job.SourceSystem})",
                "delete" => $"{who} will be deleted in {job.TargetSystem} ({subject.Word} was deleted in {job.SourceSystem})",
                _ => $"{who} will be {Verb(action)} in {job.TargetSystem} ({subject.Word} is active and assigned in {job.SourceSystem})",
            },
        };
    }

    /// <summary>How the write ended, in a sentence.</summary>
    public static string Result(ProvisioningJob job, ProvisioningSubject subject, string action, ProvisioningError? error) => error is null
        ? $"{subject.Word} '{subject.MatchingId}' was {Verb(action)} in {job.TargetSystem}"
        : $"Failed to {(action == "stagedDelete" ? "stage the deletion of" : action)} {subject.Word} '{subject.MatchingId}' in "
            + $"{job.TargetSystem}; Error: {error.Reason}";

    private static string SkipReason(ProvisioningCase what) => what switch
    {
        ProvisioningCase.NotEntitled => "NotEffectivelyEntitled",
        ProvisioningCase.ScopingFilter => "NotInScope",
        _ => "RedundantExport",
    };

    private static string Verb(string action) => action switch
    {
        "create" => "created",
        "disable" => "disabled",
        "delete" => "deleted",
        "stagedDelete" => "marked for deletion",
        "restore" => "restored",
        _ => "updated",
    };
}
