using System.Management.Automation;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>Refuses what cannot be the head of a mirror's chain.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChainHeadAttribute : ValidateArgumentsAttribute
{
    private const int Length = 64;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var text = arguments as string ?? string.Empty;
        if (text.Length != Length || !text.All(char.IsAsciiHexDigit))
            throw new ValidationMetadataException(
                $"'{TerminalText.Line(text)}' is no head of a chain: that is 64 hexadecimal digits, as ChainHead of Import-AuditExport's results has them.");
    }
}
