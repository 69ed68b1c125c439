namespace EntraAuditTools;

/// <summary>A mirror on a server and who may use it, after its tables and roles were made.</summary>
public sealed class AuditMirrorInitialization
{
    /// <summary>The server and the database, as a connection URI without a password.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>The role that owns the tables, and so may replace those of an older version.</summary>
    public string Owner { get; init; } = string.Empty;

    /// <summary>The group role whose members may ask; secrets are masked in what they get.</summary>
    public string ReaderRole { get; init; } = string.Empty;

    /// <summary>The group role whose members may ask, and get originals with their secrets.</summary>
    public string OriginalReaderRole { get; init; } = string.Empty;

    /// <summary>The group role whose members may ask, import, remove and derive anew.</summary>
    public string ImporterRole { get; init; } = string.Empty;

    /// <summary>Roles that are members of <see cref="ReaderRole"/>, those of before included.</summary>
    public RecordList<string> Readers { get; init; } = new([]);

    /// <summary>Roles that are members of <see cref="OriginalReaderRole"/>, those of before included.</summary>
    public RecordList<string> OriginalReaders { get; init; } = new([]);

    /// <summary>Roles that are members of <see cref="ImporterRole"/>, those of before included.</summary>
    public RecordList<string> Importers { get; init; } = new([]);

    /// <summary>The group role whose members may ask about some tenants only; empty where nobody may.</summary>
    public string TenantReaderRole { get; init; } = string.Empty;

    /// <summary>Who may ask about which tenants only, those of before included: a role, a colon and its tenants each.</summary>
    public RecordList<string> TenantReaders { get; init; } = new([]);

    /// <summary>Whether the database held no mirror before.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether the server answers what is asked of the logs, so that whoever asks needs no copy of them.</summary>
    public bool LogsOnServer { get; init; }

    /// <summary>What is no fault and yet keeps a member from what it should be able to.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>The server.</summary>
    public override string ToString() => Server;
}
