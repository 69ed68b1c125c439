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
        ["Text", "Errors", "Files", "Schema", "Catalog", "Eligibility", "Formats", "Mirror", "Importing", "Queries"];

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
                    where NameOf(type) == "EntraAuditTools"
                    from used in type.Dependencies.Select(dependency => dependency.Target)
                    where NameOf(used).StartsWith(Root, StringComparison.Ordinal)
                    select $"{type.FullName} uses {used.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    /// <summary>Also within a room: two folders that use each other are one folder, or a type stands in the wrong one.</summary>
    [Fact]
    public void No_two_folders_use_each_other()
    {
        var edges = (from type in Types()
                     from used in type.Dependencies.Select(dependency => dependency.Target)
                     where RoomOf(used) >= 0 && NameOf(used) != NameOf(type)
                     group (type, used) by (From: NameOf(type), To: NameOf(used))).ToDictionary(g => g.Key, g => g.First());
        var reached = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<string> Reach(string from)
        {
            if (reached.TryGetValue(from, out var known)) return known;
            var all = reached[from] = new(StringComparer.Ordinal);
            var open = new Stack<string>([from]);
            while (open.TryPop(out var at))
            {
                foreach (var next in edges.Keys.Where(edge => edge.From == at && all.Add(edge.To))) open.Push(next.To);
            }

            return all;
        }

        Assert.Empty(edges.Where(edge => Reach(edge.Key.To).Contains(edge.Key.From))
            .Select(edge => $"{edge.Value.type.FullName} uses {edge.Value.used.FullName}, and {edge.Key.To} uses {edge.Key.From}"));
    }

    private static IEnumerable<IType> Types() =>
        Core.Value.Types.Where(type => NameOf(type).StartsWith(Root, StringComparison.Ordinal));

    /// <summary>Generic parameters and arrays have no namespace.</summary>
    private static string NameOf(IType type) => type.Namespace?.FullName ?? string.Empty;

    private static int RoomOf(IType type)
    {
        var name = NameOf(type);
        if (!name.StartsWith(Root + ".", StringComparison.Ordinal)) return -1;
        return Array.IndexOf(Rooms, name[(Root.Length + 1)..].Split('.')[0]);
    }
}
