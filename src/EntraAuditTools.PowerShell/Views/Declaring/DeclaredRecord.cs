using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>The declaration of one type of records: the members that PowerShell adds to it, and its views in their order.</summary>
internal abstract class DeclaredRecord(Type record)
{
    private readonly List<XElement> members = [];
    private readonly Dictionary<string, object> taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DeclaredView> views = [];
    private XElement? converter;
    private string suffix = string.Empty;

    /// <summary>Whether there is such a record where types files are read.</summary>
    public bool IsOfModel => record.IsPublic && record.Assembly == typeof(AuditActivity).Assembly;

    /// <summary>The name that PowerShell knows the records by.</summary>
    public string TypeName => record.FullName + suffix;

    /// <summary>All of this is of records only that a cmdlet names so: "Wide" is <c>AuditActivityMeasure#Wide</c>.</summary>
    public void Named(string name) =>
        suffix = members.Count + views.Count == 0 ? "#" + name : throw Refused($"Named(\"{name}\") comes before members and views.");

    /// <summary>The views, in the order of their declaration.</summary>
    public IReadOnlyList<DeclaredView> Declared => views;

    /// <summary>The elements of the types file.</summary>
    public IEnumerable<XElement> Types()
    {
        if (members.Count > 0) yield return Type(TypeName, members, converter);
        if (converter is not null)
            yield return Type("Deserialized." + TypeName, Standard(Note("TargetTypeForDeserialization", TypeName)), null);

        static XElement Type(string name, object members, XElement? converter) =>
            new("Type", new XElement("Name", name), new XElement("Members", members), converter);
    }

    /// <summary>The elements of the format file.</summary>
    /// <param name="local">For sessions that show the machine's time zone.</param>
    public IEnumerable<XElement> Views(bool local = false) => views.Select(view => view.ToXml(local));

    /// <summary>Says that a declaration is wrong, and which.</summary>
    internal ViewDeclarationException Refused(string problem, string? where = null) =>
        new(where is null ? TypeName : $"{TypeName}, {where}", problem);

    /// <summary>The text, where XML can hold it.</summary>
    /// <exception cref="ViewDeclarationException">It is empty, or has characters that no XML file can have.</exception>
    internal string Checked(string text, string what, string? where = null)
    {
        if (text.Length == 0) throw Refused($"{what} is empty.", where);
        return text.All(XmlConvert.IsXmlChar) ? text : throw Refused($"{what} has a control character.", where);
    }

    /// <summary>The name of a property that the record has, by itself or by what is declared so far.</summary>
    internal string NameOf(string property, string? where = null) =>
        record.GetProperty(property) is not null || taken.ContainsKey(property) ? property
        : throw Refused($"It has no property {property}.", where);

    /// <summary>The name of the code property that shows a cell; adds it where it is not there yet.</summary>
    internal string NameOf(Func<PSObject, object?> cell, string where)
    {
        if (taken.FirstOrDefault(member => cell.Method.Equals(member.Value)).Key is { } known) return known;
        AddCode("View" + cell.Method.Name, cell, where);
        return "View" + cell.Method.Name;
    }

    /// <summary>The hidden property with the local time of a property; null where it stays what it is.</summary>
    internal string? LocalNameOf(string property, string? shownAs, string where)
    {
        if (LocalProperties.StaysUtc(record, property, shownAs) || LocalProperties.Of(record, property) is not { } cell) return null;
        var name = "Local" + property;
        if (!taken.ContainsKey(name)) AddCode(name, cell, where);
        return name;
    }

    private protected void AddAlias(string name, string property) =>
        AddMember(name, property, new XElement("AliasProperty", new XAttribute("IsHidden", "true"), new XElement("Name", name),
            new XElement("ReferencedMemberName", property)));

    private protected void AddCode(string name, Func<PSObject, object?> value, string? where = null)
    {
        var method = value.Method;
        // What the engine takes as a code property; anything else fails only when the module is imported.
        if (!method.IsPublic || !method.IsStatic || method.DeclaringType is not { IsVisible: true } owner)
            throw Refused($"{method.DeclaringType?.Name}.{method.Name} is not a public static method of a public class.", where);
        AddMember(name, method, new XElement("CodeProperty", new XAttribute("IsHidden", "true"), new XElement("Name", name),
            new XElement("GetCodeReference", new XElement("TypeName", owner.FullName), new XElement("MethodName", method.Name))), where);
    }

    private protected void AddSerialization(int? depth, string? made)
    {
        if (converter is not null) throw Refused("How it is serialized is declared twice.");
        var note = depth is { } number ? Note("SerializationDepth", number.ToString(CultureInfo.InvariantCulture)) : null;
        if (made is null)
        {
            members.Add(Standard(note));
            return;
        }

        converter = new XElement("TypeConverter", new XElement("TypeName", made));
        members.Add(Standard(note, Note("TargetTypeForDeserialization", TypeName)));
    }

    private protected TView Add<TView>(TView view) where TView : DeclaredView
    {
        if (views.Any(other => other.Kind == view.Kind && other.Name == view.Name && other.TypeName == view.TypeName))
            throw Refused("There are two of this name.", view.Where);
        views.Add(view);
        return view;
    }

    private void AddMember(string name, object what, XElement member, string? where = null)
    {
        Checked(name, "The name of a member", where);
        if (record.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is not null)
            throw Refused($"{name} would hide the property of this name.", where);
        if (!taken.TryAdd(name, what)) throw Refused($"{name} is declared twice: for {Text(taken[name])} and for {Text(what)}.", where);
        members.Add(member);
    }

    private static XElement Standard(params XElement?[] notes) =>
        new("MemberSet", new XElement("Name", "PSStandardMembers"), new XElement("Members", notes));

    private static XElement Note(string name, string value) =>
        new("NoteProperty", new XElement("Name", name), new XElement("Value", value));

    private static string Text(object member) => member is MethodInfo method ? $"{method.DeclaringType?.Name}.{method.Name}" : $"{member}";
}
