using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>A mirror that an older version filled answers as that one understood its records, and must say so.</summary>
public sealed class OldReadingTests
{
    [Fact]
    public void What_this_version_read_needs_no_word()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Null(OldReading.Warning(reader));
    }

    [Fact]
    public void What_an_older_version_read_is_said()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(new Event("a", "2026-10-01T08:00:00Z", "Add user").ToString());
        using (var connection = new SqliteConnection($"Data Source={mirror.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE import SET reader = 0";
            command.ExecuteNonQuery();
        }

        using var reader = MirrorReader.Open(mirror.Path);
        Assert.StartsWith("One import of this mirror was read by an older version", OldReading.Warning(reader), StringComparison.Ordinal);
    }
}
