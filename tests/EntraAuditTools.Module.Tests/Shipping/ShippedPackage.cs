using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;

namespace EntraAuditTools.Module.Tests.Shipping;

/// <summary>A package of somebody else of which files are shipped, with the module or with the program.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Files">Names of its assemblies and native libraries.</param>
/// <param name="Folder">Where the package is unpacked.</param>
internal sealed record ShippedPackage(string Name, string Version, IReadOnlyList<string> Files, string Folder)
{
    /// <summary>The packages of the program; the module has no others (a test holds that).</summary>
    public static IReadOnlyList<ShippedPackage> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "entra-audit.deps.json"));

    /// <summary>A value of the package's own description, such as its copyright; null where it has none.</summary>
    public string? Described(string name) => Metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();

    // Packages that only link their licence, as was usual before expressions, and what stood there when they were taken in.
    private static readonly Dictionary<string, string> Linked = new(StringComparer.Ordinal)
    {
        ["https://github.com/MiloszKrajewski/K4os.Compression.LZ4/blob/master/LICENSE?raw=true"] = "MIT",
    };

    /// <summary>The licence as an SPDX expression; null where the package brings a text instead.</summary>
    public string? LicenceExpression => Licence?.Attribute("type")?.Value == "expression" ? Licence.Value.Trim()
        : Linked.GetValueOrDefault(Described("licenseUrl") ?? string.Empty);

    /// <summary>The licence's text, where the package brings one.</summary>
    public string? LicenceText =>
        Licence?.Attribute("type")?.Value == "file" ? File.ReadAllText(Path.Combine(Folder, Licence.Value.Trim())).Trim() : null;

    private XElement? Licence => Metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");

    private XElement Metadata =>
        XDocument.Load(System.IO.Directory.GetFiles(Folder, "*.nuspec").Single()).Root!.Elements()
            .First(element => element.Name.LocalName == "metadata");

    private static List<ShippedPackage> Read(string dependencies)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(dependencies));
        var libraries = json.RootElement.GetProperty("libraries");
        var packages = new List<ShippedPackage>();
        var targets = json.RootElement.GetProperty("targets").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject());
        foreach (var target in targets)
        {
            var library = libraries.GetProperty(target.Name);
            if (library.GetProperty("type").GetString() != "package") continue;
            var files = new[] { "runtime", "native", "runtimeTargets" }
                .Where(kind => target.Value.TryGetProperty(kind, out _))
                .SelectMany(kind => target.Value.GetProperty(kind).EnumerateObject())
                .Select(file => Path.GetFileName(file.Name)).Where(file => file != "_._").Distinct().Order(StringComparer.Ordinal).ToList();
            if (files.Count == 0) continue;
            var name = target.Name.Split('/');
            packages.Add(new(name[0], name[1], files, Path.Combine(Root, library.GetProperty("path").GetString()!)));
        }

        return [.. packages.OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Where packages are unpacked, as the build knows.</summary>
    private static string Root => typeof(ShippedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "NuGetPackageRoot").Value!;
}
