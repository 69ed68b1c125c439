namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>
/// Who of the sample tenant's people can request which package, on the day of each export: Y yes, N no, ? unknown, . the package is gone.
/// Every package was made for a rule of the documentation, which its row names; the rules one by one are in <see cref="RequestCases"/>.
/// </summary>
internal static class SampleAnswers
{
    /// <summary>The people, in the order of the answers: twelve members, then six guests.</summary>
    public static readonly string[] People =
    [
        "Ingrid Solberg", "Noor Aldana", "Diego Fuentes", "Marek Dvorak", "Olive Marsh", "Pia Lund", "Ravi Menon", "Suri Tan",
        "Theo Brandvold", "Uli Kraft", "Asta Grönlund", "Bram Koster", "Petra Kolb", "Jae Min",
        "Rania Saleh", "Lio Ferro", "Mei Sato", "Hale Winters",
    ];

    /// <summary>
    /// The package; the rule (documents of id-governance/entitlement-management-…); the answers at the end, 25 and 45 days before.
    /// </summary>
    public static readonly (string Package, string Source, string AtEnd, string Before25, string Before45)[] Rows =
    [
        ("Engineering workbench",
            "access-package-request-policy, \"Specific users and groups\": members of a group, and of one within it; one by name",
            "NYNYNNNNYNNNNNNNNN", "NYNYNNYNYNNNNNNNNN", "NYNYNNYNYNNNNNNNNN"),
        ("Source code reader", "access-package-request-policy, \"All members (excluding guests)\"; process: nobody who has it",
            "NYNYYYNYNYYYNNNNNN", "NYNYYYNYYYYYNNNNNN", "NYNYYYNYNYYYNNNNNN"),
        ("Release signing", "access-package-incompatible: who has Release approval; request-access: who has asked already",
            "YYNNYYYYNYYYNNNNNN", "NYNNYYYYYYYYNNNNNN", "NYNNYYYYYYYYNNNNNN"),
        ("Release approval", "access-package-incompatible: who has Release signing; a catalog that is not for external users",
            "YYNNYYYYYYYYNNNNNN", "NYNNYYYYYYYYNNNNNN", "NYNNYYYYYYYYNNNNNN"),
        ("Payments release", "access-package-incompatible: members of the group Interns",
            "YYNYYNYYYYYYNNNNNN", "YYNYYNYYYYYYNNNNNN", "YYNYYNYYYYYYNNNNNN"),
        ("Release audit", "access-package-incompatible: one way; of a group whose list of members is cut nobody knows who is none",
            "??NN????????NNNNNN", "??NN????????NNNNNN", "??NN????????NNNNNN"),
        ("Harbour site", "access-package-request-policy, \"All users (including guests)\"",
            "NYYYNYYYYYYYYYYYYY", "NYYYNYYYYYYYYYYYYY", "NYYYNYYYYYYYYYYYYY"),
        ("Supplier portal",
            "access-package-request-policy, \"Specific connected organizations\" and \"All configured connected organizations\"",
            "NNNNNNNNNNNNY??YNY", "NNNNNNNNNNNNY?YYNY", "NNNNNNNNNNNNY?YNNY"),
        ("Open data room", "access-package-request-policy, \"All users (All connected organizations + any new external users)\"",
            "NNYNNNNNNNNNNYNNYY", "NNYNNNNNNNNNNYNYYY", "NNYNNNNNNNNNYYNYYY"),
        ("Pipeline robots", "accessPackageAssignmentPolicy.allowedTargetScope: service principals and agents only",
            "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN"),
        ("Sales kit", "access-package-auto-assignment-policy: a rule assigns, nobody asks",
            "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN"),
        ("Hidden vault", "access-package-edit, \"Hidden\": its link leads there",
            "YYNYNYYYYYYYNNNNNN", "YYNYYYYYYYYYNNNNNN", "YYNYYYYYYYYYNNNNNN"),
        ("Draft workspace", "process, \"Who can request\": its catalog is not enabled",
            "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN"),
        ("Summer campaign", "access-package-lifecycle-policy, \"On date\": over since 33 days before the end",
            "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN", "YYNYYYYYYNYYNNNNNN"),
        ("Ledger archive", "process, \"Who can request\": for external users, in a catalog that is not for them",
            "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN"),
        ("Closed programme", "requestorSettings.acceptRequests: none since 21 days before the end",
            "NNNNNNNNNNNNNNNNNN", "YYNYYYYNYYYYNNNNNN", "YYNYYYYNYYYYNNNNNN"),
        ("Night shift", "access-package-request-policy, \"Specific users and groups\": a group whose list is cut, and one in no export",
            "????????NN????????", "????????NN????????", "????????NN????????"),
        ("Pilot berth", "access-package-request-policy, \"All users (including guests)\"; deleted 18 days before the end",
            "..................", "YYYYYYYNYYYYYYYYYY", "YYYYYYYYYYYYYYYYYY"),
        ("Empty shell", "access-package-create: without a policy nobody can ask",
            "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNN"),
    ];
}
