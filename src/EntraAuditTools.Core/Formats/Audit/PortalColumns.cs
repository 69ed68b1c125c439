using System.Globalization;
using System.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// The columns of the portal's Audit logs CSV (header of a 2024-11 download, FORMATS §2) and the names that localised portals and
/// Graph give the same. Compared without case, accents, blanks and punctuation.
/// </summary>
internal static class PortalColumns
{
    private const int Targets = 3;
    private const int Properties = 5;
    private const int Details = 6;

    /// <summary>The columns in the portal's order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. List()];

    // Other languages and Graph's own names, as normalised texts. Spanish and Italian were seen in the wild (FORMATS §2); the others
    // are the portal's words for the same fields. What is missing here can be given with -ColumnMap.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["date"] = "Date (UTC)", ["activitydatetime"] = "Date (UTC)", ["fechautc"] = "Date (UTC)", ["datautc"] = "Date (UTC)",
        ["datumutc"] = "Date (UTC)", ["fecha"] = "Date (UTC)", ["dataeorautc"] = "Date (UTC)", ["datumtijdutc"] = "Date (UTC)",
        ["iddecorrelacion"] = "CorrelationId", ["iddecorrelation"] = "CorrelationId", ["idcorrelazione"] = "CorrelationId",
        ["korrelationsid"] = "CorrelationId",
        ["servicio"] = "Service", ["servizio"] = "Service", ["dienst"] = "Service", ["servico"] = "Service",
            ["loggedbyservice"] = "Service",
        ["categoria"] = "Category", ["kategorie"] = "Category", ["categorie"] = "Category",
        ["actividad"] = "Activity", ["attivita"] = "Activity", ["activite"] = "Activity", ["aktivitat"] = "Activity",
        ["atividade"] = "Activity", ["activiteit"] = "Activity",
        ["activitydisplayname"] = "Activity",
        ["resultado"] = "Result", ["risultato"] = "Result", ["resultat"] = "Result", ["ergebnis"] = "Result", ["resultaat"] = "Result",
        ["motivodelresultado"] = "ResultReason", ["razondelresultado"] = "ResultReason", ["motivodelrisultato"] = "ResultReason",
        ["ergebnisgrund"] = "ResultReason",
        ["agentedeusuario"] = "User Agent", ["agenteutente"] = "User Agent", ["agentutilisateur"] = "User Agent",
            ["benutzeragent"] = "User Agent",
        ["direccionip"] = "IPAddress", ["indirizzoip"] = "IPAddress", ["adresseip"] = "IPAddress", ["ipadresse"] = "IPAddress",
    };

    // "Objetivo1NombrePrincipalDeUsuario" is Target1UserPrincipalName: prefix, number and rest are translated apart.
    private static readonly (string Theirs, string Ours)[] Prefixes =
    [
        ("objetivo", "Target"), ("destino", "Target"), ("destinazione", "Target"), ("ziel", "Target"), ("cible", "Target"),
            ("target", "Target"),
        ("detalleadicional", "AdditionalDetail"), ("dettaglioaggiuntivo", "AdditionalDetail"), ("additionaldetail", "AdditionalDetail"),
        ("zusatzlichesdetail", "AdditionalDetail"),
    ];

    private static readonly Dictionary<string, string> TargetRests = new(StringComparer.Ordinal)
    {
        ["tipo"] = "Type", ["typ"] = "Type", ["nombreparamostrar"] = "DisplayName", ["nombredepantalla"] = "DisplayName",
            ["nomevisualizzato"] = "DisplayName", ["anzeigename"] = "DisplayName",
        ["iddeobjeto"] = "ObjectId", ["idobjeto"] = "ObjectId", ["idoggetto"] = "ObjectId", ["objektid"] = "ObjectId", ["id"] = "ObjectId",
        ["nombreprincipaldeusuario"] = "UserPrincipalName", ["nomeentitautente"] = "UserPrincipalName",
            ["benutzerprinzipalname"] = "UserPrincipalName",
        ["clave"] = "Key", ["chiave"] = "Key", ["schlussel"] = "Key", ["valor"] = "Value", ["valore"] = "Value", ["wert"] = "Value",
    };

    private static readonly Dictionary<string, string> Known = Build();

    /// <summary>The portal's column for a header; null when it is not understood.</summary>
    public static string? Canonical(string header)
    {
        var name = Normalize(header);
        if (Known.TryGetValue(name, out var known) || Aliases.TryGetValue(name, out known)) return known;
        foreach (var (theirs, ours) in Prefixes)
        {
            if (!name.StartsWith(theirs, StringComparison.Ordinal) || name.Length <= theirs.Length
                || !char.IsAsciiDigit(name[theirs.Length])) continue;
            var rest = name[(theirs.Length + 1)..];
            var translated = TargetRests.GetValueOrDefault(rest, rest);
            if (Known.TryGetValue(Normalize(ours + name[theirs.Length] + translated), out known)) return known;
        }

        return null;
    }

    /// <summary>A header without case, accents, blanks, punctuation and byte-order mark.</summary>
    public static string Normalize(string header)
    {
        var result = new StringBuilder(header.Length);
        // .NET refuses to decompose the noncharacter U+FFFE.
        foreach (var c in header.Replace('\ufffe', '\ufffd').Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || !char.IsLetterOrDigit(c)) continue;
            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString();
    }

    private static Dictionary<string, string> Build()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in All) known[Normalize(column)] = column;
        // The older generation holds all of a kind in one column, as JSON; the Graph PowerShell SDK's objects as CSV carry Id and
        // OperationType.
        foreach (var column in new[] { "ModifiedProperties", "AdditionalDetails", "TargetResources", "InitiatedBy", "Id", "OperationType",
            "TenantId" }) known[Normalize(column)] = column;
        for (var t = 1; t <= Targets; t++) known[Normalize($"Target{t}ModifiedProperties")] = $"Target{t}ModifiedProperties";
        return known;
    }

    private static IEnumerable<string> List()
    {
        foreach (var column in new[]
        {
            "Date (UTC)", "CorrelationId", "Service", "Category", "Activity", "Result", "ResultReason", "User Agent", "ActorType",
                "ActorDisplayName",
            "ActorObjectId", "ActorUserPrincipalName", "IPAddress", "ActorHomeTenantId", "ActorHomeTenantName", "ActorServicePrincipalId",
            "ActorServicePrincipalName",
        })
        {
            yield return column;
        }

        for (var t = 1; t <= Targets; t++)
        {
            yield return $"Target{t}Type";
            yield return $"Target{t}DisplayName";
            yield return $"Target{t}ObjectId";
            yield return $"Target{t}UserPrincipalName";
            for (var p = 1; p <= Properties; p++)
            {
                yield return $"Target{t}ModifiedProperty{p}Name";
                yield return $"Target{t}ModifiedProperty{p}OldValue";
                yield return $"Target{t}ModifiedProperty{p}NewValue";
            }
        }

        for (var d = 1; d <= Details; d++)
        {
            yield return $"AdditionalDetail{d}Key";
            yield return $"AdditionalDetail{d}Value";
        }
    }
}
