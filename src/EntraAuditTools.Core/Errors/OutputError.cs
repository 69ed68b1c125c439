namespace EntraAuditTools.Core.Errors;

/// <summary>What can be wrong with where answers are written to.</summary>
internal static class OutputError
{
    /// <summary>Whether the reader of the output has closed it (<c>| head</c>), which is no error.</summary>
    public static bool IsBrokenPipe(IOException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return IoWords.IsBrokenPipe(e);
    }

    /// <summary>The error for any other.</summary>
    public static AuditToolException Of(IOException e) =>
        new("OutputFailed", AuditErrorKind.InvalidData, $"The output could not be written: {IoWords.Of(e)}.",
            "Check the place it is written to.", null, e);
}
