namespace EntraAuditTools.Core.Catalog;

/// <summary>What an activity means for requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Where in the request's life it belongs.</param>
/// <param name="Effect">What it does to the status.</param>
/// <param name="Type">The kind of request that it makes or is part of; null where that can be any.</param>
/// <param name="End">Why the assignment ends; null for those that end none;
/// <see cref="EndReason.Service"/> for the service's own removals.</param>
internal sealed record RequestActivity(string Name, RequestPhase Phase, RequestEffect Effect, RequestType? Type, EndReason? End);
