using System.IO.Compression;
using System.Text.Json;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Core.Tests.Samples;

/// <summary>The generator is what other tests trust: its promises are checked here.</summary>
public sealed class SampleTenantTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(399)]
    [InlineData(5000)]
    public void HasExactlyTheEventsAskedFor(int records)
    {
        var options = new SampleTenantOptions { AuditRecords = records };
        var events = AuditEvents.Enumerate(new Tenant(options)).ToList();

        Assert.Equal(records, events.Count);
        Assert.Equal(records, events.Select(audit => audit.Id).Distinct().Count());
        Assert.All(events, audit => Assert.InRange(audit.Ticks, options.From.UtcTicks, options.To.UtcTicks - 1));
    }

    [Fact]
    public void NewestFirstIsTheReverseOfOldestFirst()
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = 5000 });
        var newest = AuditEvents.Enumerate(tenant).Select(Text).ToList();
        var oldest = AuditEvents.Enumerate(tenant, newestFirst: false).Select(Text).ToList();

        oldest.Reverse();
        Assert.Equal(oldest, newest);
        Assert.Equal(newest.OrderByDescending(text => text[..19], StringComparer.Ordinal), newest);

        static string Text(AuditEvent audit) =>
            $"{audit.Ticks:D19} {audit.Id} {audit.Activity} {string.Join(';', audit.Targets.SelectMany(target => target.Properties))}";
    }

    [Fact]
    public void AnotherSeedIsAnotherTenant()
    {
        var one = AuditEvents.Enumerate(new Tenant(new SampleTenantOptions { Seed = 1 })).Select(audit => audit.Id).ToHashSet();
        Assert.DoesNotContain(AuditEvents.Enumerate(new Tenant(new SampleTenantOptions { Seed = 2 })), audit => one.Contains(audit.Id));
    }

    [Fact]
    public void FitsIntoAShortPeriod()
    {
        var from = new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        var options = new SampleTenantOptions { AuditRecords = 500, From = from, To = from.AddMinutes(10) };
        Assert.All(AuditEvents.Enumerate(new Tenant(options)), audit =>
            Assert.InRange(audit.Ticks, options.From.UtcTicks, options.To.UtcTicks - 1));
    }

    [Fact]
    public void EveryRequestLeavesTheTrailOfItsOutcome()
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = 20_000 });
        var byTarget = AuditEvents.Enumerate(tenant)
            .SelectMany(audit => audit.Targets.Select(target => (target.Id, audit.Activity)))
            .ToLookup(pair => pair.Id, pair => pair.Activity);
        // The last long scenario may be cut off when the log is full, and logs have holes.
        var whole = RequestLabel.All(tenant).Where(label => label.MissingEvents == 0).Select(label => label.RequestId).ToHashSet();
        var requests = EntitlementRequest.All(tenant).Where(request => whole.Contains(request.RequestId)).ToList();

        Assert.Equal(Enum.GetValues<RequestOutcome>(), requests.Select(request => request.Outcome).Distinct().Order());
        Assert.All(requests, request => Assert.NotEmpty(byTarget[request.RequestId]));
        Assert.All(requests.Where(request => request.Outcome == RequestOutcome.Denied),
            request => Assert.Contains("Request denied", byTarget[request.RequestId]));
        Assert.All(requests.Where(request => request.DeliveredAfter is null),
            request => Assert.DoesNotContain(byTarget[request.RequestId],
                activity => activity.StartsWith("Fulfill access package assignment", StringComparison.Ordinal)));
        Assert.All(requests.Where(request => request.Outcome == RequestOutcome.Pending),
            request => Assert.DoesNotContain("Approve access package assignment request", byTarget[request.RequestId]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void TheCommittedSampleIsWhatTheGeneratorWrites(string culture)
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        string fresh = Directory.CreateTempSubdirectory("sample-tenant-").FullName;
        string seeds = Path.Combine(Repository.Root, "seeds", "sample-tenant");
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
            SampleTenantWriter.WriteAll(fresh, new SampleTenantOptions());

            Assert.Equal(Files(seeds), Files(fresh));
            foreach (string file in Files(fresh))
                Assert.True(Content(Path.Combine(seeds, file)).SequenceEqual(Content(Path.Combine(fresh, file))),
                    $"{file} differs: write the sample anew.");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
            Directory.Delete(fresh, recursive: true);
        }
    }

    [Fact]
    public void TheReadmeSaysWhatTheSampleHas()
    {
        string folder = Directory.CreateTempSubdirectory("sample-tenant-").FullName;
        try
        {
            var summary = SampleTenantWriter.WriteAll(folder, new SampleTenantOptions());
            string readme = File.ReadAllText(Path.Combine(Repository.Root, "seeds", "README.md"));

            Assert.Contains($"**{summary.DirectoryEvents} directory audit events** and **{summary.UnifiedEvents} unified audit log "
                + $"records**", readme, StringComparison.Ordinal);
            Assert.Matches($@"\*\*{summary.ProvisioningEntries} entries of the\s+provisioning log\*\* and \*\*{summary.SynchronizationJobs} synchronization jobs\*\*", readme);
            Assert.All(summary.Files,
                file => Assert.Matches($@"(?m)^\| `{System.Text.RegularExpressions.Regex.Escape(file.Path)}` \| .* \| {file.Records} \|$",
                    readme));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TheGraphChainOfTheSampleIsTheWholeLog()
    {
        var tenant = new Tenant(new SampleTenantOptions());
        var ids = AuditEvents.Enumerate(tenant).Select(audit => audit.Id).ToHashSet();
        string seeds = Path.Combine(Repository.Root, "seeds", "sample-tenant");
        var chain = new HashSet<string>();
        foreach (string page in Directory.EnumerateFiles(Path.Combine(seeds, "graph", "directoryAudits")))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(page));
            foreach (var audit in document.RootElement.GetProperty("value").EnumerateArray())
                Assert.True(chain.Add(audit.GetProperty("id").GetString()!));
        }

        Assert.Equal(ids.Order(), chain.Order());
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))
            .Order(StringComparer.Ordinal)];

    // Compressors differ between runtimes; what is inside may not.
    private static byte[] Content(string path)
    {
        using var stream = File.OpenRead(path);
        using var content = new MemoryStream();
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            gzip.CopyTo(content);
        }
        else if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = new ZipArchive(stream);
            foreach (var entry in zip.Entries)
            {
                content.Write(System.Text.Encoding.UTF8.GetBytes(entry.FullName));
                using var part = entry.Open();
                part.CopyTo(content);
            }
        }
        else
        {
            stream.CopyTo(content);
        }

        return content.ToArray();
    }
}
