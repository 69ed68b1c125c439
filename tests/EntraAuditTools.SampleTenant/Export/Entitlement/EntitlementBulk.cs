using System.Globalization;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>How large a <see cref="EntitlementBulk"/> is.</summary>
/// <param name="Users">Users; one in ten a guest.</param>
/// <param name="Packages">Packages, and as many groups; every twentieth has a catalog of its own.</param>
/// <param name="Assignments">Assignments; seven in ten hold.</param>
public sealed record EntitlementBulkOptions(int Users = 200_000, int Packages = 2_000, int Assignments = 1_000_000)
{
    public int Seed { get; init; } = 20261031;

    /// <summary>When it is exported (UTC).</summary>
    public DateTimeOffset At { get; init; } = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads users=N,packages=N,assignments=N; what is not named keeps its default.</summary>
    /// <exception cref="FormatException">A part is something else.</exception>
    public static EntitlementBulkOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var options = new EntitlementBulkOptions();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=');
            if (pair.Length != 2 || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw new FormatException($"'{part}' is not users=N, packages=N or assignments=N.");
            options = pair[0] switch
            {
                "users" => options with { Users = number },
                "packages" => options with { Packages = number },
                "assignments" => options with { Assignments = number },
                _ => throw new FormatException($"'{part}' is not users=N, packages=N or assignments=N."),
            };
        }

        return options;
    }
}

/// <summary>
/// A tenant's entitlement management of any size, for benchmarks: Graph v1.0 pages written in constant memory. Everything follows from
/// its number, so that a benchmark can ask for what it knows to be there.
/// </summary>
public sealed class EntitlementBulk(EntitlementBulkOptions options)
{
    private const int Organizations = 50;
    private const int Large = 5;
    private readonly long at = options.At.UtcTicks;

    /// <summary>Members of each of the groups that have a file of their own.</summary>
    public int LargeGroupSize => Math.Min(options.Users, 5_000);

    public int Catalogs => Math.Max(1, options.Packages / 20);

    public string UserId(int number) => Id(1, number);

    public static bool IsGuest(int number) => number % 10 == 9;

    public static string UserPrincipalName(int number) => IsGuest(number)
        ? string.Create(CultureInfo.InvariantCulture, $"user{number}_partner{number / 10 % Organizations}.example#EXT#@bulk.example")
        : string.Create(CultureInfo.InvariantCulture, $"user{number}@bulk.example");

    public string PackageId(int number) => Id(2, number);

    public static string PackageName(int number) => string.Create(CultureInfo.InvariantCulture, $"Package {number:00000}");

    public string GroupId(int number) => Id(3, number);

    public string PolicyId(int package, int policy) => Id(4 + policy, package);

    public string AssignmentId(int number) => Id(8, number);

    /// <summary>
    /// Which user and package an assignment is of; no two are alike as long as there are fewer than users times packages.
    /// </summary>
    public (int User, int Package) Assignment(int number)
    {
        int user = number % options.Users;
        return (user, (int)((user * 31L + number / options.Users) % options.Packages));
    }

    /// <summary>Whether an assignment holds; else it expired.</summary>
    public static bool Holds(int number) => number % 10 < 7;

    /// <summary>When an assignment began and is to end (UTC); one in twenty never ends.</summary>
    public (DateTimeOffset Start, DateTimeOffset? End) Term(int number)
    {
        var random = new SampleRandom(SampleRandom.Mix((ulong)options.Seed, (ulong)number + (9UL << 40)));
        bool holds = Holds(number);
        long start = at - random.Between(holds ? 1 : 120, holds ? 300 : 900) * TimeSpan.TicksPerDay + random
            .Below(TimeSpan.TicksPerDay / 2);
        long? end = !holds ? at - random.Between(1, 119) * TimeSpan.TicksPerDay : number % 20 == 3 ? null
            : at + random.Between(1, 365) * TimeSpan.TicksPerDay - random.Below(TimeSpan.TicksPerDay / 2);
        return (new DateTimeOffset(start - start % TimeSpan.TicksPerSecond, TimeSpan.Zero), end is null ? null
            : new DateTimeOffset(end.Value - end.Value % TimeSpan.TicksPerSecond, TimeSpan.Zero));
    }

    /// <summary>
    /// Writes users.json, groups.json (with up to ten members each), members/&lt;group id&gt;.json for the five large groups,
    /// catalogs.json, accessPackages.json, assignmentPolicies.json, assignments.json and connectedOrganizations.json.
    /// </summary>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(Path.Combine(folder, "members"));
        string governance = EntitlementShapes.Governance;
        Page(folder, "users.json", "users(id,displayName,userPrincipalName,mail,userType)", options.Users, WriteUser);
        Page(folder, "groups.json", "groups(members())", options.Packages, WriteGroup);
        for (int group = 0; group < Math.Min(Large, options.Packages); group++)
            Page(folder, Path.Combine("members", GroupId(group) + ".json"), "directoryObjects", LargeGroupSize, WriteMember);
        Page(folder, "catalogs.json", governance + "catalogs", Catalogs, (json, number) => EntitlementJson.Catalog(json, Catalog(number)));
        Page(folder, "connectedOrganizations.json", governance + "connectedOrganizations", Organizations,
            (json, number) => EntitlementJson.Organization(json, Organization(number), at, null, sponsors: false));
        Page(folder, "accessPackages.json", governance
            + "accessPackages(catalog(id,displayName),resourceRoleScopes(role(resource()),scope()),incompatibleAccessPackages(id,displayName),incompatibleGroups(id,displayName))", options.Packages, WritePackage);
        Page(folder, "assignmentPolicies.json", governance + "assignmentPolicies(accessPackage(id,displayName))", options.Packages * 2,
            WritePolicy);
        Page(folder, "assignments.json", governance
            + "assignments(target(),accessPackage(id,displayName),assignmentPolicy(id,displayName))", options.Assignments, WriteAssignment);
    }

    private static void Page(string folder, string name, string context, int count, Action<Utf8JsonWriter, int> write)
    {
        using var stream = File.Create(Path.Combine(folder, name));
        int number = 0;
        EntitlementShapes.Page(stream, "v1.0", context, null,
            Enumerable.Repeat<Action<Utf8JsonWriter>>(json => write(json, number++), count));
    }

    private string Id(int kind, int number) =>
        new SampleRandom(SampleRandom.Mix((ulong)options.Seed, (ulong)number + ((ulong)kind << 40))).NewId();

    private void WriteUser(Utf8JsonWriter json, int number)
    {
        bool guest = IsGuest(number);
        json.WriteStartObject();
        json.WriteString("id", UserId(number));
        json.WriteString("displayName", Name(number));
        json.WriteString("userPrincipalName", UserPrincipalName(number));
        json.WriteString("mail", Mail(number));
        json.WriteString("userType", guest ? "Guest" : "Member");
        json.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter json, int number)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.user");
        json.WriteString("id", UserId(number));
        json.WriteString("displayName", Name(number));
        json.WriteString("userPrincipalName", UserPrincipalName(number));
        json.WriteEndObject();
    }

    private void WriteGroup(Utf8JsonWriter json, int number)
    {
        json.WriteStartObject();
        json.WriteString("id", GroupId(number));
        json.WriteString("displayName", GroupName(number));
        EntitlementJson.Empty(json, "groupTypes");
        json.WriteBoolean("mailEnabled", false);
        json.WriteBoolean("securityEnabled", true);
        json.WriteStartArray("members");
        // A large group shows its first twenty here.
        for (int member = 0; member < Math.Min(options.Users, number < Large ? 20 : 10); member++)
            WriteMember(json, number < Large ? member : (int)((number * 997L + member * 13L) % options.Users));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WritePackage(Utf8JsonWriter json, int number)
    {
        var package = Package(number);
        EntitlementJson.Package(json, package, () =>
        {
            WriteName(json, "catalog", package.Catalog.Id, package.Catalog.DisplayName);
            EntitlementJson.RoleScopes(json, "resourceRoleScopes", package, at);
            json.WriteStartArray("incompatibleAccessPackages");
            if (number % 50 == 1)
            {
                json.WriteStartObject();
                json.WriteString("id", PackageId(number - 1));
                json.WriteString("displayName", PackageName(number - 1));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            EntitlementJson.Empty(json, "incompatibleGroups");
        });
    }

    private void WritePolicy(Utf8JsonWriter json, int number)
    {
        var package = Package(number / 2);
        EntitlementJson.Policy(json, Policy(number / 2, number % 2), package, null, () =>
            WriteName(json, "accessPackage", package.Id, package.DisplayName));
    }

    private void WriteAssignment(Utf8JsonWriter json, int number)
    {
        var (user, package) = Assignment(number);
        var (start, end) = Term(number);
        bool holds = Holds(number);
        int policy = IsGuest(user) ? 1 : 0;
        json.WriteStartObject();
        json.WriteString("id", AssignmentId(number));
        json.WriteString("state", holds ? "delivered" : "expired");
        json.WriteString("status", holds ? "Delivered" : "ExpiredNotificationTriggered");
        json.WriteString("expiredDateTime", holds ? null : EntitlementJson.Time(end!.Value.UtcTicks));
        json.WritePropertyName("schedule");
        EntitlementJson.Schedule(json, start.UtcTicks, end?.UtcTicks);
        EntitlementJson.Empty(json, "customExtensionCalloutInstances");
        json.WriteStartObject("target");
        json.WriteString("id", Id(7, user));
        json.WriteString("objectId", UserId(user));
        json.WriteString("displayName", Name(user));
        json.WriteString("principalName", UserPrincipalName(user));
        json.WriteString("email", Mail(user));
        json.WriteNull("onPremisesSecurityIdentifier");
        json.WriteString("subjectType", "user");
        json.WriteEndObject();
        WriteName(json, "accessPackage", PackageId(package), PackageName(package));
        WriteName(json, "assignmentPolicy", PolicyId(package, policy), PolicyName(package, policy));
        json.WriteEndObject();
    }

    private AccessCatalog Catalog(int number) =>
        new(Id(10, number), string.Create(CultureInfo.InvariantCulture, $"Catalog {number:000}"), "userManaged", number % 25 != 24,
            number % 3 != 0, new DateTime(at - 900 * TimeSpan.TicksPerDay, DateTimeKind.Utc));

    private AccessPackageModel Package(int number)
    {
        var group = new DirectoryGroup(GroupId(number), GroupName(number), "", false, []);
        return new AccessPackageModel(PackageId(number), PackageName(number), $"Access of {PackageName(number)}",
            Catalog(number % Catalogs), new DateTime(at - 890 * TimeSpan.TicksPerDay, DateTimeKind.Utc))
        {
            // Every group is given by its own package, and by every fourth its neighbour's too.
            Resources = number % 4 == 3
                ? [PackageResource.Of(group), PackageResource
                    .Of(new DirectoryGroup(GroupId(number - 1), GroupName(number - 1), "", false, []))]
                : [PackageResource.Of(group),
                    PackageResource.Of(new SharePointSite(
                        string.Create(CultureInfo.InvariantCulture, $"https://bulk.sharepoint.example/sites/{number % 300}"),
                        string.Create(CultureInfo.InvariantCulture, $"Site {number % 300}")))],
            Policies = [],
        };
    }

    private PackagePolicy Policy(int package, int policy)
    {
        var (scope, targets) = (policy, package % 4) switch
        {
            (0, 0) => ("specificDirectoryUsers", (PolicyTarget[])[new(PolicyTargetKind.GroupMembers, GroupId(package),
                GroupName(package))]),
            (0, 1) => ("allDirectoryUsers", []),
            (0, _) => ("allMemberUsers", []),
            (_, 0) => ("specificConnectedOrganizationUsers",
                [new(PolicyTargetKind.ConnectedOrganizationMembers, Organization(package % Organizations).Id, "Partner")]),
            (_, 1) => ("notSpecified", []),
            (_, 2) => ("allConfiguredConnectedOrganizationUsers", []),
            _ => ("allExternalUsers", []),
        };
        return new PackagePolicy(PolicyId(package, policy), PolicyName(package, policy), scope, false, null, 180) { Targets = targets,
            AcceptsRequests = scope != "notSpecified" };
    }

    private ConnectedOrganizationModel Organization(int number)
    {
        string domain = string.Create(CultureInfo.InvariantCulture, $"partner{number}.example");
        return new ConnectedOrganizationModel(
            new PartnerOrganization(Id(11, number), Id(12, number), string.Create(CultureInfo.InvariantCulture, $"Partner {number}"),
                domain, true, number % 10 == 0 ? "proposed" : "configured"), at - 800 * TimeSpan.TicksPerDay)
        {
            Sources = [new("azureActiveDirectoryTenant", domain, Id(12, number)), new("domainIdentitySource", domain, domain)],
        };
    }

    private static string Name(int user) => string.Create(CultureInfo.InvariantCulture, $"User {user:000000}");

    private static string GroupName(int group) => string.Create(CultureInfo.InvariantCulture, $"Group {group:00000}");

    private static string PolicyName(int package, int policy) =>
        string.Create(CultureInfo.InvariantCulture, $"Policy {policy + 1} of {package:00000}");

    private static string Mail(int number) => IsGuest(number)
        ? string.Create(CultureInfo.InvariantCulture, $"user{number}@partner{number / 10 % Organizations}.example")
        : UserPrincipalName(number);

    private static void WriteName(Utf8JsonWriter json, string property, string id, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("id", id);
        json.WriteString("displayName", name);
        json.WriteEndObject();
    }
}
