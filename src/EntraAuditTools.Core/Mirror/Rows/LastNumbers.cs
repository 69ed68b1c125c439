namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>The last numbers that were written of each table of recurring values.</summary>
internal struct LastNumbers
{
    public int Identity;
    public int Address;
    public int Term;
    public int PropertySet;
}
