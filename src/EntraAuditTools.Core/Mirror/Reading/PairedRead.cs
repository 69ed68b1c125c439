namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>Two readers of one state of a mirror, for work that two processors share. What is imported meanwhile neither of them sees.</summary>
internal sealed class PairedRead : IDisposable
{
    // An import commits every few hundred milliseconds, and both begin within one.
    private const int Tries = 20;

    private readonly MirrorReader.ReadTransaction own;
    private readonly MirrorReader.ReadTransaction others;
    private readonly CancellationTokenRegistration interrupted;

    private PairedRead(MirrorReader other, MirrorReader.ReadTransaction own, MirrorReader.ReadTransaction others,
        CancellationTokenRegistration interrupted)
    {
        Other = other;
        this.own = own;
        this.others = others;
        this.interrupted = interrupted;
    }

    /// <summary>The second reader, for a thread of its own; it is interrupted with the first.</summary>
    public MirrorReader Other { get; }

    /// <summary>Begins to read.</summary>
    /// <param name="mirror">The first reader.</param>
    /// <returns>Null where it reads of some state already, there is one processor only, or the mirror changes too often.</returns>
    public static PairedRead? Begin(MirrorReader mirror)
    {
        if (mirror.IsReading || Environment.ProcessorCount == 1) return null;
        var other = MirrorReader.Open(mirror.Path);
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                // https://www.sqlite.org/pragma.html#pragma_data_version: it differs when somebody else has written since.
                var before = Version(other);
                var own = BeginOne(mirror);
                var others = BeginOne(other);
                if (Version(other) == before)
                    return new(other, own, others, mirror.Interrupted.Register(other.Interrupt));
                others.Dispose();
                own.Dispose();
            }
        }
        catch
        {
            other.Dispose();
            throw;
        }

        other.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        interrupted.Dispose();
        others.Dispose();
        own.Dispose();
        Other.Dispose();
    }

    private static MirrorReader.ReadTransaction BeginOne(MirrorReader mirror)
    {
        var begun = mirror.BeginRead(isLarge: true);
        // A transaction reads of the state of its first statement, not of its beginning.
        Number(mirror, "SELECT count(*) FROM sqlite_schema");
        return begun;
    }

    private static long Version(MirrorReader mirror) => Number(mirror, "PRAGMA data_version");

    private static long Number(MirrorReader mirror, string sql) => mirror.Query(sql, row => row.GetInt64(0)).First();
}
