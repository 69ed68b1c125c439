using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Core.Tests.Upkeep;

/// <summary>Mirrors that were made before there was a chain, brought up to date: nothing in them was changed by anybody else.</summary>
public sealed class AdoptedMirrorTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void An_older_mirror_passes_its_check_when_it_was_derived_anew(int version)
    {
        using var mirror = new TestMirror();
        // Without its page's context, which version 2 did not keep, nothing says that this is a user.
        mirror.ImportText("""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[
              {"id":"7f7d1a6e-2d3c-4f7e-9a51-0000000000aa","displayName":"Ana"}]}
            """);
        OldMirror.Age(mirror, version, version < 3 ? string.Empty : "UPDATE import SET reader = 0;");
        Assert.NotNull(UpgradeSteps.Run(mirror.Path));
        Assert.Equal(["Ana"], OldMirror.Texts(mirror.Path, "SELECT name FROM entity"));
        Assert.Empty(MirrorCheck.Run(mirror.Path, new(), _ => { }, TestContext.Current.CancellationToken).Problems);
    }
}
