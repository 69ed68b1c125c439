namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>Something that can be read from its beginning more than once: a file, or an entry of an archive.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="FullPath">Full path of the file that holds it.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Budget">How far it may unpack.</param>
/// <param name="Open">Opens it.</param>
internal sealed record SourceContent(string Name, string FullPath, long Length, ExpansionBudget Budget, Func<Stream> Open);
