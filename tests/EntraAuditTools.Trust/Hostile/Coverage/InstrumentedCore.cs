using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;
using SharpFuzz.Common;

namespace EntraAuditTools.Trust.Hostile.Coverage;

/// <summary>
/// A second copy of Core in this process, in which SharpFuzz counts the branches of the parsers. AFL and libFuzzer are not needed: the counts
/// are in an array of ours.
/// </summary>
internal sealed unsafe class InstrumentedCore : AssemblyLoadContext
{
    private const int MapBytes = 64 * 1024;
    private const string Core = "EntraAuditTools.Core";

    private static readonly string[] Counted = [$"{Core}.Formats.", $"{Core}.Importing.Sources.", $"{Core}.Text."];

    private readonly string path;
    private readonly byte[] map = GC.AllocateArray<byte>(MapBytes, pinned: true);
    private readonly Func<string, byte[], string, string?> run;

    /// <param name="folder">Where the copy goes.</param>
    public InstrumentedCore(string folder)
        : base(nameof(InstrumentedCore))
    {
        path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Core}.dll");
        if (!File.Exists(path))
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, $"{Core}.dll"), path);
            if (!Fuzzer.Instrument(path, type => Array.Exists(Counted, type.StartsWith), Options.Value).Any())
                throw new InvalidOperationException("SharpFuzz found nothing to count.");
        }

        var targets = LoadFromAssemblyName(typeof(CoverageTargets).Assembly.GetName()).GetType(typeof(CoverageTargets).FullName!)!;
        run = targets.GetMethod(nameof(CoverageTargets.Run), BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<string, byte[], string, string?>>();
    }

    /// <summary>How often which branches were taken in the last run, as counts that stop at 255.</summary>
    public ReadOnlySpan<byte> Map => map;

    /// <summary>Runs a target.</summary>
    public string? Run(string target, byte[] input, string scratch)
    {
        Array.Clear(map);
        Trace.SharedMem = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref map[0]);
        Trace.PrevLocation = 0;
        return run(target, input, scratch);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        Core => LoadFromAssemblyPath(path),
        var name when name == typeof(CoverageTargets).Assembly.GetName().Name => LoadFromAssemblyPath(typeof(CoverageTargets).Assembly.Location),
        _ => null,
    };
}
