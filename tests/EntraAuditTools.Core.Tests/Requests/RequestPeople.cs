using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>The persons of <see cref="RequestLog"/>, in a mirror where one record names U1 by id and by UPN.</summary>
public sealed class RequestPeople : IDisposable
{
    private readonly TestMirror mirror = new();
    private readonly MirrorReader reader;

    public RequestPeople()
    {
        mirror.ImportText(Event.All(new Event("a", "2026-03-01T09:00:00Z", "Update user")
        {
            Targets = [Event.Target(RequestLog.Id("U1"), "Uma", upn: RequestLog.Upn("U1"))],
        }));
        reader = MirrorReader.Open(mirror.Path);
        People = new(reader);
    }

    internal People People { get; }

    public void Dispose()
    {
        reader.Dispose();
        mirror.Dispose();
    }
}
