using static EntraAuditTools.SampleTenant.Telling;

namespace EntraAuditTools.SampleTenant;

/// <summary>Account provisioning in the audit log: import, match, rule, export, and what goes wrong.</summary>
internal static class ProvisioningStories
{
    private const string Source = "Azure Active Directory";

    /// <summary>One person, one pass: four events, whatever comes of it.</summary>
    public static void Pass(StoryContext story)
    {
        var pass = ProvisioningPass.From(story);
        Trail(story, pass);
    }

    /// <summary>A failed export is retried from escrow for hours, and works in the end or not.</summary>
    public static void Escrow(StoryContext story)
    {
        var pass = ProvisioningPass.From(story, ProvisioningOutcome.Failed);
        Trail(story, pass);
        long offset = TimeSpan.TicksPerMinute * 40;
        int attempts = story.Random.Between(2, 4);
        bool recovers = story.Random.Chance(60);
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            bool works = recovers && attempt == attempts;
            int number = attempt;
            story.Step(offset, (random, ticks) => Sync(random, ticks, pass, "Process escrow", works ? "success" : "failure",
                works
                    ? $"{Kind(pass)} '{pass.Person.UserPrincipalName}' was processed from escrow after {number} attempts"
                    : $"{Kind(pass)} '{pass.Person.UserPrincipalName}' will be retried; {pass.ErrorReason}",
                [new("EventName", works ? "EntryEscrowSuccess" : "EntryEscrowRetry"), new("ErrorCode", works ? "" : pass.ErrorCode), new("Details", works ? "" : pass.ErrorReason)]));
            offset += (long)(TimeSpan.TicksPerMinute * 40 * Math.Pow(2, attempt));
        }
    }

    /// <summary>A job goes into quarantine, is looked at and restarted.</summary>
    public static void Quarantine(StoryContext story)
    {
        var job = story.Tenant.Jobs.First(candidate => candidate.Quarantined);
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        string correlation = story.Random.NewId();
        const string reason = "EncounteredQuarantineException: we were unable to authenticate to the target system. Check the admin credentials and test the connection.";
        AuditEvent Change(SampleRandom random, long ticks, string activity, EventActor actor, string result, string? text, EventDetail[] details) =>
            Record("Sync", "Account Provisioning", random, ticks, correlation, "ProvisioningManagement", activity, "", actor, [Principal(job.Application), new(null, null, null)], details, result, text);
        story.Step(0, (random, ticks) => Change(random, ticks, "Quarantine", story.Tenant.Services.Provisioning, "failure", reason, [new("JobId", job.JobId), new("ErrorCode", "InvalidCredentials"), new("EventName", "QuarantineStarted")]));
        story.Step(story.About(86_000), (random, ticks) => Change(random, ticks, "Quarantine", story.Tenant.Services.Provisioning, "failure", reason, [new("JobId", job.JobId), new("ErrorCode", "InvalidCredentials"), new("EventName", "QuarantineContinues")]));
        story.Step(TimeSpan.FromDays(2), (random, ticks) => Change(random, ticks, "Update provisioning setting or credentials", Actor(random, administrator), "success", "", [new("JobId", job.JobId)]));
        story.Step(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(3), (random, ticks) => Change(random, ticks, "Enable/restart provisioning configuration", Actor(random, administrator), "success", "", [new("JobId", job.JobId)]));
    }

    private static void Trail(StoryContext story, ProvisioningPass pass)
    {
        string person = pass.Person.UserPrincipalName;
        string application = pass.Job.Application.DisplayName;
        story.Step(0, (random, ticks) => Sync(random, ticks, pass, "Import", "success", $"Received {Kind(pass)} '{person}' change of type (Update) from {Source}",
            [
                new("EventName", "EntryImportUpdate"), new("Details", ""), new("ErrorCode", ""),
                new("ObjectId", pass.Person.Id), new("displayName", pass.Person.DisplayName), new("department", pass.Person.Department), new("jobTitle", pass.Person.JobTitle), new("mail", pass.Person.Mail), new("userPrincipalName", person), new("accountEnabled", pass.Outcome == ProvisioningOutcome.Disabled ? "False" : "True"), new("JobId", pass.Job.JobId), new("ipaddr", ""),
            ]));
        story.Step(story.About(0.5), (random, ticks) => Sync(random, ticks, pass, "Import", "success", pass.Outcome == ProvisioningOutcome.Created ? $"{Kind(pass)} '{person}' could not be found in {application}" : $"Retrieved {Kind(pass)} '{person}' from {application}",
            [new("EventName", "EntryImportByMatchingProperty"), new("Details", ""), new("ErrorCode", ""), new("userName", person)]));
        story.Step(TimeSpan.FromSeconds(1.2), (random, ticks) => Sync(random, ticks, pass, "Synchronization rule action", "success",
            pass.Outcome switch
            {
                ProvisioningOutcome.Skipped => $"{Kind(pass)} '{person}' will be skipped. The user is not effectively entitled to the application.",
                ProvisioningOutcome.Disabled => $"{Kind(pass)} '{person}' will be disabled in {application} (user was unassigned in {Source})",
                ProvisioningOutcome.Created or ProvisioningOutcome.Failed => $"{Kind(pass)} '{person}' will be created in {application} ({Kind(pass)} is active and assigned in {Source}, but no matching {Kind(pass)} was found in {application})",
                _ => $"{Kind(pass)} '{person}' will be updated in {application} ({Kind(pass)} is active and assigned in {Source})",
            },
            [
                new("EventName", pass.Outcome == ProvisioningOutcome.Skipped ? "EntrySynchronizationSkip" : "EntrySynchronizationAdd"),
                new("Details", pass.Outcome == ProvisioningOutcome.Skipped ? "SkipReason=NotEffectivelyEntitled; Active in the source system: True; Assigned to the application: False" : ""), new("ErrorCode", ""),
            ]));
        story.Step(TimeSpan.FromSeconds(2.5), (random, ticks) => Sync(random, ticks, pass, pass.Outcome == ProvisioningOutcome.Skipped ? "Other" : "Export", pass.Outcome == ProvisioningOutcome.Failed ? "failure" : "success",
            pass.Outcome switch
            {
                ProvisioningOutcome.Failed => $"Failed to create {Kind(pass)} '{person}' in {application}; Error: {pass.ErrorReason}",
                ProvisioningOutcome.Skipped => $"{Kind(pass)} '{person}' was skipped",
                ProvisioningOutcome.Created => $"{Kind(pass)} '{person}' was created in {application}",
                ProvisioningOutcome.Disabled => $"{Kind(pass)} '{person}' was disabled in {application}",
                _ => $"{Kind(pass)} '{person}' was updated in {application}",
            },
            [
                new("EventName", pass.Outcome == ProvisioningOutcome.Created || pass.Outcome == ProvisioningOutcome.Failed ? "EntryExportAdd" : "EntryExportUpdate"),
                new("Details", pass.ErrorReason ?? ""), new("ErrorCode", pass.ErrorCode ?? ""),
                new("JobId", pass.Job.JobId), new("userName", person), new("displayName", pass.Person.DisplayName), new("active", pass.Outcome == ProvisioningOutcome.Disabled ? "False" : "True"), new("title", pass.Person.JobTitle), new("emails[type eq \"work\"].value", pass.Person.Mail),
            ]));
    }

    private static AuditEvent Sync(SampleRandom random, long ticks, ProvisioningPass pass, string activity, string result, string reason, EventDetail[] details) =>
        Record("Sync", "Account Provisioning", random, ticks, pass.ChangeId, "ProvisioningManagement", activity, "", ProvisioningActor,
            [Principal(pass.Job.Application), new(null, null, pass.Person.UserPrincipalName)], details, result, reason);

    private static readonly EventActor ProvisioningActor = new(false, null, "Azure AD Cloud Sync");

    private static string Kind(ProvisioningPass pass) => pass.Person.IsGuest ? "Guest user" : "User";
}
