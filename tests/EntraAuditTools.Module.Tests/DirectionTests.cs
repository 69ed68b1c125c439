using ArchUnitNET.Loader;
using EntraAuditTools.Cli.Questions;
using EntraAuditTools.Core.Tests.Architecture;

namespace EntraAuditTools.Module.Tests;

/// <summary>Dependencies of the cmdlets and of the program point one way, as those of Core do.</summary>
public class DirectionTests
{
    [Fact]
    public void No_two_folders_of_the_cmdlets_use_each_other() =>
        Assert.Empty(FolderCycles.Below(new ArchLoader().LoadAssemblies(CmdletAssembly.Assembly).Build(), "EntraAuditTools.PowerShell"));

    [Fact]
    public void No_two_folders_of_the_program_use_each_other() =>
        Assert.Empty(FolderCycles.Below(new ArchLoader().LoadAssemblies(typeof(QuestionCommand).Assembly).Build(), "EntraAuditTools.Cli"));
}
