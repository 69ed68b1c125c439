using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Shared;

/// <summary>
/// A mirror that a server holds for many. Whoever asks keeps a copy of it, which is a mirror like any other, and brings that up to date
/// before each question: so every question, check and report is the same code over the same tables.
/// </summary>
internal interface ISharedMirror
{
    /// <summary>Brings a copy up to date, or makes it.</summary>
    /// <param name="copy">Full path of the copy.</param>
    /// <param name="anew">Take all of it anew, whatever the copy says it has.</param>
    /// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
    /// <param name="cancel">Stops it; the copy stays as it was.</param>
    /// <exception cref="AuditToolException">MirrorNotFound when the server holds none yet; or what can be wrong with a server.</exception>
    void Refresh(string copy, bool anew, Action<string>? doing, CancellationToken cancel);

    /// <summary>Brings a copy without the logs up to date, or makes it, of a mirror whose logs are asked where they are.</summary>
    /// <returns>Where they are; null where the server is not to be asked: then everybody has a whole copy.</returns>
    /// <inheritdoc cref="Refresh"/>
    ILogStore? RefreshWithoutLogs(string copy, Action<string>? doing, CancellationToken cancel);

    /// <summary>
    /// Waits for the right to change the mirror, which one has at a time; makes the mirror where the server holds none.
    /// </summary>
    /// <param name="waiting">Called once when another has it; null when nobody is to know.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="AuditToolException">MirrorLocked when the wait is over; or what can be wrong with a server.</exception>
    ISharedWriting BeginWriting(Action? waiting, CancellationToken cancel);

    /// <summary>How many imports the server holds; null when it holds no mirror.</summary>
    /// <exception cref="AuditToolException">What can be wrong with a server.</exception>
    long? CountImports();

    /// <summary>Makes the mirror's tables where there are none, and the roles of those who may read it and import into it.</summary>
    /// <param name="members">Who may do what from now on.</param>
    /// <param name="asksLogs">Whether its logs are asked where they are from now on (<see cref="RefreshWithoutLogs"/>).</param>
    /// <exception cref="AuditToolException">A role is not there, or the caller may not do it: then nothing is changed.</exception>
    AuditMirrorInitialization Initialize(MirrorMembers members, bool asksLogs);

    /// <summary>
    /// Whether originals with secrets stand apart, where only some may read them; else all of it was written by an earlier version, and has
    /// to be written anew by its owner.
    /// </summary>
    /// <exception cref="AuditToolException">What can be wrong with a server.</exception>
    bool HidesSecrets();
}

/// <summary>Roles of a server that get a right to a mirror.</summary>
/// <param name="Readers">Those who may ask.</param>
/// <param name="OriginalReaders">Those who may ask, and see secrets where they ask for them.</param>
/// <param name="Importers">Those who may ask, see secrets, import, remove and derive anew.</param>
internal sealed record MirrorMembers(IReadOnlyList<string> Readers, IReadOnlyList<string> OriginalReaders, IReadOnlyList<string> Importers)
{
    /// <summary>The tenants that <see cref="Readers"/> may ask about, and no others; empty for all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Those who lose every right that was given here.</summary>
    public IReadOnlyList<string> Revoked { get; init; } = [];
}

/// <summary>
/// The right to change a mirror that a server holds. What is committed to the copy is committed to the server a moment before: a kill
/// between the two leaves a copy that is behind, which the next question brings up to date.
/// </summary>
internal interface ISharedWriting : IDisposable
{
    /// <summary>Who the server says that has it: the role that logged in.</summary>
    string User { get; }

    /// <summary>Brings the copy up to date. The caller holds its lock.</summary>
    /// <param name="copy">Full path of the copy.</param>
    /// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
    /// <param name="cancel">Stops it.</param>
    void Refresh(string copy, Action<string>? doing, CancellationToken cancel);

    /// <summary>Whether the mirror's logs are asked where they are, so that a copy without them is enough to import.</summary>
    bool AsksLogs { get; }

    /// <summary>
    /// Brings a copy without the logs up to date. From then on what an import looks for has to be fetched (<see cref="Fetch"/>), and what
    /// was sent does not stay.
    /// </summary>
    /// <inheritdoc cref="Refresh"/>
    ILogStore RefreshWithoutLogs(string copy, Action<string>? doing, CancellationToken cancel);

    /// <summary>Whether the copy is one without logs.</summary>
    bool IsWithoutLogs { get; }

    /// <summary>
    /// Puts what no link of the chain covers yet, and the last number of a block, into a copy without logs that is opened for writing.
    /// </summary>
    void FetchUnlinked(SqliteConnection connection);

    /// <summary>Puts rows that an import will look for into a copy without logs. In the transaction that writes.</summary>
    void Fetch(SqliteConnection connection, SoughtRows sought);

    /// <summary>Puts what the digests of imports need into a copy without logs. In the transaction that writes.</summary>
    void FetchSightings(SqliteConnection connection, IReadOnlyCollection<long> imports);

    /// <summary>
    /// Puts the steps and properties that an import brought in files of their own, and the entries of their changes, into a copy without
    /// logs; and some of those of any import. In the transaction that writes.
    /// </summary>
    void FetchParts(SqliteConnection connection, long import);

    /// <summary>Takes note of what the server holds, without a copy of it: for who replaces all of it.</summary>
    /// <returns>How many imports that is.</returns>
    long Look();

    /// <summary>Takes note, from here on, of what changes in the copy through a connection.</summary>
    void Follow(SqliteConnection connection);

    /// <summary>
    /// Brings all of a copy to the server beforehand, some at a time, where the caller owns the mirror there: the next <see cref="Send"/>,
    /// which replaces all, takes it from there. A copy that is stopped goes on where it was.
    /// </summary>
    /// <param name="connection">The copy, which <see cref="Follow"/> was called with.</param>
    /// <param name="source">What distinguishes what the copy holds from what another holds.</param>
    /// <param name="doing">Called with what is being done; null when nobody is to know.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>How many rows were there already, from a copy that was stopped.</returns>
    long Stage(SqliteConnection connection, string source, Action<string>? doing, CancellationToken cancel);

    /// <summary>Sends what changed since the last time, and commits it there. In the transaction that changed it, just before its end.</summary>
    /// <exception cref="AuditToolException">The server does not take it: the transaction is to be rolled back.</exception>
    void Send(SqliteConnection connection);

    /// <summary>The copy was written anew as a whole: the next <see cref="Send"/> replaces all that the server holds.</summary>
    void Replace();
}
