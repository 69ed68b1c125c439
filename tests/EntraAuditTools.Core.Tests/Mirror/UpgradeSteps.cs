using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Tests.Importing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>Derives mirrors anew, and stops that at a step.</summary>
internal static class UpgradeSteps
{
    /// <summary>Parts of a mirror's content that an old mirror cannot have as a new import has them: reasons, counts, contexts that were not kept.</summary>
    public static readonly string[] NotKept = ["rejection", "import", "context"];

    /// <summary>Says that an older reader read everything, with what it would have read wrongly.</summary>
    public static void Outdate(string path, string wrong = "") => OldMirror.Execute(path, $"UPDATE import SET reader = 0; {wrong}");

    public static AuditMirrorUpdate? Run(string path, Action<string>? step = null, string? dateFormat = null, bool force = false) =>
        MirrorUpgrade.Run(path, new() { Step = step, DateFormat = dateFormat, Force = force }, _ => { }, TestContext.Current.CancellationToken);

    /// <summary>The steps of a derivation, in order.</summary>
    public static List<string> Of(string path)
    {
        using var copy = new TestMirror();
        Copy(path, copy);
        var steps = new List<string>();
        Run(copy.Path, steps.Add);
        return steps;
    }

    /// <summary>Copies a mirror with all that is beside it, as it would lie there after a kill at this moment.</summary>
    public static void Copy(string path, TestMirror to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to.Path)!);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
        {
            var name = Path.GetFileName(file);
            // What is shared memory is made anew from the log; a lock is gone with its holder.
            if (name.EndsWith("-shm", StringComparison.Ordinal) || name.EndsWith(".lock", StringComparison.Ordinal)) continue;
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(Path.GetDirectoryName(to.Path)!, name));
            from.CopyTo(target);
        }
    }

    /// <summary>Whether SQLite finds nothing wrong with a mirror.</summary>
    public static string Check(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}
