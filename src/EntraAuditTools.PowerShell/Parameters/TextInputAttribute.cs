using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// Takes texts and ids from the pipeline and leaves every other object to the parameters that bind by property name: by value the engine
/// would otherwise take anything, as the text that it shows.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TextInputAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">It is no text; with an inner cast exception, which the binder passes over
    /// in a pipeline.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare switch
        {
            string or null => bare!,
            Guid id => id.ToString(),
            System.Collections.IEnumerable list => list.Cast<object?>().Select(item => Transform(engineIntrinsics, item!)).ToArray(),
            _ => throw new ArgumentTransformationMetadataException($"A {bare.GetType().Name} is no text: give its id, UPN or name.",
                new PSInvalidCastException()),
        };
    }
}
