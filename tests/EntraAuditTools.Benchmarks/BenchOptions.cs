using System.Globalization;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks;

/// <summary>What to measure.</summary>
/// <param name="Records">Audit records to generate; 0 leaves them out.</param>
/// <param name="Provisioning">Provisioning log entries to generate; 0 leaves them out.</param>
/// <param name="Requests">Audit records to generate for the questions on requests for access packages; 0 leaves them out.</param>
/// <param name="Entitlement">Users, packages and assignments to generate; null leaves them out.</param>
/// <param name="Repeat">How often each import is run; the median counts.</param>
/// <param name="Keep">Leave the generated files and databases where they are.</param>
internal sealed record BenchOptions(int Records, int Provisioning, int Requests, EntitlementBulkOptions? Entitlement, int Repeat, bool Keep)
{
    public const string Usage =
        "Options: --records N (300000), --provisioning N (1000000), --requests N (300000), --entitlement ASSIGNMENTS or "
        + "users=N,packages=N,assignments=N (off), --repeat N (3), --keep";

    /// <summary>Null when the arguments make no sense.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var options = new BenchOptions(300_000, 1_000_000, 300_000, null, 3, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--keep":
                    options = options with { Keep = true };
                    break;
                case "--records" when Number(args, ++i) is var records && records is 0 or >= 1000:
                    options = options with { Records = records };
                    break;
                case "--provisioning" when Number(args, ++i) is >= 0 and var entries:
                    options = options with { Provisioning = entries };
                    break;
                case "--requests" when Number(args, ++i) is (0 or >= 1000) and var requests:
                    options = options with { Requests = requests };
                    break;
                case "--entitlement" when ++i < args.Length && EntitlementBench.Size(args[i]) is { } size:
                    options = options with { Entitlement = size };
                    break;
                case "--repeat" when Number(args, ++i) is >= 1 and var repeat:
                    options = options with { Repeat = repeat };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static int Number(string[] args, int index) =>
        index < args.Length && int.TryParse(args[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
