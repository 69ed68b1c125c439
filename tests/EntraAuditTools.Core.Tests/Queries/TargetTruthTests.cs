using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>
/// <c>-Target</c> on the sample tenant, whose makers know what each record is about: whatever object any of its values, be it of a property that
/// is on no list, names by id or UPN. Who did it, and with which application, it is not about.
/// </summary>
public sealed class TargetTruthTests(ITestOutputHelper output)
{
    private static readonly Tenant Tenant = new(new SampleTenantOptions { AuditRecords = 3_000, Seed = 23 });
    private static readonly AuditEvent[] Events = [.. AuditEvents.Enumerate(Tenant)];

    [Theory]
    [InlineData(AuditShape.GraphPage)]
    [InlineData(AuditShape.Diagnostic)]
    [InlineData(AuditShape.LogAnalyticsCsv)]
    public void The_same_object_by_id_UPN_and_name_is_all_that_is_about_it_and_nothing_else(AuditShape shape)
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("log.txt", stream => AuditShapes.Write(shape, stream, Tenant, Events)));
        using var reader = MirrorReader.Open(mirror.Path);
        var (found, right, missed, asked) = (0, 0, 0, 0);
        var wrong = new List<string>();
        foreach (var row in Objects())
        {
            var expected = Events.Where(audit => IsAbout(audit, row.Ids)).Select(audit => audit.Id).ToHashSet();
            if (expected.Count == 0) continue;
            foreach (var text in row.Texts)
            {
                asked++;
                var rows = AuditActivityQuery.Run(reader, new() { Target = [WildcardText.Escape(text)] }).Select(audit => audit.Id!).ToHashSet();
                found += rows.Count;
                right += rows.Count(expected.Contains);
                missed += expected.Count(id => !rows.Contains(id));
                if (!rows.SetEquals(expected))
                    wrong.Add($"{text}: {string.Join(", ", expected.Except(rows).Take(3))} missed; "
                        + $"{string.Join(", ", rows.Except(expected).Take(3))} too many");
            }
        }

        output.WriteLine($"{asked} questions, precision {(double)right / found:p2}, recall {(double)right / (right + missed):p2}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
        Assert.True(asked > 200);
    }

    /// <summary>Objects with the ids that records give them, and the texts that an administrator asks by: names only where nothing else is called so.</summary>
    private static IEnumerable<(HashSet<string> Ids, List<string> Texts)> Objects()
    {
        var all = Tenant.People.Take(60).Select(person => (new[] { person.Id, person.UserPrincipalName }, person.DisplayName))
            .Concat(Tenant.Groups.Select(group => (new[] { group.Id }, group.DisplayName)))
            .Concat(Tenant.Roles.Select(role => (new[] { role.Id, role.TemplateId }, role.DisplayName)))
            .Concat(Tenant.Applications.SelectMany(application => application.Roles).Select(role => (new[] { role.Id }, role.DisplayName)))
            .ToList();
        var names = Tenant.People.Select(person => person.DisplayName).Concat(Tenant.Groups.Select(group => group.DisplayName))
            .Concat(Tenant.Roles.Select(role => role.DisplayName))
            .Concat(Tenant.Applications.Select(application => application.DisplayName))
            .Concat(Tenant.Applications.SelectMany(application => application.Roles).Select(role => role.DisplayName))
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        foreach (var (ids, name) in all)
        {
            string[] own = names[name] == 1 ? [name] : [];
            yield return ([.. ids.Concat(own).Select(text => text.ToUpperInvariant())], [.. ids, .. own]);
        }
    }

    private static bool IsAbout(AuditEvent audit, HashSet<string> ids) =>
        audit.Targets.Any(target => Has(ids, target.Id) || Has(ids, target.UserPrincipalName) || Has(ids, target.DisplayName)
            || target.Properties.Any(property => !property.Name.StartsWith("ActorId.", StringComparison.Ordinal)
                && (Has(ids, Plain(property.OldValue)) || Has(ids, Plain(property.NewValue)))))
        || (audit.Service == "Account Provisioning" && audit.Details.Any(detail => detail.Key != "JobId" && Has(ids, detail.Value)));

    private static bool Has(HashSet<string> ids, string? text) => text != null && ids.Contains(text.ToUpperInvariant());

    private static string? Plain(string? value) => value?.Trim('[', ']', '"');
}
