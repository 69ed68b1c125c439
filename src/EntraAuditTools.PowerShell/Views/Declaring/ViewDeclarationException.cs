namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A declaration of views that PowerShell could not use. Thrown at build only; the message names the declaration.</summary>
internal sealed class ViewDeclarationException(string declaration, string problem) : InvalidOperationException($"{declaration}: {problem}");
