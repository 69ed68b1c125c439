using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What the objects show, and how long they live.</summary>
public sealed class ActivityObjectTests
{
    [Fact]
    public void Shows_the_columns_and_the_details()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("Directory_36994c2a-0000-4000-8000-000000000001_A_1", "2026-10-01T08:00:00.1234567Z", "Update user")
        {
            User = Event.Person("u1", "adele@contoso.com", null, "10.0.0.1"),
            Reason = "Policy",
            Targets = [Event.Target("t1", "Bo", modified: Event.Modified("UserType", "[\"Guest\"]", "\"Member\"")), Event.Target("t2", null, "Group")],
            Details = [new { key = "Justification", value = "new role" }],
        }.ToString());

        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero).AddTicks(1234567), activity.Time);
        Assert.Equal(("Core Directory", "UserManagement", "Update user", "success"), (activity.Service, activity.Category, activity.Activity, activity.Result));
        Assert.Equal(("User", "u1", "adele@contoso.com", "10.0.0.1"),
            (activity.InitiatedBy.Type, activity.InitiatedBy.Id, activity.InitiatedBy.UserPrincipalName, activity.InitiatedBy.IPAddress));
        Assert.Equal(("Directory_36994c2a-0000-4000-8000-000000000001_A_1", "36994c2a-0000-4000-8000-000000000001"), (activity.Id, activity.CorrelationId));
        Assert.Equal(("Bo", 2, "DirectoryAudit", null), (activity.TargetSummary, activity.TargetCount, activity.Origin, activity.TenantId));
        Assert.Equal("Policy", activity.ResultReason);
        Assert.Equal(["Bo", "t2"], activity.Targets.Select(target => target.ToString()));
        var property = Assert.Single(activity.Targets[0].ModifiedProperties);
        Assert.Equal(("UserType", "Guest", "Member", "[\"Guest\"]", "\"Member\"", false),
            (property.Name, property.OldValue, property.NewValue, property.RawOldValue, property.RawNewValue, property.Masked));
        Assert.Equal("Justification = new role", Assert.Single(activity.AdditionalDetails).ToString());
    }

    [Fact]
    public void Outlives_its_reader_and_knows_its_import_even_without_the_mirror()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(new("a", "2026-10-01T08:00:00Z", "Add user") { Reason = "why" },
            new("b", "2026-10-01T09:00:00Z", "Add user")), "first.json");
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user") { Reason = "why" }.ToString(), "second.json");
        var activities = mirror.Activities();
        Assert.Equal("why", activities[1].ResultReason);
        Assert.Equal(["first.json", "second.json"], activities[1].Evidence.Select(evidence => evidence.Source));
        Assert.Matches("^[0-9a-f]{64}$", activities[1].Evidence[0].Sha256);

        var unread = mirror.Activities();
        File.Delete(mirror.Path);
        Assert.Equal("why", activities[1].ResultReason);
        Assert.Equal("first.json", Assert.Single(unread[1].Evidence).Source);
        Assert.Equal("MirrorNotFound", Assert.Throws<AuditToolException>(() => unread[1].ResultReason).ErrorId);
    }

    [Fact]
    public void Control_characters_never_reach_a_terminal()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add\u001b[31m user")
        {
            User = Event.Person("u", "x@contoso.com\u009b1m", "Eve\u0007"),
            Reason = "line one\r\n\tline two\u007f",
            Targets = [Event.Target("t", "Bo\u001b]0;owned\u0007", modified: Event.Modified("Na\u0000me", null, "\"\\u001b[2J\""))],
            Details = [new { key = "k\u0008", value = "v\u0085" }],
        }.ToString());

        var activity = Assert.Single(mirror.Activities());
        string?[] texts =
        [
            activity.Activity, activity.InitiatedBy.UserPrincipalName, activity.InitiatedBy.DisplayName, activity.ResultReason,
            activity.TargetSummary, activity.Targets[0].DisplayName,
            activity.Targets[0].ModifiedProperties[0].Name, activity.Targets[0].ModifiedProperties[0].NewValue,
            activity.AdditionalDetails[0].Key, activity.AdditionalDetails[0].Value, activity.GetOriginal(),
        ];
        Assert.All(texts, text => Assert.DoesNotContain(text!, c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')));
        Assert.Equal("Add␛[31m user", activity.Activity);
        Assert.Equal("line one\r\n\tline two␡", activity.ResultReason);
    }

    [Fact]
    public void Stops_when_interrupted()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(string.Join('\n', Enumerable.Range(0, 2000).Select(i => new Event($"id{i}", "2026-10-01T08:00:00Z", "Add user").ToString())));
        using var reader = MirrorReader.Open(mirror.Path);
        var read = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var activity in AuditActivityQuery.Run(reader, new()))
            {
                if (++read == 10) reader.Interrupt();
            }
        });
        Assert.Equal(10, read);
        reader.Dispose();
        reader.Interrupt();
    }
}
