namespace System.Management.Automation;

/// <summary>The colours of states, as the engine's class of this name has them; none where the output is no terminal.</summary>
public sealed class PSStyle
{
    /// <summary>The one that holds.</summary>
    public static PSStyle Instance { get; } = new();

    /// <summary>Whether there are any.</summary>
    public bool IsColored { get; set; }

    /// <summary>What an error is written in.</summary>
    public PSStyle Formatting => this;

    /// <summary>Colours by name.</summary>
    public PSStyle Foreground => this;

    /// <summary>For what is bad.</summary>
    public string Error => Code("\u001b[31;1m");

    /// <summary>For what is to be looked at.</summary>
    public string Warning => Code("\u001b[33;1m");

    /// <summary>For what is good.</summary>
    public string Green => Code("\u001b[32m");

    /// <summary>Ends a colour.</summary>
    public string Reset => Code("\u001b[0m");

    private string Code(string sequence) => IsColored ? sequence : string.Empty;
}
