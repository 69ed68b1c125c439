using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement.Portal;

/// <summary>
/// The columns of the portal's downloads of an access package's assignments and of connected organizations. No source shows their headers
/// (FORMATS §2, §9), so they are matched by normalised names, in any order: the words of the portal's views and Graph's. What is missing
/// here can be given with -ColumnMap, by the names on the left.
/// </summary>
internal static class PortalEntitlementColumns
{
    private static readonly Dictionary<string, string> Assignment = Build(
        ("assignmentId", "assignmentid accesspackageassignmentid"),
        ("accessPackage", "accesspackage accesspackagename accesspackagedisplayname package packagename"),
        ("accessPackageId", "accesspackageid packageid"),
        ("catalog", "catalog catalogname"),
        ("displayName", "name displayname user username userdisplayname fullname assignedto assignee target targetname targetdisplayname "
            + "subject subjectname subjectdisplayname requestor requestorname person guest"),
        ("userPrincipalName", "userprincipalname upn principalname useruserprincipalname userupn targetupn targetuserprincipalname "
            + "targetprincipalname subjectprincipalname subjectupn signinname"),
        ("mail", "email mail emailaddress useremail usermail targetemail subjectemail mailaddress"),
        ("objectId", "objectid userid userobjectid targetobjectid targetid subjectobjectid targetuserid id"),
        ("policy", "policy policyname assignmentpolicy assignmentpolicyname assignmentpolicydisplayname policydisplayname "
            + "accesspackageassignmentpolicy assignedpolicy assignedthroughpolicy"),
        ("policyId", "policyid assignmentpolicyid accesspackageassignmentpolicyid"),
        ("state", "state assignmentstate accesspackageassignmentstate"),
        ("status", "status assignmentstatus deliverystatus accesspackageassignmentstatus"),
        ("start", "start startdate startdateutc starttime startdatetime startsat assigned assignedon assigneddate assigneddateutc "
            + "assignedat assignmentdate assignmentstart assignmentstartdate accessstart accessstartdate begin begindate delivered "
            + "deliveredon deliverydate from"),
        ("end", "end enddate enddateutc endtime enddatetime endson expires expireson expiration expirationdate expirationdateutc "
            + "expirationdatetime expirationtime expiry expirydate assignmentend assignmentenddate accessend accessenddate accessexpires "
            + "until to expireddatetime expireddate"),
        ("lifecycle", "userlifecycle lifecycle subjectlifecycle externaluserlifecycle governed isgoverned lifecyclestate"),
        ("userType", "usertype guestormember membertype subjecttype"),
        ("organization", "organization connectedorganization connectedorganizationname company"));

    private static readonly Dictionary<string, string> Organization = Build(
        ("id", "id objectid connectedorganizationid organizationid"),
        ("displayName", "name displayname connectedorganization connectedorganizationname organization organizationname"),
        ("description", "description"),
        ("state", "state status connectedorganizationstate"),
        ("identitySources", "identitysources identitysource directory directories domain domains domainname domainnames tenant "
            + "tenantordomain tenants directoryordomain directorydomain connecteddomains domainortenant azureadtenant entratenant"),
        ("tenantId", "tenantid tenantids directoryid azureadtenantid entratenantid"),
        ("internalSponsors", "internalsponsors internalsponsor sponsorsinternal internal"),
        ("externalSponsors", "externalsponsors externalsponsor sponsorsexternal external"),
        ("created", "created createdon createddate createddateutc createddatetime createdat connecteddate connectedon dateconnected dateadded datecreated"),
        ("modified", "modified modifiedon modifieddate modifieddateutc modifieddatetime modifiedat lastmodified lastmodifieddate updated updatedon"));

    /// <summary>Words of lists of other things that have users, policies and states too: devices, licences, sign-ins.</summary>
    private static readonly string[] OfOthers =
        ["device", "computer", "serial", "complian", "licen", "sku", "mailbox", "conditionalaccess", "checkin", "browser",
            "operatingsystem", "osversion", "signin", "ipaddress"];

    private static readonly string[] OfOrganizations = ["state", "identitySources", "tenantId", "internalSponsors", "externalSponsors"];

    /// <summary>What a file with these headers is; Unknown when nothing of the kind.</summary>
    public static RecordShape Recognize(IReadOnlyCollection<string> headers)
    {
        var names = headers.Select(PortalColumns.Normalize).ToHashSet();
        if (!names.Contains("accesspackage")
            && names.Any(name => !Assignment.ContainsKey(name)
                && Array.Exists(OfOthers, word => name.Contains(word, StringComparison.Ordinal)))) return RecordShape.Unknown;
        var assignment = names.Select(n => Assignment.GetValueOrDefault(n)).ToHashSet();
        var organization = names.Select(n => Organization.GetValueOrDefault(n)).ToHashSet();

        var hasUser = assignment.Contains("displayName") || assignment.Contains("userPrincipalName") || assignment.Contains("mail")
            || assignment.Contains("objectId");
        var hasFate = assignment.Contains("state") || assignment.Contains("status") || assignment.Contains("start")
            || assignment.Contains("end");
        if (hasUser && hasFate && (assignment.Contains("policy") || assignment.Contains("lifecycle")
            || assignment.Contains("accessPackage"))) return RecordShape.PortalAssignmentRow;

        var evidence = OfOrganizations.Count(organization.Contains);
        var isNamed = names.Any(n => n.StartsWith("connectedorganization", StringComparison.Ordinal));
        return organization.Contains("displayName") && !names.Contains("userprincipalname")
            && (evidence >= 2 || (isNamed && evidence >= 1) || organization.Contains("internalSponsors")
                || organization.Contains("externalSponsors"))
            ? RecordShape.PortalConnectedOrganizationRow
            : RecordShape.Unknown;
    }

    /// <summary>The name under which a column is read; null when it is not understood.</summary>
    public static string? Canonical(RecordShape shape, string header) =>
        (shape == RecordShape.PortalAssignmentRow ? Assignment : Organization).GetValueOrDefault(PortalColumns.Normalize(header));

    private static Dictionary<string, string> Build(params (string Canonical, string Aliases)[] columns)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (canonical, _) in columns) known[PortalColumns.Normalize(canonical)] = canonical;
        foreach (var (canonical, aliases) in columns)
        {
            foreach (var alias in aliases.Split(' ')) known.TryAdd(alias, canonical);
        }

        return known;
    }
}
