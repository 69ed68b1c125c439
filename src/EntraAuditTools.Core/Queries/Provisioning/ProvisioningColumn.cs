using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Where applications and jobs are to be found that are provisioned, which the log need not name yet.</summary>
internal static class ProvisioningColumn
{
    /// <summary>Applications by name or id, also those whose job was exported though nothing was provisioned yet.</summary>
    public static readonly ValueColumn Application = new(mirror =>
    {
        var held = Kinds(mirror, kind => [kind.Application.DisplayName, kind.Application.ObjectId]);
        return held with
        {
            Has = text => held.Has(text) || NameSearch.Has(mirror, "entity", ["name"], text, $"kind = {(int)EntityKind.ServicePrincipal}")
                || NameColumn.HasEntity(mirror, text)
                || NameSearch.Has(mirror, "identity", ["object_id", "display_name"], text,
                    "id IN (SELECT application FROM synchronization_job)"),
        };
    });

    /// <summary>Jobs by id.</summary>
    public static readonly ValueColumn Job = new(mirror =>
    {
        var held = Kinds(mirror, kind => [kind.JobId]);
        return held with { Has = text => held.Has(text) || NameSearch.Has(mirror, "synchronization_job", ["job"], text) };
    });

    private static HeldValues Kinds(MirrorReader mirror, Func<ProvisioningKindText, string?[]> values) => HeldValues.List(() =>
    {
        using var kinds = ProvisioningKindText.All(mirror);
        return kinds.All.Values.SelectMany(values).OfType<string>().ToList();
    });
}
