using System.Text;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries.Plans;

/// <summary>The sample tenant, and 25,000 events of one kind by one account on one device: more than are looked up one by one.</summary>
public sealed class PlanMirror : IDisposable
{
    /// <summary>Of whom and what there are very many.</summary>
    public const string ManyActivity = "Sync device", ManyActor = "sync@contoso.com", ManyTarget = "99999999-0000-4000-8000-000000000001";

    /// <summary>What the same account did once, and to what.</summary>
    public const string FewActivity = "Retire device", FewTarget = "99999999-0000-4000-8000-000000000002";

    private const int Many = 25_000;

    private readonly TestMirror mirror = new();

    public PlanMirror()
    {
        mirror.Import([.. ExportFileFinder.Files(Seeds.Folder, recurse: true, error => throw error)]);
        var text = new StringBuilder();
        for (var i = 0; i < Many; i++)
        {
            text.Append(new Event($"many-{i}", $"2026-08-01T08:{i / 60 % 60:00}:{i % 60:00}.{i:0000000}Z", ManyActivity)
            {
                Correlation = $"88888888-0000-4000-8000-{i:000000000000}",
                User = Event.Person("88888888-0000-4000-8000-000000000001", ManyActor),
                Targets = [Event.Target(ManyTarget, "Device")],
            }).Append('\n');
        }

        mirror.ImportText(text.ToString(), "many.jsonl");
        mirror.ImportText(new Event("few", "2026-08-02T08:00:00Z", FewActivity)
        {
            User = Event.Person("88888888-0000-4000-8000-000000000001", ManyActor),
            Targets = [Event.Target(FewTarget, "Printer")],
        }.ToString(), "few.json");
        ActivitySearchIndex.Ensure(mirror.Path, null, CancellationToken.None);
        Reader = MirrorReader.Open(mirror.Path);
    }

    internal MirrorReader Reader { get; }

    public void Dispose()
    {
        Reader.Dispose();
        mirror.Dispose();
    }
}
