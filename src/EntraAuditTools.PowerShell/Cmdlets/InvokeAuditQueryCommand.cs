using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.PowerShell.Completion;
using EntraAuditTools.PowerShell.Parameters;
using EntraAuditTools.PowerShell.Serialization;

namespace EntraAuditTools.PowerShell.Cmdlets;

/// <summary>Any other question, in SQL over documented views.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AuditQuery")]
[OutputType(typeof(PSObject))]
public sealed class InvokeAuditQueryCommand : MirrorCmdlet
{
    private AuditSqlQuery? session;

    /// <summary>One SELECT.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SqlCompleter))]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = string.Empty;

    /// <summary>Values of the query's parameters, by name.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary? Parameter { get; set; }

    /// <summary>Shows values that can be secrets as they are.</summary>
    [Parameter]
    public SwitchParameter ShowSecret { get; set; }

    /// <summary>Leaves times as the views write them, for files.</summary>
    [Parameter]
    public SwitchParameter TimeAsText { get; set; }

    /// <summary>Asks.</summary>
    protected override void ProcessRecord()
    {
        if (session == null)
        {
            if (OpenMirrorIfAny() is not { } mirror) return;
            if (ShowSecret && MaskedWarning.Of(mirror) is { } masked) WriteWarning(masked);
            session = Attempt(() => new AuditSqlQuery(mirror) { ShowsSecrets = ShowSecret, HasTimesAsText = TimeAsText });
        }

        var values = (Parameter ?? new Hashtable()).Cast<DictionaryEntry>().ToDictionary(entry => $"{entry.Key}",
            entry => entry.Value is PSObject item ? item.BaseObject : entry.Value, StringComparer.OrdinalIgnoreCase);
        WriteAll(() => session.Run(Query, values), ToObject);
    }

    private static PSObject ToObject(SqlRow row)
    {
        var item = new PSObject();
        for (var i = 0; i < row.Columns.Count; i++) item.Properties.Add(new PSNoteProperty(row.Columns[i], Shown(row.Values[i])));
        return item;
    }

    private static object? Shown(object? value) => value is DateTimeOffset time ? QueryTime.Of(time) : value;
}
