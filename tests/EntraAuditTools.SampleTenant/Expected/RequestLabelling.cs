namespace EntraAuditTools.SampleTenant;

/// <summary>Labels from the events that are truly in the log.</summary>
internal static class RequestLabelling
{
    public static IReadOnlyList<RequestLabel> All(Tenant tenant)
    {
        var labels = new List<(RequestLabel Label, long First, long Last)>();
        foreach (var trail in Trails(tenant))
            labels.AddRange(trail.Labels());
        labels.Sort((left, right) => (left.First, left.Label.RequestId).CompareTo((right.First, right.Label.RequestId)));
        var together = labels.GroupBy(item => (item.Label.Kind, item.Label.Subject.Id, item.Label.Package.Id))
            .ToDictionary(group => group.Key, group => group.ToList());
        return
        [
            .. labels.Select(item => item.Label with
            {
                IsAmbiguous = together[(item.Label.Kind, item.Label.Subject.Id, item.Label.Package.Id)].Exists(other =>
                    other.Label != item.Label && other.First <= item.Last && other.Last >= item.First),
            }),
        ];
    }

    /// <summary>Every scenario of requests with its events.</summary>
    public static IEnumerable<LoggedTrail> Trails(Tenant tenant) => tenant.Plan.Long
        .Where(scenario => ScenarioCatalog.RequestScenarioOf(scenario.Kind) is not null)
        .Select(scenario => new LoggedTrail(
            RequestTrail.Of(new ScenarioContext(tenant, scenario.Seed, scenario.Start),
                ScenarioCatalog.RequestScenarioOf(scenario.Kind)!.Value), scenario));
}
