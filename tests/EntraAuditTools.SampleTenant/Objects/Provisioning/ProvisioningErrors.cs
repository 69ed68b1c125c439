namespace EntraAuditTools.SampleTenant;

/// <summary>Errors as they are documented for the provisioning log; the codes of a target carry its name in front.</summary>
internal static class ProvisioningErrors
{
    private const string Failure = "failure";
    private const string NonService = "nonServiceFailure";

    private static readonly (bool Prefixed, ProvisioningError Error)[] OfWrites =
    [
        (true, new("EntryConflict", "An entry with the same userName already exists in the target system.", NonService,
            "Change the conflicting value in the source, or remove the other object from the target system.", "409 Conflict")),
        (false, new("TooManyRequests", "The target system received more requests than it takes in this time.", Failure,
            "Nothing: the service slows down and tries again.", "429 Too Many Requests")),
        (false, new("InternalServerError", "The target system answered with an unexpected error.", Failure,
            "The service tries again in 40 minutes. If it goes on, ask the owner of the target system.", "500 Internal Server Error")),
        (false, new("InsufficientRights", "The credentials may not write this object in the target system.", NonService,
            "Give the account more rights in the target system.")),
        (true, new("UnprocessableEntity", "The target system did not accept a value of the request.", NonService,
            "Check the attribute mappings against what the target system accepts.", "422 Unprocessable Entity")),
        (false, new("MandatoryFieldsMissing", "A required attribute (employeeId) has no value.", NonService,
            "Fill the attribute in the source, or map a default.")),
        (false, new("Timeout", "The target system did not answer within 60 seconds.", Failure, "The service tries again in 40 minutes.")),
        (false, new("SystemForCrossDomainIdentityManagementServiceIncompatible",
            "The target system did not understand the request: 400 Bad Request", NonService,
                "Check that the target system conforms to SCIM.")),
        (false, new("WebExceptionProtocolError", "The target system broke off the connection.", Failure,
            "The service tries again in 40 minutes.")),
        (false, new("InvalidAnchor", "The object that was created before is no longer in the target system.", NonService,
            "Restart provisioning so that the object is matched again.")),
    ];

    /// <summary>What escrow retries: errors that pass.</summary>
    private static readonly ProvisioningError[] OfRetries = [.. OfWrites.Select(write => write.Error)
        .Where(error => error.Category == Failure)];

    public static readonly ProvisioningError Duplicates =
        new("DuplicateTargetEntries", "More than one object of the target system matches.", NonService,
            "Remove the duplicates in the target system, or choose another matching attribute.");

    public static readonly ProvisioningError Skipped =
        new("EntrySynchronizationSkipped", "The object is not in scope by the scoping filters.", "success",
            "Change the scoping filters if the object is to be provisioned.");

    public static readonly ProvisioningError ImportSkipped =
        new("ImportSkipped", "The object was left out since an expression of the mappings could not be evaluated.", "success",
            "Check the expression.");

    public static readonly ProvisioningError LeftOut =
        new("SchemaPropertyCanOnlyAcceptValue", "The value of costCenter is none that the target system accepts; it was left out.",
            NonService, "Correct the value in the source.");

    public static ProvisioningError Write(SampleRandom random, ProvisioningJob job)
    {
        var (prefixed, error) = random.Pick(OfWrites);
        return prefixed ? error with { Code = job.ErrorPrefix + error.Code } : error;
    }

    public static ProvisioningError Retried(SampleRandom random) => random.Pick(OfRetries);

    public static ProvisioningError Credentials(ProvisioningJob job) =>
        new(job.ErrorPrefix + "InvalidCredentials", "We were unable to authenticate to the target system.", Failure,
            "Check the admin credentials and test the connection.", "401 Unauthorized");

    public static ProvisioningError Group(SampleRandom random, ProvisioningJob job) => random.Chance(50)
        ? new(job.ErrorPrefix + "EntryConflict", "A group with the same name already exists in the target system.", NonService,
            "Rename one of the groups, or delete the one in the target system.", "409 Conflict")
        : Duplicates;

    public static ProvisioningError Dropbox(SampleRandom random, ProvisioningJob job) => random.Below(3) switch
    {
        0 => new("LicenseLimitExceeded", "There is no licence left for this user in the target system.", NonService,
            "Buy licences or remove users in the target system."),
        1 => new(job.ErrorPrefix + "EntryConflict", "A team member with this address already exists.", NonService,
            "Remove the team member or invite another address.", "409 Conflict"),
        _ => new("InvalidDomain", "The domain of the user's address is not verified in the target system.", NonService,
            "Verify the domain in the target system."),
    };

    public static ProvisioningError CrossTenant(SampleRandom random) => random.Chance(50)
        ? new("AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService",
            "The user in the target tenant originates in another service and cannot be written.", NonService,
                "Change the user where it originates.")
        : new("AzureDirectoryB2BManagementPolicyCheckFailure",
            "The cross-tenant access policy does not let users be invited automatically.", NonService,
            "Let the target tenant's policy redeem invitations automatically.");

    public static ProvisioningError Worker(SampleRandom random, ProvisioningJob job) => random.Below(3) switch
    {
        0 => new(job.ErrorPrefix + "ConstraintViolation", "The manager of the worker was not found in the target.", NonService,
            "Provision the manager first."),
        1 => new("DuplicateSourceEntries", "More than one worker has this employee number.", NonService,
            "Correct the employee number in the source."),
        _ => new("MissingValues", "The worker has no value for userPrincipalName.", NonService,
            "Fill the attribute in the source, or map a default."),
    };
}
