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

    private protected override XElement Control(bool local) => text.IsEmpty ? throw Empty() : text.ToXml();
}
