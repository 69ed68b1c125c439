namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>A call of a custom extension, as a request or its assignment contains it (Graph <c>customExtensionCalloutInstance</c>): it does
/// not say when.</summary>
/// <param name="Extension">Name of the extension, else its id; null when not exported.</param>
/// <param name="Status">Graph's word: <c>calloutSent</c>, <c>callbackReceived</c>, <c>calloutFailed</c>, <c>callbackTimedOut</c>,
/// <c>waitingForCallback</c>; null when not exported.</param>
/// <param name="Detail">What the extension answered; null for nothing.</param>
/// <param name="Run">Id of the run of its logic app; null when not exported.</param>
internal sealed record ExtensionCallout(string? Extension, string? Status, string? Detail, string? Run)
{
    /// <summary>Whether the call, or the answer to it, failed.</summary>
    public bool Failed => Status is "calloutFailed" or "callbackTimedOut";

    /// <summary>In words: "Custom extension Onboarding: callback timed out".</summary>
    public string Words => $"Custom extension {Extension ?? "(not named)"}: " + Status switch
    {
        "calloutSent" => "called",
        "callbackReceived" => "answered",
        "calloutFailed" => "call failed",
        "callbackTimedOut" => "callback timed out",
        "waitingForCallback" => "waiting for its callback",
        null => "status not told",
        _ => Status,
    };

    /// <summary>The result as events have it; null while it is under way.</summary>
    public string? Result => Failed ? "failure" : Status == "callbackReceived" ? "success" : null;
}
