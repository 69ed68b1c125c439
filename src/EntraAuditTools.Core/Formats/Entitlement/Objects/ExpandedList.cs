using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>A list that a record brought with it (<c>$expand</c>).</summary>
internal static class ExpandedList
{
    /// <summary>Adds the list, its items as edges, and the observation of each item.</summary>
    /// <param name="entity">Whose list it is.</param>
    /// <param name="role">The relation of the items to it.</param>
    /// <param name="items">The items.</param>
    /// <param name="isComplete">Whether they are all, as far as the record says.</param>
    /// <param name="read">Reads an item; null for one that has no id or is of no kind that is kept.</param>
    public static void Add(EntityObservation entity, EdgeRole role, List<RecordNode> items, bool isComplete,
        Func<RecordNode, EntityObservation?> read)
    {
        foreach (var item in items)
        {
            if (read(item) is not { } nested)
            {
                // One of unknown kind has been left out knowingly; one without id may be any.
                if (item.Id(EntitlementProperty.Id) == null) isComplete = false;
                continue;
            }

            entity.Edges.Add((role, nested.Kind, nested.Id));
            entity.AddNested(nested);
        }

        entity.Lists.Add((role, isComplete && !entity.IsCut));
    }
}
