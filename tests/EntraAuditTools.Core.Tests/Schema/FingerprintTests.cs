using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Schema;

/// <summary>
/// The danger: two events become one, or one becomes two, because a shape leaves out what others contain. Fingerprints are stored in mirrors
/// (docs: the columns' comments in Mirror/Tables): 24 bits that all shapes have, then 16, 12 and 12 of what some lack.
/// </summary>
public sealed class FingerprintTests
{
    private const long Hash = 0x1234_5678_9ABC_DEF0;

    [Theory]
    [InlineData(new long[] { }, 0x1234_5600_0000_0000)]
    [InlineData(new long[] { 0xABCDEF }, 0x1234_56CD_EF00_0000)]
    [InlineData(new long[] { 0xABCDEF, 0xABCDEF }, 0x1234_56CD_EFDE_F000)]
    [InlineData(new long[] { 0xABCDEF, 0xABCDEF, 0xABCDEF }, 0x1234_56CD_EFDE_FDEF)]
    [InlineData(new long[] { 0, 0xABCDEF, 0 }, 0x1234_5600_00DE_F000)]
    // A part whose bits are all 0 is given nevertheless: it becomes 1.
    [InlineData(new long[] { 0x10000, 0x1000, 0x1000 }, 0x1234_5600_0100_1001)]
    public void Bits_are_where_mirrors_have_them(long[] parts, long expected) => Assert.Equal(expected, Fingerprint.Of(Hash, parts));

    [Fact]
    public void The_base_is_what_SQL_takes_of_it()
    {
        Assert.Equal(0x123456, Fingerprint.Base(Fingerprint.Of(Hash, 1, 2, 3)));
        Assert.Equal(-1, Fingerprint.Base(-1));
    }

    /// <summary>Of two shapes: the parts that they have (0: missing); whether they can be of one event.</summary>
    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 1, 2, 3 }, true)]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 1, 2 }, true)]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { }, true)]
    [InlineData(new long[] { 1, 0, 3 }, new long[] { 0, 2, 0 }, true)]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 9, 2, 3 }, false)]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 1, 9, 3 }, false)]
    [InlineData(new long[] { 1, 2, 3 }, new long[] { 1, 2, 9 }, false)]
    [InlineData(new long[] { 1, 2 }, new long[] { 0, 9 }, false)]
    public void What_a_shape_lacks_contradicts_nothing(long[] some, long[] others, bool expected)
    {
        var (a, b) = (Fingerprint.Of(Hash, some), Fingerprint.Of(Hash, others));
        Assert.Equal((expected, expected), (Fingerprint.Agree(a, b), Fingerprint.Agree(b, a)));
        Assert.Equal((expected, expected), (Fingerprint.PartsAgree(a, b), Fingerprint.PartsAgree(b, a)));
        var other = Fingerprint.Of(Hash + (1L << 40), others);
        Assert.False(Fingerprint.Agree(a, other));
        Assert.Equal(expected, Fingerprint.PartsAgree(a, other));
    }

    [Theory]
    [InlineData("Add user", "add USER", true)]
    [InlineData("Add user", " Add user\r\n", true)]
    [InlineData("Add user", "Add  user", false)]
    [InlineData("GRÜN", "grÜn", true)]
    [InlineData("Zoë", "ZoË", false)] // ASCII only: mirrors hold it so.
    [InlineData("Größe 1", "Größe 2", false)]
    public void Texts_are_compared_as_the_shapes_write_them(string one, string other, bool expected)
    {
        static long Hash(string text) => Fingerprint.Hash(System.Text.Encoding.UTF8.GetBytes(text), 12);
        Assert.Equal(expected, Hash(one) == Hash(other));
    }

    [Fact]
    public void A_text_longer_than_the_buffer_is_hashed_alike()
    {
        var text = new string('A', 600);
        Assert.Equal(Fingerprint.Hash(System.Text.Encoding.UTF8.GetBytes(text), 1),
            Fingerprint.Hash(System.Text.Encoding.UTF8.GetBytes(" " + text.ToLowerInvariant()), 1));
    }

    [Fact]
    public void An_empty_part_is_missing_and_an_empty_text_is_not()
    {
        Assert.Equal(0, Fingerprint.Part([], 14));
        Assert.NotEqual(0, Fingerprint.Hash([], 14));
    }
}
