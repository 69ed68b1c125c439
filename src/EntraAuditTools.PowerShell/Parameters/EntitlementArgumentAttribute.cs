using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// Makes texts of what -User, -AccessPackage and the ids are given: texts themselves, and objects that name one. Records of this module
/// have objects in <c>User</c> and <c>AccessPackage</c>, and those are what the pipeline binds. Of an object its id counts, else its UPN,
/// else its name (literally: what looks like a wildcard in a name is none). An object that says nothing gives no text.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EntitlementArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>What only records have that refer to such things: their bare Id is of something else.</summary>
    private static readonly string[] Joins = ["UserId", "AccessPackageId", "AssignmentId", "RequestId"];

    private readonly string join;

    /// <summary>Creates the transformation.</summary>
    /// <param name="join">The property by which records refer to it: UserId, AccessPackageId, AssignmentId or RequestId.</param>
    public EntitlementArgumentAttribute(string join) => this.join = join;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Texts(inputData).ToArray();

    private IEnumerable<string> Texts(object? value)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null => [],
            string { Length: 0 } => [],
            string text => [text],
            IDictionary => OfObject(PSObject.AsPSObject(bare), name => ((IDictionary)bare)[name]),
            // A record refers to things by lists too, for instance to each assignment that gives a role.
            IEnumerable list => list.Cast<object?>().SelectMany(Texts),
            ValueType or Uri => [Convert.ToString(bare, CultureInfo.InvariantCulture)!],
            _ when ReferenceEquals(bare, System.Management.Automation.Internal.AutomationNull.Value) => [],
            _ => OfObject(PSObject.AsPSObject(value!), name => PSObject.AsPSObject(value!).Properties[name]?.Value),
        };
    }

    private IEnumerable<string> OfObject(PSObject instance, Func<string, object?> property)
    {
        if (property(join) is { } value) return Texts(value);
        if (Joins.Any(name => instance.Properties[name] is not null || property(name) is not null)) return [];

        // A subject as Graph has it: its own id is not the user's.
        foreach (var name in new[] { "ObjectId", "Id" })
        {
            if (Text(property(name)) is { } id) return [id];
        }

        foreach (var name in new[] { "UserPrincipalName", "DisplayName" })
        {
            if (Text(property(name)) is { } text) return [WildcardPattern.Escape(text)];
        }

        var isBlank = instance.BaseObject is IDictionary or PSCustomObject || instance.Properties["DisplayName"] is not null;
        return !isBlank && instance.ToString() is { Length: > 0 } shown ? [WildcardPattern.Escape(shown)] : [];
    }

    private static string? Text(object? value) => value?.ToString() is { Length: > 0 } text ? text : null;
}
