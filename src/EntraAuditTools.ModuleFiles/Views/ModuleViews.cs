using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EntraAuditTools.ModuleFiles.Views;

/// <summary>The module's format and types files: the cmdlet assembly makes them of its own declarations, here they are written.</summary>
internal static class ModuleViews
{
    /// <exception cref="InvalidOperationException">A declaration is wrong; the message names it.</exception>
    public static void Write(Assembly cmdlets, string output)
    {
        var make = cmdlets.GetType("EntraAuditTools.PowerShell.Views.Declaring.ViewFiles", throwOnError: true)!
            .GetMethod("Make", BindingFlags.Static | BindingFlags.Public, [])!;
        var files = (IReadOnlyDictionary<string, XDocument>)make.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;
        foreach (var (name, document) in files)
        {
            using var writer = XmlWriter.Create(Path.Combine(output, name), new XmlWriterSettings
            {
                Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            });
            document.Save(writer);
        }
    }
}
