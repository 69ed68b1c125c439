using EntraAuditTools.Core.Catalog;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>What is the same in every tenant, says nothing about one, and is needed to understand a log.</summary>
internal static class WellKnown
{
    /// <summary>Templates of built-in roles (https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference).</summary>
    private static readonly HashSet<Guid> Roles =
    [
        new("62e90394-69f5-4237-9190-012177145e10"), // Global Administrator
        new("f2ef992c-3afb-46b9-b7cf-a126ee74c451"), // Global Reader
        new("e8611ab8-c189-46e8-94e1-60213ab1f814"), // Privileged Role Administrator
        new("fe930be7-5e62-47db-91af-98c3a49a38b1"), // User Administrator
        new("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"), // Application Administrator
        new("158c047a-c907-4556-b7ef-446551a6b5f7"), // Cloud Application Administrator
        new("194ae4cb-b126-40b2-bd5b-6091b380977d"), // Security Administrator
        new("5d6b6bb7-de71-4623-b4af-96380a352509"), // Security Reader
        new("29232cdf-9323-42fd-ade2-1d097af3e4de"), // Exchange Administrator
        new("f28a1f50-f6e7-4571-818b-6a12f2af6b6c"), // SharePoint Administrator
        new("729827e3-9c14-49f7-bb1b-9608f156bbb8"), // Helpdesk Administrator
        new("fdd7a751-b60b-444a-984c-02652fe8fa1c"), // Groups Administrator
        new("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"), // Conditional Access Administrator
        new("c4e39bd9-1100-46d3-8c65-fb160da0071f"), // Authentication Administrator
        new("7be44c8a-adaf-4e2a-84d6-ab2649e08a13"), // Privileged Authentication Administrator
        new("45d8d3c5-c802-45c6-b32a-1d70b5e1e86e"), // Identity Governance Administrator
        new("8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"), // Hybrid Identity Administrator
        new("88d8e3e3-8f55-4a1e-953a-9b9898b8876b"), // Directory Readers
        new("9360feb5-f418-4baa-8175-e2a00bac4301"), // Directory Writers
    ];

    private static readonly string[] Names =
    [
        "Global Administrator", "Global Reader", "Privileged Role Administrator", "User Administrator", "Application Administrator",
        "Cloud Application Administrator", "Security Administrator", "Security Reader", "Exchange Administrator", "SharePoint Administrator",
        "Helpdesk Administrator", "Groups Administrator", "Conditional Access Administrator", "Authentication Administrator",
        "Privileged Authentication Administrator", "Identity Governance Administrator", "Hybrid Identity Administrator", "Directory Readers",
        "Directory Writers", "Guest Inviter", "License Administrator", "Billing Administrator", "Teams Administrator", "Intune Administrator",
        // Roles and scopes of resources
        "Member", "Owner", "Default Access", "Root", "Visitors", "Members", "Owners", "Group", "User", "Site",
        // Systems and services
        "Azure AD", "Azure Active Directory", "Microsoft Entra ID", "Microsoft Graph", "Azure AD Provisioning Service",
        "Microsoft Entra Provisioning Service", "Microsoft.Azure.SyncFabric", "Azure AD Identity Governance - Entitlement Management",
        "Azure AD Identity Governance", "Azure AD Identity Governance - Directory Management", "Microsoft Entra ID Governance",
        "Active Directory", "AadApplication", "AadGroup", "SharePointOnline", "Unknown", "System", "None", "N/A", "All",
    ];

    private static readonly HashSet<string> Words = new(
        Names.Concat(ActivityCatalog.Instance.Activities.SelectMany(known => new[] { known.Service, known.Category, known.Activity })),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Single words of those: a person who is called so is no reason to change them.</summary>
    private static readonly HashSet<string> Vocabulary = new(
        Words.SelectMany(word => word.Split([' ', '-', '(', ')', '.', ',', '/', '_'], StringSplitOptions.RemoveEmptyEntries)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an id is of Microsoft's applications and roles, or none.</summary>
    public static bool Has(Guid id) => id == Guid.Empty || Roles.Contains(id) || id.ToString().EndsWith("-0000-c000-000000000000", StringComparison.Ordinal);

    /// <summary>Whether a text is the name of something that every tenant has.</summary>
    public static bool Has(string text) => Words.Contains(text.Trim());

    /// <summary>Whether a word occurs in such names.</summary>
    public static bool IsWord(string word) => Vocabulary.Contains(word);
}
