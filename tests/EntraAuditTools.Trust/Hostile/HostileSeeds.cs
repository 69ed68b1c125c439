using EntraAuditTools.Core.Tests.Fuzzing;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>A few records of every export of the sample tenant, and of those in the folder that ENTRAAUDIT_SAMPLES names.</summary>
internal static class HostileSeeds
{
    private static IReadOnlyList<FuzzSeed>? all;

    /// <summary>All of them, in an order that does not change.</summary>
    /// <param name="shared">A folder for the sample tenant's exports.</param>
    public static IReadOnlyList<FuzzSeed> All(string shared)
    {
        if (all != null) return all;
        var exports = Path.Combine(shared, "exports");
        if (!Directory.Exists(exports)) SampleTenantWriter.WriteAll(exports, new SampleTenantOptions());
        var samples = Environment.GetEnvironmentVariable("ENTRAAUDIT_SAMPLES");
        string[] folders = samples is { Length: > 0 } && Directory.Exists(samples) ? [exports, samples] : [exports];
        // More than any mirror needs to be small: some samples are of megabytes.
        return all = [.. folders.SelectMany(SeedFiles.In).Where(seed => seed.Bytes.Length < 256 * 1024)];
    }
}
