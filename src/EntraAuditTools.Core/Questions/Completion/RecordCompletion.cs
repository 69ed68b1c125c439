using System.Globalization;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Imports;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Provisioning;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>Completes with what several kinds of records have: their tenant, the import that brought them, whom they are about.</summary>
internal static class RecordCompletion
{
    /// <summary>How dates can be said to be written: the words, and the formats that are meant most.</summary>
    public static readonly IReadOnlyList<string> DateFormats =
        ["DayFirst", "MonthFirst", "YearFirst", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "dd/MM/yy", "yy-MM-dd"];

    private const string Provisioning = "Account Provisioning";

    /// <summary>Words of a list that fit.</summary>
    public static Func<CompletionRequest, IEnumerable<CompletedValue>> Words(IReadOnlyList<string> words) =>
        request => new TypedText(request.Typed).Best(words).Select(word => new CompletedValue(word));

    /// <summary>Tenants: those of activities, most frequent first, then those that only other records tell.</summary>
    public static IEnumerable<CompletedValue> Tenants(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror) return [];
        var tenant = AuditActivityQuery.Fields.First(field => field.Name == "Tenant");
        var counted = FilterValueQuery.Run(mirror, tenant, request.Typed, CompletionRequest.Limit, null);
        var others = new TypedText(request.Typed).Best(CommonColumn.Tenant.Of(mirror).Candidates(request.Typed))
            .Where(text => !counted.Any(known => known.Key.Equals(text, StringComparison.OrdinalIgnoreCase)));
        return counted.Select(value => new CompletedValue(value.Key, value.Value)).Concat(others.Select(text => new CompletedValue(text)))
            .Take(CompletionRequest.Limit);
    }

    /// <summary>Numbers of imports, newest first, from what was typed of the number or of the source.</summary>
    public static IEnumerable<CompletedValue> Imports(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror) return [];
        var imports = ImportHistoryQuery.Imports(mirror, null).ToList();
        var found = imports.Where(import => Number(import).StartsWith(request.Typed, StringComparison.Ordinal)).ToList();
        // What is no number of an import is of a name: files are called by their dates.
        if (found.Count == 0) found = [.. new TypedText(request.Typed).Best(imports, import => [FileOf(import.Source)])];
        return found.Take(CompletionRequest.Limit).Select(import => new CompletedValue(Number(import), Tip: Tip(import)));
    }

    /// <summary>
    /// Who was provisioned: those whom the provisioning log names; for a trail, which comes from two logs, then those whom provisioning's
    /// events of the audit log are about.
    /// </summary>
    public static IEnumerable<CompletedValue> Identities(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror) return [];
        var identity = ProvisioningLogQuery.Fields.First(field => field.Name == "Identity");
        var found = FilterValueQuery.Run(mirror, identity, request.Typed, CompletionRequest.Limit, null);
        if (request.Cmdlet.EndsWith("Get-ProvisioningEvent", StringComparison.OrdinalIgnoreCase))
        {
            var target = AuditActivityQuery.Fields.First(field => field.Name == "Target");
            var others = new LogFilter { ["Service"] = [Provisioning] };
            found = [.. found, .. FilterValueQuery.Run(mirror, target, request.Typed, CompletionRequest.Limit, others)
                .Where(value => value.Value > 0 && !found.Any(known => known.Key.Equals(value.Key, StringComparison.OrdinalIgnoreCase)))];
        }

        return found.Take(CompletionRequest.Limit).Select(value => new CompletedValue(value.Key, value.Value));
    }

    private static string Number(AuditImport import) => import.ImportId.ToString(CultureInfo.InvariantCulture);

    // What is typed of a source is the name of its file: the folders before it are often the same.
    private static string FileOf(string source) => source[(source.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Tip(AuditImport import) => string.Create(CultureInfo.CurrentCulture,
        $"{import.Source}, {import.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}Z, "
        + $"{import.Read:N0} records");
}
