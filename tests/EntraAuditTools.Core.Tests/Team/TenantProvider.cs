using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Team;

public sealed partial class TenantRightsTests
{
    /// <summary>
    /// A provider's mirror of two tenants, and who may ask about each. Half of their exports were there when the rights were given; the rest
    /// came later.
    /// </summary>
    public sealed class Provider : IDisposable
    {
        private static int logins;

        private readonly string folder = Directory.CreateTempSubdirectory("entraaudit-tenants-").FullName;
        private readonly Dictionary<string, (TeamMirror Reader, TestMirror Alone)> readers = [];
        private TeamMirror? owner;

        internal TeamMirror Owner => owner!;

        internal static string Login()
        {
            var name = FormattableString.Invariant($"tenantly{Interlocked.Increment(ref logins)}");
            PostgreSqlCluster.Get().Execute("postgres", $"CREATE ROLE {name} LOGIN");
            return name;
        }

        internal (TeamMirror Reader, TestMirror Alone) Get(string tenant)
        {
            if (owner == null) Fill();
            return readers[tenant];
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            owner?.Dispose();
            foreach (var (reader, alone) in readers.Values)
            {
                reader.Dispose();
                alone.Dispose();
            }

            Directory.Delete(folder, recursive: true);
        }

        private void Fill()
        {
            owner = new(PostgreSqlCluster.Get().NewDatabase());
            (string Tenant, string[] Files)[] exports =
                [(TenantExports.Harborline, TenantExports.OfHarborline), (TenantExports.Quillmark, TenantExports.WriteQuillmark(folder))];
            foreach (var (tenant, files) in exports) Import(tenant, files[..(files.Length / 2)]);
            foreach (var (tenant, _) in exports)
            {
                var login = Login();
                owner.Location.Initialize(new([login], [], []) { Tenants = [tenant.ToUpperInvariant()] }, false, null, CancellationToken.None);
                readers.Add(tenant, (new(PostgreSqlCluster.Get().NameOf(owner.Server.Database, login)), new()));
                readers[tenant].Reader.Refresh();
            }

            foreach (var (tenant, files) in exports.AsEnumerable().Reverse())
            {
                Import(tenant, files[(files.Length / 2)..]);
                foreach (var (reader, _) in readers.Values) reader.Refresh();
            }

            foreach (var (tenant, files) in exports)
            {
                var alone = readers[tenant].Alone;
                foreach (var half in new[] { files[..(files.Length / 2)], files[(files.Length / 2)..] })
                    alone.Import(new ImportOptions { MirrorPath = alone.Path, Tenant = tenant }, half);
            }
        }

        private void Import(string tenant, string[] files) =>
            owner!.Import(new ImportOptions { MirrorPath = owner.Copy, Server = owner.Server, Tenant = tenant }, files);
    }
}
