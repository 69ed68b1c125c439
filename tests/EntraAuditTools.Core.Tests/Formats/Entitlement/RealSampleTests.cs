using System.Text.Json;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>Real pages of Graph, which are not part of the repository: set ENTRAAUDIT_SAMPLES to a folder that holds some.</summary>
public sealed class RealSampleTests
{
    [Fact]
    public void Every_record_is_read_or_named_as_an_error()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("ENTRAAUDIT_SAMPLES") ?? string.Empty, "jupiterone");
        if (!Directory.Exists(folder)) Assert.Skip("ENTRAAUDIT_SAMPLES names no folder with jupiterone in it");
        var kinds = new Dictionary<EntityKind, int>();
        var errors = 0;
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            using var stream = File.OpenRead(file);
            var splitter = new JsonRecordSplitter(stream);
            while (splitter.TryRead(out var slice))
            {
                Assert.Null(slice.Error);
                using var document = JsonDocument.Parse(slice.Bytes);
                var context = splitter.Context;
                var found = RecordRecognizer.Recognize(document.RootElement, context);
                if (found.Kind == RecordKind.GraphError)
                {
                    errors++;
                    continue;
                }

                Assert.Equal((RecordKind.Entitlement, RecordShape.GraphEntitlement), (found.Kind, found.Shape));
                // The properties alone say the same.
                Assert.Equal(found.Entity, EntitlementRecognizer.ByProperties(document.RootElement)?.Entity);
                var read = EntitlementNormalizer.Read(document.RootElement, found.Entity, found.Shape, new(context, null, null, null))!;
                Assert.False(read.IsCut);
                // An approval's only fact may be whose it is.
                Assert.True(read.HasFacts);
                kinds[read.Kind] = kinds.GetValueOrDefault(read.Kind) + 1;
            }
        }

        Assert.True(errors > 0);
        Assert.Superset(new HashSet<EntityKind> { EntityKind.Assignment, EntityKind.Request, EntityKind.Policy, EntityKind.AccessPackage,
            EntityKind.Catalog, EntityKind.Resource, EntityKind.Approval }, kinds.Keys.ToHashSet());
    }
}
