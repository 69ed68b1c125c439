using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Imports;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Whatever is thrown while a source is read or written is that source's error: the others go on, what was committed stays.</summary>
public sealed class SessionGuardTests
{
    public static TheoryData<string> Surprises => [.. Thrown.Keys];

    private static Dictionary<string, Func<Exception>> Thrown { get; } = new()
    {
        ["an index out of its range"] = () => Caught(() => _ = Array.Empty<int>()[Nothing().Length]),
        ["a null"] = () => Caught(() => _ = ((string?)null)!.Length),
        ["a state that cannot be"] = () => new InvalidOperationException("Cannot read incomplete UTF-16 JSON text as string with missing low surrogate."),
        ["an argument"] = () => new ArgumentOutOfRangeException("index"),
        ["an overflow"] = () => new OverflowException(),
        ["a cast"] = () => new InvalidCastException(),
        ["a format"] = () => new FormatException(),
        ["a key that is missing"] = () => new KeyNotFoundException(),
    };

    [Theory]
    [MemberData(nameof(Surprises))]
    public void A_record_that_makes_a_reader_throw_costs_itself(string what)
    {
        using var mirror = new TestMirror();
        var file = mirror.Write("a.json", Lines("a1", "a2", "a3"));
        var other = mirror.Write("b.json", Lines("b1"));
        var options = new ImportOptions { MirrorPath = mirror.Path, Reading = (name, number) => ThrowAt(name == "a.json" && number == 2, what) };
        var results = mirror.Import(options, file, other);
        var error = Assert.Single(mirror.Errors);
        Assert.Equal(ToolFault.ErrorId, error.ErrorId);
        Assert.Contains("a.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(Thrown[what]().GetType().Name, error.Message, StringComparison.Ordinal);
        Assert.Contains("report", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["a.json", "b.json"], results.Select(r => r.Source));
        Assert.Contains("b1", mirror.Activities().Select(a => a.Id));
    }

    [Theory]
    [MemberData(nameof(Surprises))]
    public void A_source_that_cannot_even_be_begun_costs_itself(string what)
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, Reading = (name, number) => ThrowAt(name == "a.json" && number == 0, what) };
        mirror.Import(options, mirror.Write("a.json", Lines("a1")), mirror.Write("b.json", Lines("b1")));
        Assert.Equal(ToolFault.ErrorId, Assert.Single(mirror.Errors).ErrorId);
        Assert.Equal("b1", Assert.Single(mirror.Activities()).Id);
        Assert.Equal([("a.json", "Failed"), ("b.json", "Imported")], History(mirror));
    }

    [Theory]
    [MemberData(nameof(Surprises))]
    public void A_batch_that_makes_the_writer_throw_costs_its_source(string what)
    {
        using var mirror = new TestMirror();
        var batches = 0;
        var options = new ImportOptions { MirrorPath = mirror.Path, Writing = _ => ThrowAt(++batches == 2, what) };
        mirror.Import(options, mirror.Write("a.json", Lines("a1")), mirror.Write("b.json", Lines("b1")), mirror.Write("c.json", Lines("c1")));
        Assert.Equal(ToolFault.ErrorId, Assert.Single(mirror.Errors).ErrorId);
        Assert.Equal(["a1", "c1"], mirror.Activities().Select(a => a.Id).Order());

        // And what failed goes in once it can.
        mirror.Import(mirror.Write("b.json", Lines("b1")));
        Assert.Equal(["a1", "b1", "c1"], mirror.Activities().Select(a => a.Id).Order());
    }

    [Fact]
    public void A_record_that_throws_is_kept_with_the_reason()
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, Reading = (_, number) => ThrowAt(number == 2, "a null") };
        var result = Assert.Single(mirror.Import(options, mirror.Write("a.json", Lines("a1", "a2", "a3"))));
        Assert.Equal((2, 1, "Partial"), (result.Added, result.Rejected, result.Status));
        var rejected = Assert.Single(mirror.Rejected());
        Assert.Contains("mistake in EntraAuditTools", rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("a2", rejected.Text, StringComparison.Ordinal);
        Assert.Equal(["a1", "a3"], mirror.Activities().Select(a => a.Id).Order());
    }

    [Fact]
    public void A_stop_is_no_error_of_the_source()
    {
        using var mirror = new TestMirror();
        var options = new ImportOptions { MirrorPath = mirror.Path, Reading = (_, _) => throw new OperationCanceledException() };
        Assert.Throws<OperationCanceledException>(() => mirror.Import(options, mirror.Write("a.json", Lines("a1"))));
        Assert.Empty(mirror.Errors);
    }

    private static void ThrowAt(bool here, string what)
    {
        if (here) throw Thrown[what]();
    }

    private static string Nothing() => string.Empty;

    private static Exception Caught(Action act) => Record.Exception(act)!;

    private static byte[] Lines(params string[] ids) => Encoding.UTF8.GetBytes(string.Join('\n', ids.Select(id => Records.Graph(id))));

    private static IEnumerable<(string, string)> History(TestMirror mirror)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return [.. ImportHistoryQuery.Imports(reader, null).OrderBy(i => i.ImportId).Select(i => (i.Source, i.Status))];
    }
}
