using System.Text;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Text;

/// <summary>The danger: a hash that mirrors hold comes out otherwise, so that nothing is found again and every event is new.</summary>
public sealed class StableHashTests
{
    /// <summary>What mirrors hold: values of the first version that was used, which no later one may change.</summary>
    [Theory]
    [InlineData("", -7_571_749_341_426_669_008)]
    [InlineData("a", 6_252_265_298_672_247_938)]
    [InlineData("Directory_36994c2a-0000-4000-8000-000000000001_I26NV_185150517", 2_842_592_384_654_392_548)]
    [InlineData("Zoë ünï 😀", -5_705_674_253_270_131_717)]
    [InlineData("exactly 16 bytes", 3_548_814_772_321_754_224)]
    public void Values_never_change(string text, long expected) => Assert.Equal(expected, StableHash.Of(text));

    [Fact]
    public void Combined_values_and_seeds_never_change()
    {
        Assert.Equal(-5_393_182_140_749_433_271, StableHash.Combine(1, 2));
        Assert.Equal(-9_219_410_468_914_775_608, StableHash.Combine(-1, 0));
        Assert.Equal(7_178_539_076_445_389_999, StableHash.OfUtf8("a"u8, 12));
    }

    [Fact]
    public void Each_byte_the_length_the_order_and_the_seed_count()
    {
        var seen = new HashSet<long>();
        for (var length = 0; length <= 64; length++)
        {
            var text = new byte[length];
            Assert.True(seen.Add(StableHash.OfUtf8(text)), $"{length} zeros");
            Assert.True(seen.Add(StableHash.OfUtf8(text, 7)), $"{length} zeros, another seed");
            for (var i = 0; i < length; i++)
            {
                text[i] = 1;
                Assert.True(seen.Add(StableHash.OfUtf8(text)), $"{length} bytes, the one at {i}");
                text[i] = 0;
            }
        }

        Assert.NotEqual(StableHash.Combine(1, 2), StableHash.Combine(2, 1));
    }

    [Fact]
    public void A_million_ids_share_none()
    {
        // Of a million values in 64 bits two are alike with a chance of 1 in 37 million.
        var seen = new HashSet<long>();
        for (var i = 0; i < 1_000_000; i++)
            seen.Add(StableHash.OfUtf8(Encoding.ASCII.GetBytes($"Directory_36994c2a-0000-4000-8000-{i:x12}_I26NV_185150517")));
        Assert.Equal(1_000_000, seen.Count);
    }
}
