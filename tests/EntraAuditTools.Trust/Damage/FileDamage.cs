namespace EntraAuditTools.Trust.Damage;

/// <summary>Damage as disks and copies do it: bytes, sectors and pages that are other ones, an end that is missing.</summary>
internal static class FileDamage
{
    private const int Page = 8192, Sector = 512;

    /// <summary>Damages a file; says how.</summary>
    public static string Make(Random random, string path)
    {
        var bytes = File.ReadAllBytes(path);
        int At(int unit) => random.Next(bytes.Length / unit) * unit;
        string what;
        switch (random.Next(6))
        {
            case 0:
                var (place, bit) = (random.Next(bytes.Length), random.Next(8));
                bytes[place] ^= (byte)(1 << bit);
                what = $"bit {bit} of byte {place} of page {(place / Page) + 1}";
                break;
            case 1:
                var count = random.Next(2, 9);
                for (var i = 0; i < count; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                what = $"{count} bytes";
                break;
            case 2:
                var sector = At(Sector);
                bytes.AsSpan(sector, Sector).Clear();
                what = $"the sector at {sector} empty";
                break;
            case 3:
                var page = At(Page);
                random.NextBytes(bytes.AsSpan(page, Page));
                what = $"page {(page / Page) + 1} of noise";
                break;
            case 4:
                var (one, other) = (At(Page), At(Page));
                var kept = bytes.AsSpan(one, Page).ToArray();
                bytes.AsSpan(other, Page).CopyTo(bytes.AsSpan(one, Page));
                kept.CopyTo(bytes.AsSpan(other, Page));
                what = $"pages {(one / Page) + 1} and {(other / Page) + 1} exchanged";
                break;
            default:
                var length = random.Next(bytes.Length);
                bytes = bytes[..length];
                what = $"cut off after {length} bytes";
                break;
        }

        File.WriteAllBytes(path, bytes);
        return what;
    }
}
