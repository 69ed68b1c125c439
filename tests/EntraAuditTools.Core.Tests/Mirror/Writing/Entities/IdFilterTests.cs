using EntraAuditTools.Core.Mirror.Writing.Entities;

namespace EntraAuditTools.Core.Tests.Mirror.Writing.Entities;

public sealed class IdFilterTests
{
    [Fact]
    public void Nothing_that_was_added_is_ever_called_unknown_and_little_else_is_called_known()
    {
        var random = new Random(16);
        var ids = new HashSet<long>();
        while (ids.Count < 200_000) ids.Add(random.NextInt64(long.MinValue, long.MaxValue));
        var (added, others) = (ids.Take(100_000).ToList(), ids.Skip(100_000).ToList());
        var filter = new IdFilter();
        Assert.DoesNotContain(others, id => filter.MayHold((ulong)id));
        foreach (var id in added) filter.Add((ulong)id);
        Assert.All(added, id => Assert.True(filter.MayHold((ulong)id)));
        Assert.InRange(others.Count(id => filter.MayHold((ulong)id)), 0, 2_000);
    }
}
