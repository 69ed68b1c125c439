using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Shared;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>How to import.</summary>
internal sealed class ImportOptions
{
    private readonly string? dateFormat;

    /// <summary>Full path of the mirror; created when it does not exist.</summary>
    public required string MirrorPath { get; init; }

    /// <summary>The server that holds the mirror, of which <see cref="MirrorPath"/> is this machine's copy; null for a file.</summary>
    public ServerAddress? Server { get; init; }

    /// <summary>What the mirror is called: the server, or the file.</summary>
    public string MirrorName => Server?.ToString() ?? MirrorPath;

    /// <summary>Tenant of records that do not say theirs; null when unknown.</summary>
    public string? Tenant { get; init; }

    /// <summary>Name or object id of the application of synchronization jobs, whose exports do not contain it; null when unknown.</summary>
    public string? Application { get; init; }

    /// <summary>Name or id of the access package whose assignments an export holds without saying so; null when unknown.</summary>
    public string? AccessPackage { get; init; }

    /// <summary>Name or object id of the group whose members an export holds without saying so; null when unknown.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// The exports of this session, together, hold all there is of their kinds (or of the members of <see cref="Group"/>, the assignments
    /// of <see cref="AccessPackage"/>): what is missing in them ends. Logs are not affected.
    /// </summary>
    public bool Complete { get; init; }

    /// <summary>When exports of states (packages, assignments, synchronization jobs…) were taken; null to assume it from their own dates or
    /// the file's.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>The exports are complete from here (inclusive); null when nothing is declared.</summary>
    public DateTimeOffset? CoversFrom { get; init; }

    /// <summary>The exports are complete up to here (exclusive); null when nothing is declared.</summary>
    public DateTimeOffset? CoversTo { get; init; }

    /// <summary>
    /// Column headers of a CSV that are not known, each with the property it holds (<c>Activity</c>, <c>activityDateTime</c>…).
    /// </summary>
    public IReadOnlyDictionary<string, string>? ColumnMap { get; init; }

    /// <summary>
    /// How dates are written that could be read in several ways: <c>DayFirst</c>, <c>MonthFirst</c>, <c>YearFirst</c>, or a .NET format
    /// such as <c>dd/MM/yyyy</c>. Null to decide by each source's own evidence; what its dates were read with is kept with the import.
    /// </summary>
    /// <exception cref="AuditToolException">It is neither a word nor a format.</exception>
    public string? DateFormat
    {
        get => dateFormat;
        init => dateFormat = DateReading.Of(value).Text;
    }

    /// <summary>Read a file again although this very file was imported before.</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Whether a file has to be read again that was imported before: what is given for states (their time, their parent) counts although
    /// it was seen, and what a complete export holds has to be read.
    /// </summary>
    /// <param name="areEvents">Whether all that it holds are events.</param>
    public bool ReadsAgain(bool areEvents) => Force || Complete
        || (!areEvents && (Application != null || ObservedAt != null || AccessPackage != null || Group != null));

    /// <summary>Called once when another import writes the mirror, which is waited for; null when nobody is to know.</summary>
    public Action? Waiting { get; init; }

    /// <summary>Who imports: the server's role for them, or their user of this machine; null where nobody does.</summary>
    internal string? ImportedBy { get; init; }

    /// <summary>The same for a source whose dates were found to be written so.</summary>
    internal ImportOptions WithDateFormat(string? found) => found == DateFormat ? this : With(found, ImportedBy);

    /// <summary>The same for somebody.</summary>
    internal ImportOptions By(string who) => With(DateFormat, who);

    /// <summary>The same into another file.</summary>
    internal ImportOptions Into(string path) => With(DateFormat, ImportedBy, path);

    private ImportOptions With(string? dates, string? who, string? path = null) => new()
    {
        MirrorPath = path ?? MirrorPath,
        Server = Server,
        Tenant = Tenant,
        Application = Application,
        AccessPackage = AccessPackage,
        Group = Group,
        Complete = Complete,
        ObservedAt = ObservedAt,
        CoversFrom = CoversFrom,
        CoversTo = CoversTo,
        ColumnMap = ColumnMap,
        DateFormat = dates,
        ImportedBy = who,
        Force = Force,
        Waiting = Waiting,
        Reading = Reading,
        Writing = Writing,
        Upgrading = Upgrading,
    };

    /// <summary>
    /// For tests that make a reader fail: called with a source's name and the number of its record (0 before the first) while it is read.
    /// </summary>
    internal Action<string, long>? Reading { get; init; }

    /// <summary>For tests that stop a mirror's being derived anew: called with the next step.</summary>
    internal Action<string>? Upgrading { get; init; }

    /// <summary>For tests that make the writer fail: called with each batch on the writing thread.</summary>
    internal Action<ImportBatch>? Writing { get; init; }
}
