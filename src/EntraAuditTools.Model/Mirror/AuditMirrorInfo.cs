namespace EntraAuditTools;

/// <summary>Where the mirror is and what it holds.</summary>
public sealed class AuditMirrorInfo
{
    /// <summary>Full path of the SQLite file.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The server that holds the mirror, of which the file is this machine's copy; null where the file is the mirror.</summary>
    public string? Server { get; init; }

    /// <summary>Where the path came from: Parameter, Session (Set-AuditMirror), Environment (ENTRAAUDIT_MIRROR) or Default.</summary>
    public string Basis { get; init; } = string.Empty;

    /// <summary>False when the file does not exist yet; the other properties are then empty.</summary>
    public bool Exists { get; init; }

    /// <summary>Size in bytes, with the write-ahead log.</summary>
    public long Bytes { get; init; }

    /// <summary>Version of the mirror's schema.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>
    /// Imports that an older version read, whose records are answered as that one understood them until the mirror is brought up to date.
    /// </summary>
    public long OutdatedImports { get; init; }

    /// <summary>Imports that lack what only their file can bring, since an older version read it: import it again.</summary>
    public RecordList<IncompleteImport> ImportAgain { get; init; } = new([]);

    /// <summary>
    /// Whether secrets are masked in its originals, so that nothing shows them: a copy of a shared mirror, of somebody who may not read them.
    /// </summary>
    public bool SecretsMasked { get; init; }

    /// <summary>The tenants of a shared mirror that its copy here holds alone, where the caller may read no others; empty for all of it.</summary>
    public RecordList<string> OnlyTenants { get; init; } = new([]);

    /// <summary>Activities held.</summary>
    public long Activities { get; init; }

    /// <summary>Provisioning log entries held.</summary>
    public long ProvisioningEntries { get; init; }

    /// <summary>Provisioning jobs of which an export is held.</summary>
    public long SynchronizationJobs { get; init; }

    /// <summary>Access packages that exports contain or name.</summary>
    public long AccessPackages { get; init; }

    /// <summary>Assignments of access packages that exports contain, also ended ones.</summary>
    public long AccessPackageAssignments { get; init; }

    /// <summary>Imports recorded.</summary>
    public long Imports { get; init; }

    /// <summary>Records rejected and kept.</summary>
    public long Rejected { get; init; }

    /// <summary>Tenants known from the records.</summary>
    public RecordList<string> Tenants { get; init; } = new([]);

    /// <summary>Time of the earliest activity, UTC; null when there is none.</summary>
    public DateTimeOffset? FirstTime { get; init; }

    /// <summary>Time of the latest activity, UTC; null when there is none.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>
    /// Head of the chain that covers all imports and originals, in lower-case hex (see <c>Test-AuditMirror</c>); null for a mirror without
    /// one, of before or new.
    /// </summary>
    public string? ChainHead { get; init; }

    /// <summary>When the last import ended, UTC; null when there was none.</summary>
    public DateTimeOffset? LastImport { get; init; }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}
