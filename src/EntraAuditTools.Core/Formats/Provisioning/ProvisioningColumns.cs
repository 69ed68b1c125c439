using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// The columns of the portal's three Provisioning logs CSV files. No source shows their headers (FORMATS §2), so they are matched by
/// normalised names, in any order: Graph's property names, with or without their path, and the words of the portal's own views. What is
/// missing here can be given with -ColumnMap.
/// </summary>
internal static class ProvisioningColumns
{
    private static readonly Dictionary<string, string> Entry = Build(
        ("id", "id recordid logid entryid provisioninglogid"),
        ("activityDateTime", "activitydatetime date dateutc time timeutc datetime datetimeutc activitydate activitydateutc "
            + "activitydatetimeutc timestamp timestamputc timegenerated timegeneratedutc created createddatetime"),
        ("tenantId", "tenantid aadtenantid tenant"),
        ("jobId", "jobid job provisioningjobid synchronizationjobid"),
        ("cycleId", "cycleid cycle provisioningcycleid"),
        ("changeId", "changeid change correlationid"),
        ("provisioningAction", "provisioningaction action actiontype operation"),
        ("status", "status provisioningstatus result resulttype provisioningstatusinfostatus statusinfostatus provisioningresult"),
        ("durationInMilliseconds", "durationinmilliseconds duration durationms durationmilliseconds"),
        ("servicePrincipal.id",
            "serviceprincipalid applicationid appid enterpriseapplicationid applicationobjectid serviceprincipalobjectid"),
        ("servicePrincipal.displayName",
            "serviceprincipalname serviceprincipaldisplayname serviceprincipal application applicationname applicationdisplayname app "
            + "appname appdisplayname enterpriseapplication enterpriseapplicationname"),
        ("sourceSystem.id", "sourcesystemid"),
        ("sourceSystem.displayName", "sourcesystem sourcesystemname sourcesystemdisplayname source"),
        ("targetSystem.id", "targetsystemid"),
        ("targetSystem.displayName", "targetsystem targetsystemname targetsystemdisplayname target"),
        ("sourceIdentity.id", "sourceidentityid sourceid sourceobjectid identityid objectid"),
        ("sourceIdentity.displayName",
            "sourceidentity sourceidentityname sourceidentitydisplayname sourcename sourcedisplayname identity identityname "
            + "identitydisplayname displayname name"),
        ("sourceIdentity.identityType",
            "sourceidentitytype sourceidentityidentitytype sourcetype identitytype sourceobjecttype objecttype type"),
        ("sourceIdentity.userPrincipalName",
            "sourceidentityuserprincipalname sourceuserprincipalname sourceidentitydetailsuserprincipalname userprincipalname upn sourceupn"),
        ("targetIdentity.id", "targetidentityid targetid targetobjectid"),
        ("targetIdentity.displayName", "targetidentity targetidentityname targetidentitydisplayname targetname targetdisplayname"),
        ("targetIdentity.identityType", "targetidentitytype targetidentityidentitytype targettype targetobjecttype"),
        ("targetIdentity.userPrincipalName", "targetidentityuserprincipalname targetuserprincipalname targetupn"),
        ("initiatedBy.id", "initiatedbyid initiatorid"),
        ("initiatedBy.displayName", "initiatedby initiatedbyname initiatedbydisplayname initiator initiatorname"),
        ("initiatedBy.initiatorType", "initiatedbytype initiatedbyinitiatortype initiatortype initiatingtype"),
        ("errorCode", "errorcode resultsignature error statusinfoerrorcode provisioningstatusinfoerrorcode errorinformationerrorcode "
            + "provisioningstatusinfoerrorinformationerrorcode statuserrorcode"),
        ("errorCategory",
            "errorcategory statusinfoerrorcategory errorinformationerrorcategory provisioningstatusinfoerrorinformationerrorcategory"),
        ("reason", "reason resultdescription statusreason errorreason errormessage errordescription statusinforeason "
            + "errorinformationreason provisioningstatusinfoerrorinformationreason"),
        ("recommendedAction", "recommendedaction recommendation errorrecommendedaction statusinforecommendedaction "
            + "errorinformationrecommendedaction provisioningstatusinfoerrorinformationrecommendedaction"),
        ("additionalDetails", "additionaldetails erroradditionaldetails statusinfoadditionaldetails errorinformationadditionaldetails "
            + "provisioningstatusinfoerrorinformationadditionaldetails"),
        ("skipReason", "skipreason"),
        ("provisioningSteps", "provisioningsteps steps"),
        ("modifiedProperties", "modifiedproperties"),
        ("provisioningStatusInfo", "provisioningstatusinfo statusinfo"),
        ("sourceDetails", "sourceidentitydetails sourcedetails"),
        ("targetDetails", "targetidentitydetails targetdetails"));

    private static readonly Dictionary<string, string> Step = Build(
        ("changeId", "changeid change correlationid"),
        ("id", "id recordid logid entryid provisioninglogid"),
        ("order", "order step stepnumber steporder number index sequence steporderid"),
        ("name", "name stepname provisioningstepname provisioningstepsname displayname"),
        ("provisioningStepType", "provisioningsteptype steptype type provisioningstepsprovisioningsteptype provisioningstepstype"),
        ("status", "status stepstatus provisioningstepstatus provisioningstepsstatus result stepresult"),
        ("description", "description stepdescription provisioningstepdescription provisioningstepsdescription message"),
        ("details", "details stepdetails provisioningstepdetails provisioningstepsdetails"));

    private static readonly Dictionary<string, string> Property = Build(
        ("changeId", "changeid change correlationid"),
        ("id", "id recordid logid entryid provisioninglogid"),
        ("displayName", "displayname name propertyname property modifiedproperty modifiedpropertyname modifiedpropertydisplayname "
            + "modifiedpropertiesdisplayname modifiedpropertiesname attribute attributename targetattribute"),
        ("oldValue", "oldvalue modifiedpropertyoldvalue modifiedpropertiesoldvalue old previousvalue originalvalue"),
        ("newValue", "newvalue modifiedpropertynewvalue modifiedpropertiesnewvalue new currentvalue"));

    /// <summary>What a file with these headers is: rows of entries, of steps, of modified properties, or nothing of the kind.</summary>
    public static RecordShape Recognize(IReadOnlyCollection<string> headers)
    {
        var names = headers.Select(PortalColumns.Normalize).ToHashSet();
        bool Has(string canonical, Dictionary<string, string> columns) => names.Any(n => columns.GetValueOrDefault(n) == canonical);

        var joined = names.Contains("changeid") || names.Contains("change");
        if (joined && (Has("oldValue", Property) || Has("newValue", Property)) && !Has("activityDateTime", Entry))
            return RecordShape.PortalProvisioningProperty;
        var isMain = Has("provisioningAction", Entry) || names.Contains("sourcesystem") || names.Contains("targetsystem");
        if (joined && !isMain && (names.Any(n => n.Contains("step", StringComparison.Ordinal))
            || (Has("name", Step) && Has("description", Step)))) return RecordShape.PortalProvisioningStep;
        if (joined && (Has("oldValue", Property) || Has("newValue", Property)) && !isMain) return RecordShape.PortalProvisioningProperty;
        var evidence = (joined ? 1 : 0) + (names.Contains("jobid") ? 1 : 0) + (names.Contains("cycleid") ? 1 : 0) + (isMain ? 1
            : 0) + (Has("status", Entry) ? 1 : 0);
        return Has("activityDateTime", Entry) && evidence >= 3 ? RecordShape.PortalProvisioningRow : RecordShape.Unknown;
    }

    /// <summary>Graph's name of a column, with its path; null when it is not understood.</summary>
    public static string? Canonical(RecordShape shape, string header) => Of(shape).GetValueOrDefault(PortalColumns.Normalize(header));

    private static Dictionary<string, string> Of(RecordShape shape) => shape switch
    {
        RecordShape.PortalProvisioningStep => Step,
        RecordShape.PortalProvisioningProperty => Property,
        _ => Entry,
    };

    private static Dictionary<string, string> Build(params (string Canonical, string Aliases)[] columns)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (canonical, aliases) in columns)
        {
            known[PortalColumns.Normalize(canonical)] = canonical;
            foreach (var alias in aliases.Split(' ')) known.TryAdd(alias, canonical);
        }

        return known;
    }
}
