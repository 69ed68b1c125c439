using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>A folder of everything: what is of something else is reported as no export, in one error each, and leaves nothing in the mirror.</summary>
public sealed class ForeignFileTests
{

    private static readonly string[] Expected = ["NotAnExport", "SourceEmpty", "SourceCutOff", "SourceUnreadable", "GraphErrorSaved"];

    [Fact]
    public void Files_of_other_programs_are_no_exports_and_none_is_a_hundred_rejects()
    {
        using var mirror = new TestMirror();
        var files = FuzzTests.IsLong ? 1_000 : 3 * ForeignFiles.Count;
        var foreign = new ForeignFiles(FuzzTests.Seed);
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_FUZZ_WRITE") is { Length: > 0 } all)
            foreach (var file in Enumerable.Range(0, files).Select(foreign.Make)) File.WriteAllBytes(Path.Combine(all, file.Name), file.Bytes);
        var paths = Enumerable.Range(0, files).Select(foreign.Make).Select(file => mirror.Write(file.Name, file.Bytes))
            .Append(mirror.Write("good.json", System.Text.Encoding.UTF8.GetBytes(Records.Graph("a"))));
        var results = mirror.Import([.. paths]);
        Assert.Equal("a", Assert.Single(mirror.Activities()).Id);
        Assert.Equal("good.json", Assert.Single(results, result => result.Added > 0).Source);

        var odd = mirror.Errors.Where(error => !Expected.Contains(error.ErrorId)).Select(error => $"{error.ErrorId}: {error.Message}").ToList();
        Assert.True(odd.Count == 0, $"{odd.Count} errors, such as {string.Join('\n', odd.Take(10))}");
        var rejected = mirror.Rejected().GroupBy(record => record.Source)
            .Select(source => $"{source.Count()} of {source.Key}: {source.First().Reason}").ToList();
        Assert.True(rejected.Count == 0, string.Join('\n', rejected.Take(20)));
        var taken = results.Where(result => result.Source != "good.json" && result.Status != "NotSupported")
            .Select(result => $"{result}, {result.Status}, {result.Kind}: {string.Join(' ', result.Notes)}").ToList();
        Assert.True(taken.Count == 0, string.Join('\n', taken.Take(20)));
        Assert.All(mirror.Errors.GroupBy(error => error.Target), errors => Assert.Single(errors));
    }
}
