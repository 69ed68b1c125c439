using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>Who did it, in a record of the unified log: from <c>Actor</c>, <c>UserType</c>, <c>UserId</c> and <c>UserKey</c>.</summary>
internal static class UnifiedActor
{
    private enum Class
    {
        Unknown,
        User,
        System,
        Application,
    }

    /// <summary>Reads the actor; what is not known is null.</summary>
    /// <param name="list"><c>Actor</c>.</param>
    /// <param name="userType"><c>UserType</c> as a number or a word.</param>
    /// <param name="userId"><c>UserId</c>.</param>
    /// <param name="userKey"><c>UserKey</c>.</param>
    /// <param name="isUser">Whether it is a user; else an application or the service itself.</param>
    public static UnifiedParty Read(JsonElement list, string? userType, string? userId, string? userKey, out bool isUser)
    {
        var kind = ClassOf(userType);
        var parties = UnifiedParty.Read(list);
        // There can be several when one acts for the other: UserType says which of them is meant.
        var actor = (kind is Class.System or Class.Application ? parties.Find(party => party.IsApplication)
            : parties.Find(party => party.IsUser)) ?? parties[0];
        var (id, key) = (UnifiedEntry.Of(userId, null), UnifiedEntry.Of(userKey, null));
        Identify(actor, kind, id);
        Identify(actor, kind, key);
        isUser = actor.IsApplication || kind == Class.System ? false
            : actor.IsUser || kind == Class.User
            || (kind == Class.Unknown
                && (actor.UserPrincipalName ?? (id.Kind == UnifiedEntryKind.UserPrincipalName ? id.Text : null)) != null);
        Name(actor, isUser, id, userId);
        return actor;
    }

    /// <summary>
    /// UserType (AuditLogRecord's UserType: Office 365 Management Activity API schema); numbers 7 and 8 are policies and no actor.
    /// </summary>
    private static Class ClassOf(string? userType) => userType?.Trim().ToUpperInvariant() switch
    {
        "0" or "REGULAR" or "2" or "ADMIN" or "3" or "DCADMIN" or "9" or "PARTNERTECHNICIAN" or "10" or "GUEST" => Class.User,
        "4" or "SYSTEM" or "7" or "CUSTOMPOLICY" or "8" or "SYSTEMPOLICY" => Class.System,
        "5" or "APPLICATION" or "6" or "SERVICEPRINCIPAL" => Class.Application,
        _ => Class.Unknown,
    };

    /// <summary>What UserId and UserKey say of an actor without an object id.</summary>
    private static void Identify(UnifiedParty actor, Class kind, UnifiedEntry entry)
    {
        if (actor.Id != null) return;
        switch (entry.Kind)
        {
            case UnifiedEntryKind.Object:
                actor.Kind ??= entry.Prefix;
                actor.Id = entry.Text;
                break;
            // A bare id is the object's id if it is in both places, and always for a user: an application's could be its application id.
            case UnifiedEntryKind.BareId when actor.AppId == entry.Text || (!actor.IsApplication && (actor.IsUser || kind == Class.User)):
                actor.Id = entry.Text;
                break;
            case UnifiedEntryKind.BareId when actor.IsApplication || kind == Class.Application:
                actor.AppId ??= entry.Text;
                break;
        }

        if (actor.Id != null && actor.AppId == actor.Id) actor.AppId = null;
    }

    private static void Name(UnifiedParty actor, bool isUser, UnifiedEntry id, string? userId)
    {
        if (isUser)
        {
            if (id.Kind == UnifiedEntryKind.UserPrincipalName && !UnifiedEntry.IsPuid(id.Text)) actor.UserPrincipalName ??= id.Text;
            else if (id.Kind == UnifiedEntryKind.Name) actor.Name ??= id.Text;
            return;
        }

        // Services act under names that look like UPNs ("fim_password_service@support.onmicrosoft.com").
        actor.Name ??= actor.UserPrincipalName
            ?? (id.Kind is UnifiedEntryKind.UserPrincipalName or UnifiedEntryKind.Name && !UnifiedEntry.IsPuid(id.Text)
                ? userId!.Trim() : null);
        actor.UserPrincipalName = null;
    }
}
