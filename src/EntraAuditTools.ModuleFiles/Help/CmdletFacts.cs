namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// What the compiled class says of a cmdlet, so that no page has to. The default parameter set is the first; parameters have those among
/// them that paging and -WhatIf bring; outputs are full names of types.
/// </summary>
internal sealed record CmdletFacts(
    string Verb, string Noun, IReadOnlyList<string> ParameterSets, IReadOnlyList<ParameterFacts> Parameters, IReadOnlyList<string> Outputs)
{
    public string Name => $"{Verb}-{Noun}";

    public bool TakesPipeline => Parameters.Any(parameter => parameter.Places.Any(place => place.ByValue || place.ByPropertyName));
}

/// <summary>
/// What the compiled property says of a parameter. The type is named as help shows it (String[]), the default is the value where it is not
/// given, and there is a place for each parameter set that has it.
/// </summary>
internal sealed record ParameterFacts(
    string Name, string Type, IReadOnlyList<string> Aliases, bool TakesWildcards, string Default, IReadOnlyList<ParameterPlace> Places)
{
    public bool IsSwitch => Type == "SwitchParameter";

    public bool IsArray => Type.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>The place in a parameter set; null when the set has no such parameter.</summary>
    public ParameterPlace? In(string set) => Places.FirstOrDefault(place => place.Set is null || place.Set == set);
}

/// <summary>A parameter in a parameter set (null: in all of them), at a position from 0 (null: by name only).</summary>
internal sealed record ParameterPlace(string? Set, bool IsMandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>As help shows pipeline input.</summary>
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
