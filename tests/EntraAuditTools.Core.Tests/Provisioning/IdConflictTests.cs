using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Provisioning;

/// <summary>An id of the provisioning log that belongs to two entries: both are kept, and the import says so.</summary>
public sealed class IdConflictTests
{
    private const string OtherChange = "7c3a0f0c-6a02-4c1f-bd7d-2f6a5f4f3d12";

    /// <summary>What differs, and the second record under the first one's id.</summary>
    public static TheoryData<string, string> Conflicts => new()
    {
        { "everything", Entries.Graph("1", "2026-10-02T08:00:00Z", "update", "failure").Replace(Entries.Change, OtherChange, StringComparison.Ordinal) },
        { "the change", Entries.Graph("1").Replace(Entries.Change, OtherChange, StringComparison.Ordinal) },
        { "the time", Entries.Graph("1", "2026-10-01T09:00:00Z") },
        { "the action", Entries.Graph("1", action: "update") },
        { "the status", Entries.Graph("1", status: "failure") },
    };

    [Theory]
    [MemberData(nameof(Conflicts))]
    public void Both_are_kept_and_it_is_said(string differs, string second)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(Entries.Graph("1") + "\n" + second);
        Assert.True((result.Added, result.Conflicts) == (2, 1), $"{differs}: {result}");
        Assert.StartsWith("1 record has the id of another event", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal(2, mirror.Entries().Count);
        var again = mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Force = true }, Path.Combine(mirror.Folder, "export.json")).Single();
        Assert.Equal((0, 0), (again.Added, again.Conflicts));
    }

    [Theory]
    // Coarser time; other casing; no change id; nothing but the id and the time.
    [InlineData("""{"id":"1","activityDateTime":"2026-10-01T08:00:00Z","changeId":"7C3A0F0C-6A02-4C1F-BD7D-2F6A5F4F3D11","provisioningAction":"Create","provisioningStatusInfo":{"status":"Success"}}""")]
    [InlineData("""{"id":"1","activityDateTime":"2026-10-01T08:00:00.1234567Z","provisioningAction":"create","provisioningStatusInfo":{"status":"success"}}""")]
    [InlineData("""{"id":"1","activityDateTime":"2026-10-01T08:00:00.123Z","provisioningSteps":[]}""")]
    public void Another_copy_of_an_entry_is_no_conflict(string second)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(Entries.Graph("1") + "\n" + second);
        Assert.Equal((1, 0), (result.Added, result.Conflicts));
    }
}
