using EntraAuditTools.ModuleFiles;
using EntraAuditTools.ModuleFiles.Help;
using EntraAuditTools.ModuleFiles.Views;

// ModuleFiles ASSEMBLY REFERENCES DOCUMENTATION OUTPUT: the cmdlet assembly, a file that lists what it was compiled against,
// the folder of Markdown help, and the folder that the module's files are written to.
if (args is not [var assembly, var references, var documentation, var output])
{
    Console.Error.WriteLine("Usage: ModuleFiles <assembly> <references file> <documentation folder> <output folder>");
    return 2;
}

var cmdlets = CmdletAssembly.Load(assembly, File.ReadAllLines(references));
Directory.CreateDirectory(output);
// Each part of the module that is made writes its files here. Errors are written as MSBuild reads them: the build fails with their text.
try
{
    ModuleViews.Write(cmdlets, output);
}
catch (InvalidOperationException wrong)
{
    Console.Error.WriteLine($"{Path.GetFileName(assembly)} : error EAT0001: {wrong.Message}");
    return 1;
}

var problems = HelpFiles.Write(cmdlets, documentation, output);
foreach (var problem in problems) Console.Error.WriteLine(problem);
return problems.Count == 0 ? 0 : 1;
