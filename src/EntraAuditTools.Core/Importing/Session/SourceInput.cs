using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Sources;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Where the bytes of a source come from.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Bytes">Its bytes as stored.</param>
/// <param name="Length">How many they are; null when not known.</param>
/// <param name="FileTime">When it was written, UTC.</param>
/// <param name="Budget">How far it may unpack.</param>
/// <param name="Reopen">Gives the same bytes again; null when they come only once.</param>
internal sealed record SourceInput(string Name, Stream Bytes, long? Length, DateTime FileTime, ExpansionBudget Budget,
    Func<Stream>? Reopen);

/// <summary>The outcome of a source.</summary>
/// <param name="Result">What was taken in; null when nothing in it could even be counted.</param>
/// <param name="Failure">Its error; null when there is none.</param>
/// <param name="Facts">What it proves.</param>
/// <param name="Notes">The result's notes, to which the session adds what is only known at its end.</param>
internal sealed record SourceOutcome(ImportResult? Result, AuditToolException? Failure, SourceFacts Facts, List<string> Notes);
