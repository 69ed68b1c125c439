namespace EntraAuditTools.Core.Queries.Logs.Conditions;

/// <summary>One of the things that rows of a log are asked for by, with its texts looked up in the mirror's small tables.</summary>
internal abstract class LogCondition
{
    /// <summary>Whether nothing can fulfil it, so that no query is needed.</summary>
    public virtual bool IsImpossible => false;

    /// <summary>How it finds rows by itself; null where it can only be checked row by row.</summary>
    public virtual LogDriver? Driver => null;

    /// <summary>The condition on a row that was found otherwise.</summary>
    public abstract string Where(LogScope scope);
}
