using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A view of free text.</summary>
internal sealed class CustomView : DeclaredView
{
    private readonly FreeText text;

    public CustomView(DeclaredRecord record, string name, Action<FreeText> parts) : base(record, "Custom", name)
    {
        text = new FreeText(this);
        parts(text);
    }

    /// <inheritdoc/>
    public override Func<PSObject, string>? Text => text.Of;

    private protected override XElement Control(bool local) => text.IsEmpty ? throw Empty() : text.ToXml();
}
