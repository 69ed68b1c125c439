namespace System.Management.Automation;

/// <summary>What the engine has objects of no type be; there are none here.</summary>
public sealed class PSCustomObject
{
    private PSCustomObject()
    {
    }
}
