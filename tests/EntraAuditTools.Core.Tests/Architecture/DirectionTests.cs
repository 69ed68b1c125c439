using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using EntraAuditTools.Core.Mirror.Reading;
using Code = ArchUnitNET.Domain.Architecture;

namespace EntraAuditTools.Core.Tests.Architecture;

/// <summary>Dependencies of Core point one way: a room uses what stands before it in this list, never what stands after.</summary>
public sealed class DirectionTests
{
    /// <summary>From what knows nothing to what knows everything. CONTRIBUTING.md says what each is for.</summary>
    private static readonly string[] Rooms =
        ["Text", "Errors", "Files", "Schema", "Catalog", "Eligibility", "Formats", "Mirror", "Importing", "Queries", "Upkeep", "Exporting",
            "Reporting", "Questions"];

    private const string Root = "EntraAuditTools.Core";

    private static readonly Lazy<Code> Core =
        new(() => new ArchLoader().LoadAssemblies(typeof(MirrorReader).Assembly, typeof(AuditActivity).Assembly).Build());

    [Fact]
    public void Every_type_is_in_a_room()
    {
        Assert.Equal(Rooms.Length, Types().Select(RoomOf).Distinct().Count());
        Assert.Empty(Types().Where(type => RoomOf(type) < 0).Select(type => type.FullName));
    }

    [Fact]
    public void Rooms_use_only_what_stands_before_them()
    {
        var wrong = from type in Types()
                    from used in type.Dependencies.Select(dependency => dependency.Target)
                    where RoomOf(used) > RoomOf(type)
                    select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Model_uses_nothing_of_ours()
    {
        var wrong = from type in Core.Value.Types
                    where FolderCycles.NameOf(type) == "EntraAuditTools"
                    from used in type.Dependencies.Select(dependency => dependency.Target)
                    where FolderCycles.NameOf(used).StartsWith(Root, StringComparison.Ordinal)
                    select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    /// <summary>Also within a room: two folders that use each other are one folder, or a type stands in the wrong one.</summary>
    [Fact]
    public void No_two_folders_use_each_other() => Assert.Empty(FolderCycles.Below(Core.Value, Root));

    private static IEnumerable<IType> Types() =>
        Core.Value.Types.Where(type => FolderCycles.NameOf(type).StartsWith(Root, StringComparison.Ordinal));

    private static int RoomOf(IType type)
    {
        var name = FolderCycles.NameOf(type);
        if (!name.StartsWith(Root + ".", StringComparison.Ordinal)) return -1;
        return Array.IndexOf(Rooms, name[(Root.Length + 1)..].Split('.')[0]);
    }
}
