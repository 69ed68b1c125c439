namespace EntraAuditTools.PowerShell.Importing;

/// <summary>Where the things that come down the pipeline go.</summary>
internal interface IInputSink
{
    /// <summary>A file.</summary>
    void File(string fullPath);

    /// <summary>A folder.</summary>
    void Folder(string fullPath);

    /// <summary>A path as typed, maybe with wildcards.</summary>
    void Path(string path);

    /// <summary>A line, or several, of an export's text.</summary>
    /// <param name="source">The file it was read from; null when not known.</param>
    /// <param name="text">The text without its last line end.</param>
    void Text(string? source, string text);

    /// <summary>Rows of a CSV without a name.</summary>
    void Rows(string text);

    /// <summary>Bytes of an export's text.</summary>
    /// <param name="source">The file they were read from; null when not known.</param>
    /// <param name="bytes">The bytes.</param>
    void Bytes(string? source, byte[] bytes);

    /// <summary>A record, or a page of them. Goes well with JSON text without a name.</summary>
    void Record(object record);
}
