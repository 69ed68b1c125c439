using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// Reads <c>accessPackageSubject</c>: a user or other principal that has or asks for access. <c>objectId</c> is the directory's, <c>id</c>
/// entitlement management's own; beta's <c>targetId</c> of assignments is the latter (microsoft-graph-docs-contrib, beta
/// accesspackageassignment and accesspackagesubject: the same id in both).
/// </summary>
internal static class SubjectReader
{
    /// <summary>Prefix of the id of a subject that is not in the directory (yet), before entitlement management's own.</summary>
    public const string OutsidePrefix = "subject:";

    /// <summary>Adds a subject to an assignment, request or resource assignment: link, own id, and the observation of it.</summary>
    /// <param name="entity">Whose subject it is.</param>
    /// <param name="subject">The expanded object; one that does not exist when there is none.</param>
    /// <param name="subjectId">Beta's <c>targetId</c>; null when not given.</param>
    public static void Add(EntityObservation entity, in RecordNode subject, string? subjectId)
    {
        entity.AddLink(FactNames.Subject, EntityKind.User, Id(subject));
        entity.AddKnown(FactNames.SubjectId, subject.Id(P.Id) ?? subjectId);
        if (subject.Exists) entity.AddNested(Read(subject));
    }

    /// <summary>
    /// Id of a subject as a user: the directory's, or under <see cref="OutsidePrefix"/> where the export says that it has none (an object
    /// id of null). Null when that is not given.
    /// </summary>
    public static string? Id(in RecordNode subject) =>
        subject.Id(P.ObjectId) ?? (subject.Has(P.ObjectId) && !subject.HasValue(P.ObjectId) && subject.Id(P.Id) is { } subjectId
            ? OutsidePrefix + subjectId : null);

    /// <summary>A subject as a user by its object id, or under <see cref="OutsidePrefix"/>; null when it has neither id.</summary>
    public static EntityObservation? Read(in RecordNode node)
    {
        var subjectId = node.Id(P.Id);
        var id = node.Id(P.ObjectId) ?? (subjectId == null ? null : OutsidePrefix + subjectId);
        if (id == null) return null;
        var user = new EntityObservation(EntityKind.User, id)
            .AddKnown(FactNames.Name, node.Text(P.DisplayName))
            .AddKnown(FactNames.UserPrincipalName, node.Text(P.PrincipalName))
            .AddKnown(FactNames.Mail, node.Text(P.Email))
            .AddKnown(FactNames.SubjectId, subjectId)
            .AddKnown(FactNames.Lifecycle, EntitlementWords.Lifecycles.Known(node.Text(P.SubjectLifecycle)));
        var type = node.Text(P.SubjectType, P.Type);
        if (type != null && Utf8.Is(type, "servicePrincipal")) user.Add(FactNames.UserType, "ServicePrincipal");
        var organization = user.Child(node, P.ConnectedOrganization);
        user.AddLink(FactNames.ConnectedOrganization, EntityKind.ConnectedOrganization,
            organization.Id(P.Id) ?? node.Id(P.ConnectedOrganizationId));
        if (organization.Exists) user.AddNested(ConnectedOrganizationReader.Read(organization));
        return user;
    }
}
