using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Sources.Streams;

namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>Stops reading a compressed source that unpacks to out of all proportion (a "zip bomb").</summary>
/// <param name="inner">The decompressed stream.</param>
/// <param name="budget">How far it may.</param>
/// <param name="name">What to call the source.</param>
internal sealed class ExpansionGuard(Stream inner, ExpansionBudget budget, string name) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (budget.IsExceeded) throw SourceErrors.Bomb(name);
        var read = inner.Read(buffer);
        budget.AddExpanded(read);
        return budget.IsExceeded ? throw SourceErrors.Bomb(name) : read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
