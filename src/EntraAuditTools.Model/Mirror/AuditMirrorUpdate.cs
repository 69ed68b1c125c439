namespace EntraAuditTools;

/// <summary>An import of which the mirror lacks something that only its file can bring.</summary>
public sealed class IncompleteImport
{
    /// <summary>Number of the import.</summary>
    public long ImportId { get; init; }

    /// <summary>The file, or its former name.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>What is missing, or why.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>The file and the reason.</summary>
    public override string ToString() => $"{Source}: {Reason}";
}

/// <summary>Result of deriving a mirror anew, from its originals, that an older version had read.</summary>
public sealed record AuditMirrorUpdate
{
    /// <summary>Full path of the mirror.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Where the mirror is kept as it was before; null when there was nothing to keep.</summary>
    public string? Backup { get; init; }

    /// <summary>Imports that were derived anew.</summary>
    public int Imports { get; init; }

    /// <summary>Original records that were read anew.</summary>
    public long Originals { get; init; }

    /// <summary>Activities held now.</summary>
    public long Activities { get; init; }

    /// <summary>Activities held before.</summary>
    public long ActivitiesBefore { get; init; }

    /// <summary>Provisioning log entries held now.</summary>
    public long ProvisioningEntries { get; init; }

    /// <summary>Provisioning log entries held before.</summary>
    public long ProvisioningEntriesBefore { get; init; }

    /// <summary>States of packages, policies, assignments, users… held now.</summary>
    public long States { get; init; }

    /// <summary>States held before.</summary>
    public long StatesBefore { get; init; }

    /// <summary>Rejected records kept now.</summary>
    public long Rejected { get; init; }

    /// <summary>Rejected records kept before.</summary>
    public long RejectedBefore { get; init; }

    /// <summary>Log records whose initiator is another now.</summary>
    public long InitiatorsChanged { get; init; }

    /// <summary>Log records whose time is another now.</summary>
    public long TimesChanged { get; init; }

    /// <summary>Log records whose targets are others now.</summary>
    public long TargetsChanged { get; init; }

    /// <summary>Activities whose IP address is another now.</summary>
    public long AddressesChanged { get; init; }

    /// <summary>Activities whose tenant is another now.</summary>
    public long TenantsChanged { get; init; }

    /// <summary>Packages, policies, assignments, users… of which other states are held now.</summary>
    public long ObjectsChanged { get; init; }

    /// <summary>Imports of which something is missing that only their file can bring: import it again.</summary>
    public RecordList<IncompleteImport> ImportAgain { get; init; } = new([]);

    /// <summary>Whether it went on with what an earlier one had begun, that was stopped.</summary>
    public bool Continued { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The result in a few sentences.</summary>
    public string Describe()
    {
        string[] changed = [.. new[]
        {
            (InitiatorsChanged, "initiator", "initiators"), (TargetsChanged, "target", "targets"), (TimesChanged, "time", "times"),
                (AddressesChanged, "address", "addresses"),
            (TenantsChanged, "tenant", "tenants"), (ObjectsChanged, "object with states", "objects with states"),
        }.Where(count => count.Item1 > 0).Select(count => $"{count.Item1:N0} {(count.Item1 == 1 ? count.Item2 : count.Item3)}")];
        string[] more = [.. new[]
        {
            (Activities - ActivitiesBefore, "activity", "activities"),
                (ProvisioningEntries - ProvisioningEntriesBefore, "provisioning log entry", "provisioning log entries"),
            (Rejected - RejectedBefore, "rejected record", "rejected records"),
        }.Where(count => count.Item1 != 0)
            .Select(count => $"{count.Item1:+#,0;-#,0} {(Math.Abs(count.Item1) == 1 ? count.Item2 : count.Item3)}")];
        var text = $"The mirror was read by an older version, and was derived anew from its {Originals:N0} "
            + $"{(Originals == 1 ? "original" : "originals")}: "
            + $"{(changed.Length + more.Length == 0 ? "no answer changed" : $"what changed: {string.Join(", ", changed.Concat(more))}")}.";
        if (Backup != null) text += $" As it was before, it is kept in '{Backup}': delete that once you don't need it.";
        if (ImportAgain.Count > 0)
            text += $" {(ImportAgain.Count == 1 ? "One import lacks" : $"{ImportAgain.Count:N0} imports lack")} what only the file can "
                + $"bring: import it again if it is still there, the first being {ImportAgain[0]}";
        return text;
    }

    /// <summary>The mirror and how many originals were read anew.</summary>
    public override string ToString() => $"{Path}: {Originals} originals of {Imports} imports";
}
