namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// What a page says of a cmdlet. Texts are lists of paragraphs; parameters are in the order in which help lists them; without inputs
/// nothing is taken from the pipeline.
/// </summary>
internal sealed record CmdletHelp(
    IReadOnlyList<string> Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<NamedText> Parameters,
    IReadOnlyList<CmdletExample> Examples,
    IReadOnlyList<NamedText> Inputs,
    IReadOnlyList<NamedText> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<RelatedLink> Links);

/// <summary>The description of a parameter or a type.</summary>
internal sealed record NamedText(string Name, IReadOnlyList<string> Paragraphs);

/// <summary>An example: its title without a number, its code and what it shows.</summary>
internal sealed record CmdletExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>Something to read next: a cmdlet or topic, or, where there is an address, a page outside of the module.</summary>
internal sealed record RelatedLink(string Text, string? Address);
