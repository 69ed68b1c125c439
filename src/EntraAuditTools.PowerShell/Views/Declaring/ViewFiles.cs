using System.Reflection;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>
/// The module's types and format files, made of what is declared beside the formatting methods. Called at build, by the tool that makes the
/// module's files (src/EntraAuditTools.ModuleFiles); nothing of it runs in PowerShell. The program reads the same declarations
/// (src/EntraAuditTools.Tables).
/// </summary>
internal static class ViewFiles
{
    /// <summary>The views for sessions that show the machine's time zone, which Set-AuditMirror -TimeZone puts before the others.</summary>
    public const string LocalViews = "EntraAuditTools.localtime.ps1xml";

    private const string Origin = " Made at build of what is declared in src/EntraAuditTools.PowerShell/Views. ";

    /// <summary>Name and content of each file.</summary>
    /// <exception cref="ViewDeclarationException">A declaration is wrong.</exception>
    public static IReadOnlyDictionary<string, XDocument> Make() => Make(Declared(typeof(ViewFiles).Assembly));

    /// <summary>The files of some records.</summary>
    public static IReadOnlyDictionary<string, XDocument> Make(IEnumerable<DeclaredRecord> records)
    {
        var ordered = records.OrderBy(record => record.TypeName, StringComparer.Ordinal).ToList();
        if (ordered.GroupBy(record => record.TypeName).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ViewDeclarationException(twice.Key, "It is declared in two places.");
        if (ordered.Find(record => !record.IsOfModel) is { } stranger)
            throw new ViewDeclarationException(stranger.TypeName, "It is no public type of the Model: PowerShell knows no other records.");
        return new Dictionary<string, XDocument>
        {
            ["EntraAuditTools.types.ps1xml"] = Document(new XElement("Types", ordered.SelectMany(record => record.Types()))),
            ["EntraAuditTools.format.ps1xml"] =
                Document(new XElement("Configuration", new XElement("ViewDefinitions", ordered.SelectMany(record => record.Views())))),
            [LocalViews] = Document(new XElement("Configuration",
                new XElement("ViewDefinitions", ordered.SelectMany(record => record.Views(local: true))))),
        };
    }

    /// <summary>Every record that an assembly's static methods declare.</summary>
    public static IEnumerable<DeclaredRecord> Declared(Assembly assembly) => Declarations(assembly).Select(Declare);

    /// <summary>What declares one type of records; null where nothing does.</summary>
    public static DeclaredRecord? Declared(Assembly assembly, Type record) => Declarations(assembly)
        .Where(method => method.GetParameters()[0].ParameterType.GenericTypeArguments[0] == record).Select(Declare).FirstOrDefault();

    private static IEnumerable<MethodInfo> Declarations(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsGenericMethodDefinition && method.GetParameters() is [var only]
            && only.ParameterType.IsConstructedGenericType
            && only.ParameterType.GetGenericTypeDefinition() == typeof(RecordViews<>));

    private static DeclaredRecord Declare(MethodInfo method)
    {
        var record = (DeclaredRecord)Activator.CreateInstance(method.GetParameters()[0].ParameterType)!;
        method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [record], null);
        return record;
    }

    private static XDocument Document(XElement root) => new(new XComment(Origin), root);
}
