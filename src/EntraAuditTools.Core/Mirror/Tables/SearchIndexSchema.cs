namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>
/// The full-text index over the originals of activities, made when somebody searches first: an FTS5 table without content of its own, whose
/// rowid is the activity's.
/// </summary>
internal static class SearchIndexSchema
{
    public const string Table = "activity_text";

    /// <summary>Makes it. Texts come folded; the tokenizer only has to split at blanks.</summary>
    public const string Create =
        $"CREATE VIRTUAL TABLE {Table} USING fts5(text, content='', columnsize=0, tokenize=\"unicode61 remove_diacritics 0\")";
}
