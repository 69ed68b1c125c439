namespace EntraAuditTools.PowerShell.Importing;

/// <summary>Follows JSON text that arrives in pieces, to know whether the next piece belongs to it.</summary>
internal sealed class TextDocument
{
    private int depth;
    private bool inString;
    private bool escaped;

    /// <summary>True between documents.</summary>
    public bool IsComplete => depth == 0 && !inString;

    /// <summary>Takes in a piece.</summary>
    public void Add(string text)
    {
        foreach (var c in text)
        {
            if (escaped) escaped = false;
            else if (inString) (inString, escaped) = (c != '"', c == '\\');
            else if (c == '"') inString = true;
            else if (c is '{' or '[') depth++;
            else if (c is '}' or ']' && depth > 0) depth--;
        }
    }
}
