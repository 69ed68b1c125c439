using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Tests.Queries;
using EntraAuditTools.Core.Upkeep.Checking;
using EntraAuditTools.Core.Upkeep.Rebuilding;
using Xunit;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>Optimize-AuditMirror: a smaller file with the same answers, whatever stops it.</summary>
public sealed class MirrorOptimizationTests : IDisposable
{
    private readonly TestMirror mirror = new();

    public MirrorOptimizationTests()
    {
        mirror.ImportText(Event.All(new Event("a1", "2026-10-02T08:00:00Z", "Add user")));
        ActivitySearchIndex.Ensure(mirror.Path, null, TestContext.Current.CancellationToken);
        // Free pages, as many imports leave them.
        OldMirror.Execute(mirror.Path, """
            CREATE TABLE bulk (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO bulk SELECT zeroblob(9000) FROM n;
            DROP TABLE bulk;
            """);
    }

    public static TheoryData<string> Steps() => ["index", "vacuum", "prepare", "swap", "swapped"];

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void The_file_gets_smaller_and_the_answers_stay()
    {
        var head = OldMirror.Texts(mirror.Path, "SELECT hex(digest) FROM chain");
        var done = Run(mirror, null);
        Assert.True(done.Bytes < done.BytesBefore - 2_000_000, $"{done}");
        Assert.Equal(done.Bytes, new FileInfo(mirror.Path).Length);
        Assert.True(done.HasSearchIndex);
        Assert.Equal(head, OldMirror.Texts(mirror.Path, "SELECT hex(digest) FROM chain"));
        Assert.Equal(["0"], OldMirror.Texts(mirror.Path, "PRAGMA freelist_count"));
        AssertWhole(mirror);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_kill_at_any_moment_leaves_a_whole_mirror(string step)
    {
        using var killed = new TestMirror();
        Run(mirror, next =>
        {
            if (next == step) UpgradeSteps.Copy(mirror.Path, killed);
        });
        AssertWhole(killed);
        Run(killed, null);
        AssertWhole(killed);
        Assert.False(File.Exists(killed.Path + ".rebuild"));
    }

    [Fact]
    public void A_mistake_leaves_the_mirror_and_nothing_else()
    {
        var error = Assert.Throws<AuditToolException>(() => Run(mirror, next =>
        {
            if (next == "swap") throw new IOException("full");
        }));
        Assert.Equal("MirrorRebuildFailed", error.ErrorId);
        AssertWhole(mirror);
        Assert.False(File.Exists(mirror.Path + ".rebuild"));
    }

    private static AuditMirrorOptimization Run(TestMirror mirror, Action<string>? step) =>
        MirrorOptimization.Run(mirror.Path, _ => { }, () => { }, step, TestContext.Current.CancellationToken);

    private static void AssertWhole(TestMirror mirror)
    {
        Assert.Equal([], MirrorCheck.Run(mirror.Path, new(), _ => { }, TestContext.Current.CancellationToken).Problems);
        Assert.Equal(["a1"], mirror.Activities(new() { Search = "user" }).Select(activity => activity.Id));
    }
}
