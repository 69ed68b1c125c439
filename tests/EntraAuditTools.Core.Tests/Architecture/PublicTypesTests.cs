using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Tests.Architecture;

/// <summary>
/// Core is no library for others: what people may rely on are the Model's types, which are approved name by name, the cmdlets and the program.
/// A public type here would be an API that nobody approved.
/// </summary>
public sealed class PublicTypesTests
{
    [Fact]
    public void Core_has_no_public_types() => Assert.Empty(typeof(MirrorReader).Assembly.GetExportedTypes().Select(type => type.FullName));
}
