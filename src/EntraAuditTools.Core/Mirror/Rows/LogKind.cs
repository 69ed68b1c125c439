using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>One combination of what recurs in a log's rows, in the order of its <see cref="KindTable"/>'s columns; the rest is 0.</summary>
[InlineArray(MaxParts)]
internal struct LogKind : IEquatable<LogKind>
{
    /// <summary>How many columns a table of kinds can have.</summary>
    public const int MaxParts = 16;

    private int first;

    /// <summary>Puts the parts together.</summary>
    public LogKind(ReadOnlySpan<int> parts) => parts.CopyTo(this);

    /// <inheritdoc/>
    public readonly bool Equals(LogKind other) => Span(this).SequenceEqual(Span(other));

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is LogKind other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(Span(this)));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<int> Span(in LogKind kind) => kind;
}

/// <summary>A kind that the mirror does not have yet, with the number that it will have there.</summary>
/// <param name="Table">The log's table of kinds.</param>
/// <param name="Id">The number.</param>
/// <param name="Parts">What it is.</param>
internal readonly record struct NewKind(KindTable Table, int Id, LogKind Parts);
