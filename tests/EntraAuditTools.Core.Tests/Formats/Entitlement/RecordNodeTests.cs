using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Entitlement;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>
/// The properties of an object are found by their names, whatever objects were read before: the order that these had is only a guess.
/// </summary>
public sealed class RecordNodeTests
{
    private static readonly P[] Properties = [.. Enum.GetValues<P>().Where(p => p is not (P.None or P.ODataType or P.ODataContext))];

    [Fact]
    public void Properties_are_found_in_any_order_and_casing_among_others()
    {
        var random = new Random(11);
        for (var round = 0; round < 3_000; round++)
        {
            var expected = new Dictionary<P, int>();
            var json = new StringBuilder("{");
            for (var (i, count) = (0, random.Next(round % 100 == 0 ? 2_000 : 20)); i < count; i++)
            {
                var property = Properties[random.Next(Properties.Length)];
                var isOther = random.Next(4) == 0;
                json.Append(i > 0 ? "," : string.Empty).Append('"').Append(isOther ? $"other{random.Next(3000)}" : Cased(property, random))
                    .Append("\":").Append(i);
                if (!isOther) expected[property] = i;
            }

            using var document = JsonDocument.Parse(json.Append('}').ToString());
            var node = RecordNode.Of(document.RootElement);
            Assert.True(node.Exists);
            Assert.All(Properties, p => Assert.Equal(expected.TryGetValue(p, out var i) ? i : null, node.Number(p)));
        }
    }

    [Fact]
    public void A_node_keeps_its_properties_while_many_others_are_read()
    {
        using var document = JsonDocument.Parse("""
            {"id":"a","displayName":"b","members@odata.nextLink":"c","AdditionalProperties":{"id":"x","mail":"d"}}
            """);
        var nodes = Enumerable.Range(0, 2_000).Select(_ => RecordNode.Of(document.RootElement)).ToList();
        Assert.All(nodes, node =>
        {
            Assert.Equal(("a", "b", "d"), (node.Text(P.Id), node.Text(P.DisplayName), node.Text(P.Mail)));
            Assert.True(node.HasRest(P.Members));
            Assert.False(node.Has(P.Members));
        });
    }

    private static string Cased(P property, Random random)
    {
        var name = property.ToString();
        return random.Next(3) switch
        {
            0 => name,
            1 => char.ToLowerInvariant(name[0]) + name[1..],
            _ => name.ToUpperInvariant(),
        };
    }
}
