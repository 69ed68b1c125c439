namespace EntraAuditTools.Core.Importing.Records;

/// <summary>
/// Replaces the <c>@odata.context</c> of a page that a mirror of before schema 3 did not keep: made of what the mirror has on the record.
/// </summary>
/// <param name="Text">The context.</param>
/// <param name="NamesParent">Whether it names the parent of the record.</param>
internal sealed record OldContext(string Text, bool NamesParent);
