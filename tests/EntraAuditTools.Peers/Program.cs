using System.Globalization;
using EntraAuditTools.Peers;

// dotnet run -c Release --project tests/EntraAuditTools.Peers -- [--records 300000] [--rounds 5] [--file FILE]
// dotnet run -c Release --project tests/EntraAuditTools.Peers -- rows PATH-OF-entra-audit.dll MIRROR
// Processes that this starts of itself: duckdb SCRIPT FILE DATABASE; measure COMMAND…
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["duckdb", var script, var file, var database]:
        return DuckDbImport.Run(script, file, database);
    case ["rows", var program, var mirror]:
        return RowRoundTrip.Run(program, mirror);
    case ["measure", .. var command] when command.Length > 0:
        return Measure.Here(command);
}

var (records, rounds, given) = (300_000, 5, (string?)null);
for (var i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--records":
            records = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--rounds":
            rounds = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--file":
            given = args[i + 1];
            break;
    }
}

return Race.Run(records, rounds, given);
