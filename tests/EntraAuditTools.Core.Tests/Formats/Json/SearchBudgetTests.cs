using System.Runtime.ExceptionServices;
using System.Text.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// Objects that begin like records and break cost an exception each. 100 KB of braces behind a record had an import busy for twenty
/// minutes: each was tried, from each.
/// </summary>
public sealed class SearchBudgetTests
{
    private const int MaxExceptions = 50_000;
    private const string Good = """{"id":"a","category":"UserManagement","activityDisplayName":"Add user","activityDateTime":"2026-09-01T08:00:00Z"}""";

    [Theory]
    [InlineData("{", "\n")]
    [InlineData("{", ",")]
    [InlineData("{\"id\":", ",")]
    [InlineData("{\"id\":1,\"category\":2]", ",")]
    [InlineData("{\"id\":1,\"category\":{", ",")]
    public void What_breaks_is_not_tried_without_end(string odd, string between)
    {
        var text = $"[{Good}{between}{string.Concat(Enumerable.Repeat(odd, 60_000))}";
        var (thread, thrown) = (Environment.CurrentManagedThreadId, 0);
        void Count(object? sender, FirstChanceExceptionEventArgs first)
        {
            if (first.Exception is JsonException && Environment.CurrentManagedThreadId == thread) thrown++;
        }

        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            Assert.Equal([Good], Pieces.Of(text).Whole);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.InRange(thrown, 0, MaxExceptions);
    }

    [Fact]
    public void A_line_begins_a_record_also_when_nothing_else_is_tried_any_more()
    {
        var text = $"{Good}\n{string.Concat(Enumerable.Repeat("{\"id\":1,\"category\":2]", 60_000))}\n{Good}\n";
        Assert.Equal([Good, Good], Pieces.Of(text).Whole);
    }
}
