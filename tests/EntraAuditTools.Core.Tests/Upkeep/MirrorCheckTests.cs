using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;
using Xunit;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>Test-AuditMirror: nothing is found where nothing is wrong, and everything that changes an answer is found.</summary>
public sealed class MirrorCheckTests
{
    private static readonly Lazy<byte[]> Template = new(Fill);

    /// <summary>What no original says, or no answer shows: docs/reliability.md lists it.</summary>
    private static readonly (string, string)[] NotFound =
    [
        // Numbers of rows that nothing refers to, and what finds an identity again at an import.
        ("synchronization_job", "id"), ("entity_state", "id"), ("property_set", "id"), ("identity", "hash"),
        // When something was seen again: imports that bring nothing new leave no original.
        ("synchronization_job", "last_observed"), ("edge", "last"),
    ];

    public static TheoryData<string> Shapes() =>
        new(Directory.GetDirectories(Path.Combine(Repository.Root, "seeds", "sample-tenant")).Select(Path.GetFileName).Order()!);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_mirror_of_exports_of_every_shape_passes(string shape)
    {
        using var mirror = new TestMirror();
        var files = Exports(shape);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "MonthFirst" }, files);
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "MonthFirst", Force = true }, [.. Enumerable.Reverse(files)]);
        AssertPasses(mirror);
    }

    [Fact]
    public void A_mirror_of_all_of_them_together_passes()
    {
        using var mirror = Filled();
        AssertPasses(mirror);
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(mirror.Path)!));
    }

    /// <summary>
    /// A group that names its members, their own records as its members page gives them, as all users do, and as another page gives them
    /// again: which original came again is not kept, and the one of the users says more than what was seen.
    /// </summary>
    [Theory]
    [InlineData("groups", "members-All-engineers", "users", "transitiveMembers-All-engineers")]
    [InlineData("members-All-engineers", "groups", "users", "transitiveMembers-All-engineers")]
    [InlineData("users", "groups", "members-All-engineers", "transitiveMembers-All-engineers")]
    [InlineData("groups", "users", "transitiveMembers-All-engineers", "members-All-engineers")]
    public void A_mirror_of_objects_that_came_again_at_one_time_passes(params string[] names)
    {
        using var mirror = new TestMirror();
        foreach (var name in names)
        {
            var file = mirror.Write(name + ".json",
                File.ReadAllBytes(Path.Combine(Repository.Root, "seeds", "sample-tenant", "directory", name + ".json")));
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc));
            mirror.Import(file);
        }

        AssertPasses(mirror);
    }

    /// <summary>Every column of every table that questions read. What is left out only makes them faster, or is SQLite's own.</summary>
    public static TheoryData<string, string> Columns()
    {
        using var mirror = Filled();
        string[] tables = ["activity", "activity_copy", "activity_sighting", "activity_target", "activity_mention", "activity_twin", "entitlement_event",
            "provisioning", "provisioning_copy", "provisioning_identity", "provisioning_part", "synchronization_job", "entity",
            "entity_state", "entity_sighting", "entity_original", "entity_link", "edge", "edge_list", "assignment", "kind",
            "provisioning_kind", "term", "identity", "address", "property_set"];
        var data = new TheoryData<string, string>();
        foreach (var table in tables)
        {
            if (OldMirror.Texts(mirror.Path, $"SELECT count(*) FROM {table}")[0] == "0") continue;
            foreach (var column in OldMirror.Texts(mirror.Path, $"SELECT name FROM pragma_table_info('{table}')"))
            {
                if (!NotFound.Contains((table, column))) data.Add(table, column);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_row_that_was_changed_is_found(string table, string column)
    {
        using var mirror = Filled();
        var type = OldMirror.Texts(mirror.Path, $"SELECT typeof({column}) FROM {table} WHERE {column} IS NOT NULL LIMIT 1").FirstOrDefault() ?? "null";
        var other = type switch
        {
            "integer" => $"{column} + 1",
            "blob" => $"CAST(substr({column}, 1, length({column}) - 1) || x'01' AS BLOB)",
            "null" => "42",
            _ => $"{column} || 'x'",
        };
        // A kind that no row has any more is in no answer.
        var used = table == "provisioning_kind" ? "id IN (SELECT kind FROM provisioning) AND " : string.Empty;
        var row = $"{used}{column} IS (SELECT {column} FROM {table} WHERE {used}true ORDER BY {column} IS NULL, {column} DESC LIMIT 1)";
        OldMirror.Execute(mirror.Path, $"UPDATE OR REPLACE {table} SET {column} = {other} WHERE {row}");
        Assert.NotEmpty(Check(mirror).Problems);
    }

    [Theory]
    [InlineData("DELETE FROM activity WHERE id = (SELECT min(id) FROM activity)", "1 activities are missing")]
    [InlineData("DELETE FROM entity_state WHERE id = (SELECT min(id) FROM entity_state)", "states of objects are missing")]
    [InlineData("INSERT INTO tenant SELECT max(id) FROM term", "tenants are too many")]
    [InlineData("UPDATE identity SET display_name = 'Mallory' WHERE id = (SELECT max(actor) FROM activity)", "are not what the originals give")]
    public void What_differs_is_said_in_words(string sql, string words)
    {
        using var mirror = Filled();
        OldMirror.Execute(mirror.Path, sql);
        Assert.Contains(Check(mirror).Problems, problem => problem.Message.Contains(words, StringComparison.Ordinal) && problem.Check == "Derivation");
    }

    [Fact]
    public void A_mirror_of_before_is_told_what_to_do()
    {
        using var mirror = Filled();
        OldMirror.Age(mirror, 3);
        var test = MirrorCheck.Run(mirror.Path, new(), _ => { }, TestContext.Current.CancellationToken);
        Assert.Contains(test.Notes, note => note.Contains("Update-AuditMirror first", StringComparison.Ordinal));
        Assert.DoesNotContain("Derivation", test.Checks);
    }

    [Fact]
    public void An_import_that_was_changed_does_not_keep_the_rows_from_being_compared()
    {
        using var mirror = Filled();
        OldMirror.Execute(mirror.Path, "UPDATE import SET source = 'x' WHERE id = 2; DELETE FROM activity WHERE id = (SELECT min(id) FROM activity)");
        var test = Check(mirror);
        Assert.Equal(["Chain", "Derivation"], test.Problems.Select(problem => problem.Check).Distinct());
        Assert.Contains(test.Notes, note => note.Contains("take a backup that passes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("notes = '[1,'")]
    [InlineData("notes = '{}'")]
    [InlineData("options = '{bad'")]
    [InlineData("options = '[]'")]
    [InlineData("options = '{\"Complete\":\"x\"}'")]
    public void What_is_no_JSON_any_more_is_found(string change)
    {
        using var mirror = Filled();
        OldMirror.Execute(mirror.Path, $"UPDATE import SET {change} WHERE id = 1");
        Assert.Equal(["Chain", "Derivation"], Check(mirror).Problems.Select(problem => problem.Check).Distinct());
        Assert.Equal("MirrorDamaged", Assert.Throws<AuditToolException>(() => UpgradeSteps.Run(mirror.Path, force: true)).ErrorId);
    }

    [Fact]
    public void Overwritten_pages_are_found()
    {
        using var mirror = Filled();
        using (var file = new FileStream(mirror.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 8192 * 7;
            file.Write(new byte[8192]);
        }

        Assert.Equal("Failed", Check(mirror).Result);
    }

    private static void AssertPasses(TestMirror mirror)
    {
        var test = Check(mirror);
        Assert.Equal([], test.Problems.Select(problem => problem.ToString()));
        Assert.Equal(["Pages", "Chain", "Derivation"], test.Checks);
        Assert.Equal([], test.Notes);
    }

    private static string[] Exports(string shape) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "seeds", "sample-tenant", shape), "*", SearchOption.AllDirectories).Order()];

    private static AuditMirrorTest Check(TestMirror mirror) => MirrorCheck.Run(mirror.Path, new(), _ => { }, TestContext.Current.CancellationToken);

    private static TestMirror Filled()
    {
        var copy = new TestMirror();
        Directory.CreateDirectory(Path.GetDirectoryName(copy.Path)!);
        File.WriteAllBytes(copy.Path, Template.Value);
        // As a mirror is: one that others can read is worth a note.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return copy;
    }

    private static byte[] Fill()
    {
        using var mirror = new TestMirror();
        string[] shapes = ["directory", "entitlement", "provisioning", "unified-audit"];
        var files = shapes.SelectMany(Exports).ToArray();
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "MonthFirst" }, files);
        return File.ReadAllBytes(mirror.Path);
    }
}
