using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Trust.Mirrors;

/// <summary>The mirror of exports that nothing happens to, imported within this process.</summary>
internal static class Undisturbed
{
    /// <summary>Imports exports into a mirror.</summary>
    /// <returns>What is in it, independent of the numbers of imports.</returns>
    public static IReadOnlyList<string> Import(string mirror, Exports exports)
    {
        using (var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror }, CancellationToken.None))
        {
            foreach (var file in exports.Files)
                session.ImportFile(file, Exports.NameOf(file), _ => { }, error => throw error, _ => { }, CancellationToken.None);
            session.Complete();
        }

        return MirrorContent.BySource(mirror);
    }
}
