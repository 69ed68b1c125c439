using EntraAuditTools.Core.Formats.Audit;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Languages whose countries write the day first, recognised by the words of a file's headers. English decides nothing: its countries
/// differ. Nor do words that are English too ("data", "status", "type").
/// </summary>
internal static class HeaderLanguage
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        // Spanish
        "fecha", "fechautc", "fechayhora", "fechahora", "servicio", "actividad", "resultado", "agentedeusuario", "direccionip",
            "motivodelresultado", "razondelresultado",
        "usuario", "estado", "aplicacion", "inicio", "fechadeinicio", "fechadefinalizacion", "directiva", "paquetedeacceso", "categoria",
        // Italian
        "datautc", "dataeora", "dataeorautc", "servizio", "attivita", "risultato", "agenteutente", "indirizzoip", "utente", "stato",
            "applicazione", "datadiinizio", "datadifine",
        // German
        "datumutc", "datumundzeit", "datumuhrzeit", "uhrzeit", "zeitpunkt", "zeitstempel", "dienst", "kategorie", "aktivitat", "ergebnis",
            "benutzeragent", "ipadresse", "benutzer", "startdatum", "enddatum", "anwendung", "richtlinie", "zugriffspaket",
        // French
        "dateutcheure", "horodatage", "categorie", "activite", "resultat", "agentutilisateur", "adresseip", "utilisateur", "datededebut",
            "datedefin", "strategie",
        // Portuguese
        "servico", "atividade", "utilizador", "aplicativo", "datadeinicio", "datadetermino",
        // Dutch
        "datumtijdutc", "datumentijd", "activiteit", "resultaat", "gebruiker", "begindatum", "einddatum", "toepassing",
        // Polish, Czech, Danish, Norwegian, Finnish, Turkish, Russian
        "usluga", "kategoria", "dzialanie", "wynik", "uzytkownik", "sluzba", "cinnost", "vysledek", "uzivatel", "tjeneste", "aktivitet",
            "bruger", "bruker", "palvelu", "toiminto", "paivamaara", "tarih", "hizmet", "etkinlik", "kullanici",
        "дата", "датаutc", "служба", "действие", "результат", "пользователь", "категория",
    };

    /// <summary>Whether a header is a word of such a language.</summary>
    public static bool WritesDayFirst(IEnumerable<string> headers) =>
        headers.Any(header => Words.Contains(PortalColumns.Normalize(header)) || IsLocalized(header));

    /// <summary>"Objetivo1NombrePrincipalDeUsuario", "Ziel1Typ".</summary>
    private static bool IsLocalized(string header)
    {
        var name = PortalColumns.Normalize(header);
        foreach (var prefix in (ReadOnlySpan<string>)["objetivo", "destino", "destinazione", "ziel", "cible", "detalleadicional",
            "dettaglioaggiuntivo", "zusatzlichesdetail"])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && char.IsAsciiDigit(name[prefix.Length]))
                return true;
        }

        return false;
    }
}
