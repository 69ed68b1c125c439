namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// What files give away of the order of their dates. The sources are named in the rows: FORMATS, CLDR (as .NET's cultures have it), RFCs.
/// </summary>
internal static class DateOrderCases
{
    public const string Spanish = "Fecha (UTC),CorrelationId,Servicio,Categoría,Actividad,Resultado";
    public const string German = "Datum (UTC),CorrelationId,Dienst,Kategorie,Aktivität,Ergebnis";

    /// <summary>Why it is decided; the header; the dates, between bars; the times meant.</summary>
    public static TheoryData<string, string, string, string> Decided => new()
    {
        { "a part above 12 (issue 11, case 04)", PortalRows.English, "02/10/2026 08:01|13/10/2026 08:02|05/11/2026 09:03|30/09/2026 10:00",
            "2026-10-02T08:01|2026-10-13T08:02|2026-11-05T09:03|2026-09-30T10:00" },
        { "a part above 12, month first", PortalRows.English, "10/02/2026 08:01|10/13/2026 08:02", "2026-10-02T08:01|2026-10-13T08:02" },
        { "a part above 12 against AM and PM: en-AU", PortalRows.English, "2/10/2026 8:01:05 AM|13/10/2026 8:02:06 PM",
            "2026-10-02T08:01:05|2026-10-13T20:02:06" },
        { "AM and PM (FORMATS §0.4, unified log)", PortalRows.English, "5/8/2021 9:13:33 PM|5/9/2021 12:00:01 AM",
            "2021-05-08T21:13:33|2021-05-09T00:00:01" },
        { "AM and PM with a comma (Log Analytics portal)", PortalRows.English, "10/2/2026, 8:01:05.123 AM", "2026-10-02T08:01:05.123" },
        { "a zero before the second number alone: en-AU, en-NZ (CLDR)", PortalRows.English, "2/05/2026 20:01", "2026-05-02T20:01" },
        { "Spanish headers", Spanish, "02/10/2026 08:01", "2026-10-02T08:01" },
        { "Spanish headers, one-digit parts", Spanish, "2/10/2026 8:01:05", "2026-10-02T08:01:05" },
        { "Spanish a. m.", PortalRows.English, "2/10/2026 8:01:05 a. m.|2/10/2026 8:01:06 p. m.",
            "2026-10-02T08:01:05|2026-10-02T20:01:06" },
        { "German headers, dots", German, "02.10.2026 08:01:05", "2026-10-02T08:01:05" },
        { "dots: no country writes the month first with them (CLDR)", PortalRows.English, "05.11.2026 08:01:05", "2026-11-05T08:01:05" },
        { "dots and a part above 12", PortalRows.English, "13.10.2026 08:01:05|05.11.2026 08:01", "2026-10-13T08:01:05|2026-11-05T08:01" },
        { "dots in the time too: da, fi", German, "2.10.2026 8.01.05", "2026-10-02T08:01:05" },
        { "dashes and a part above 12: nl, en-IN", PortalRows.English, "02-10-2026 08:01|13-10-2026 08:02",
            "2026-10-02T08:01|2026-10-13T08:02" },
        { "an offset is taken off", PortalRows.English, "13/10/2026 08:01:05 +02:00|02/10/2026 00:30:00 +02:00",
            "2026-10-13T06:01:05|2026-10-01T22:30:00" },
        { "ISO rows among others", PortalRows.English, "2026-10-01T07:00:00Z|02/10/2026 08:01|13/10/2026 08:02",
            "2026-10-01T07:00|2026-10-02T08:01|2026-10-13T08:02" },
        { "in order under one reading only, ascending", PortalRows.English,
            "11/09/2026 08:00|12/09/2026 08:00|12/09/2026 09:00|01/10/2026 08:00|02/10/2026 08:00",
            "2026-09-11T08:00|2026-09-12T08:00|2026-09-12T09:00|2026-10-01T08:00|2026-10-02T08:00" },
        { "in order under one reading only, descending", PortalRows.English,
            "10/02/2026 08:00|10/01/2026 08:00|09/12/2026 09:00|09/12/2026 08:00|09/11/2026 08:00",
            "2026-10-02T08:00|2026-10-01T08:00|2026-09-12T09:00|2026-09-12T08:00|2026-09-11T08:00" },
        { "three rows in order that lie close together", PortalRows.English, "12/09/2026 08:00|01/10/2026 08:00|02/10/2026 08:00",
            "2026-09-12T08:00|2026-10-01T08:00|2026-10-02T08:00" },
        { "two digits of a year", PortalRows.English, "13/10/26 08:01|02/10/26 08:02", "2026-10-13T08:01|2026-10-02T08:02" },
        { "two digits of a year, month first", PortalRows.English, "10/13/26 8:01|10/2/26 8:02", "2026-10-13T08:01|2026-10-02T08:02" },
        { "two digits of a year in front", PortalRows.English, "26-10-02 08:01|26-10-13 08:02", "2026-10-02T08:01|2026-10-13T08:02" },
        { "the year in front is no question: ja, zh, hu, ko", PortalRows.English, "2026/10/2 8:01:05|2026. 10. 03. 8:01|2026/11/04",
            "2026-10-02T08:01:05|2026-10-03T08:01|2026-11-04T00:00" },
        { "two digits that could be a year in front, between slashes: no country writes them so (CLDR)", PortalRows.English,
            "16/10/20 08:01|17/10/20 08:02", "2020-10-16T08:01|2020-10-17T08:02" },
        { "two digits that can only be a year in front, between slashes", PortalRows.English, "40/12/31 08:01", "2040-12-31T08:01" },
        { "dots, twice", PortalRows.English, "05.11.2026 08:01|06.12.2026 08:01", "2026-11-05T08:01|2026-12-06T08:01" },
        { "a zero before the second number alone, twice", PortalRows.English, "2/05/2026 20:01|3/06/2026 20:01",
            "2026-05-02T20:01|2026-06-03T20:01" },
        { "dots and a zero before the second number alone", PortalRows.English, "2.05.2026 20:01", "2026-05-02T20:01" },
        { "a zero before the second number alone and Spanish a. m.", PortalRows.English, "2/05/2026 8:01:05 a. m.", "2026-05-02T08:01:05" },
        { "dots and in order under that reading only", PortalRows.English,
            "11.09.2026 08:00|12.09.2026 08:00|01.10.2026 08:00|02.10.2026 08:00",
            "2026-09-11T08:00|2026-09-12T08:00|2026-10-01T08:00|2026-10-02T08:00" },
        { "AM and PM and in order under that reading only", PortalRows.English,
            "9/11/2026 8:00:00 AM|9/12/2026 8:00:00 AM|10/1/2026 8:00:00 AM|10/2/2026 8:00:00 AM",
            "2026-09-11T08:00|2026-09-12T08:00|2026-10-01T08:00|2026-10-02T08:00" },
        { "in order with an ISO row between", PortalRows.English, "03/09/2026 08:00|2026-09-05T08:00:00Z|07/09/2026 08:00",
            "2026-09-03T08:00|2026-09-05T08:00|2026-09-07T08:00" },
        { "in order with a month in words between", PortalRows.English, "03/09/2026 08:00|5 September 2026 08:00|07/09/2026 08:00",
            "2026-09-03T08:00|2026-09-05T08:00|2026-09-07T08:00" },
        { "in order with a year in front between", PortalRows.English, "03/09/2026 08:00|2026/9/5 8:00|07/09/2026 08:00",
            "2026-09-03T08:00|2026-09-05T08:00|2026-09-07T08:00" },
        { "Spanish headers, dashes, and which number the year is", Spanish, "26-10-16 08:01", "2016-10-26T08:01" },
        { "day and month alike", PortalRows.English, "10/10/2026 08:01", "2026-10-10T08:01" },
        { "months in words: RFC 1123, en-GB, en-US", PortalRows.English,
            "Fri, 02 Oct 2026 08:01:05 GMT|2 October 2026 08:01|Oct 3, 2026, 8:01:05 PM|04-Oct-2026",
            "2026-10-02T08:01:05|2026-10-02T08:01|2026-10-03T20:01:05|2026-10-04T00:00" },
    };

    /// <summary>Why nothing decides; the header; the dates.</summary>
    public static TheoryData<string, string, string> Open => new()
    {
        { "one row", PortalRows.English, "02/10/2026 08:01" },
        { "one row, no seconds, dashes", PortalRows.English, "02-10-2026 08:01" },
        { "one row with an offset", PortalRows.English, "02/10/2026 08:01:05 +00:00" },
        { "lower-case am: en-AU, en-IN and some tools of the United States", PortalRows.English, "2/10/2026 8:01:05 am" },
        { "in order under both readings", PortalRows.English,
            "01/10/2026 08:00|02/10/2026 08:00|03/10/2026 08:00|04/10/2026 08:00|05/10/2026 08:00" },
        { "in order under neither", PortalRows.English,
            "05/10/2026 08:00|02/09/2026 08:00|03/10/2026 08:00|01/11/2026 08:00|04/09/2026 08:00" },
        { "in order by chance: three rows", PortalRows.English, "10/02/2026 08:00|05/06/2026 08:00|08/11/2026 08:00" },
        { "AM and PM against the rows' order", PortalRows.English,
            "11/9/2026 8:00:00 AM|12/9/2026 8:00:00 AM|1/10/2026 8:00:00 AM|2/10/2026 8:00:00 AM|3/10/2026 8:00:00 AM" },
        { "AM and PM against a zero before the second number alone: en-AU", PortalRows.English, "2/05/2026 8:01:05 AM" },
        { "AM and PM against the headers", Spanish, "2/10/2026 8:01:05 AM" },
        { "two digits of a year", PortalRows.English, "02/10/26 08:01" },
        { "two digits, dashes, twice: which is the year?", PortalRows.English, "26-10-16 08:01|26-11-17 08:01" },
        { "two digits, dashes: which is the year?", PortalRows.English, "26-10-16 08:01" },
    };
}
