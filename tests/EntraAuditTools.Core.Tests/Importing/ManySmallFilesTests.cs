using System.Text;
using EntraAuditTools.Core.Importing.Session;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>
/// An import of 20,000 small files grew to 229 MB: each file had a batch, windows and buffers of its own, 2.4 MB of arrays that .NET frees
/// late.
/// </summary>
public sealed class ManySmallFilesTests
{
    private const int Files = 60;
    private const long MaxBytesOfFile = 1024 * 1024;

    [Fact]
    public void A_small_file_costs_no_buffers_of_large_ones()
    {
        using var mirror = new TestMirror();
        using var session = ImportSession.Open(new() { MirrorPath = mirror.Path }, CancellationToken.None);
        // The first ones make what the others use again.
        Import(0, 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Import(20, Files);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (Files - 20);
        Assert.True(each < MaxBytesOfFile, $"{each:N0} bytes were allocated for each file");

        void Import(int from, int to)
        {
            for (var number = from; number < to; number++)
            {
                var path = mirror.Write($"{number}.json", Encoding.UTF8.GetBytes(Records.Graph($"a{number}")));
                session.ImportFile(path, path, result => Assert.Equal(1, result.Added), error => Assert.Fail(error.Message), _ => { },
                    CancellationToken.None);
            }
        }
    }

    [Fact]
    public void A_file_of_the_same_import_is_known_again()
    {
        using var mirror = new TestMirror();
        var first = mirror.Write("first.json", Encoding.UTF8.GetBytes(Records.Graph("a1")));
        var second = mirror.Write("second.json", Encoding.UTF8.GetBytes(Records.Graph("a1")));
        Assert.Equal(["Imported", "AlreadyImported"], mirror.Import(first, second).Select(result => result.Status));
    }
}
