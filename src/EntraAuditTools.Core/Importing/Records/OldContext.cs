namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Stands in for the <c>@odata.context</c> of a page that a mirror of before schema 3 did not keep: made of what the mirror knows of the
/// record.
/// </summary>
/// <param name="Text">The context.</param>
/// <param name="NamesParent">Whether it names to what the record belongs.</param>
internal sealed record OldContext(string Text, bool NamesParent);
