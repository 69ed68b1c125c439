namespace EntraAuditTools.SampleTenant;

/// <summary>When and as what a piece of provisioning happens; everything else follows from the seed.</summary>
/// <param name="Case">What happens.</param>
/// <param name="Seed">What its facts follow from.</param>
/// <param name="Start">UTC ticks of the first try.</param>
/// <param name="Ticks">UTC ticks of this try.</param>
/// <param name="Attempt">0 for the first.</param>
/// <param name="Attempts">How many there are in all.</param>
/// <param name="InAuditLog">Whether the audit log has it.</param>
internal readonly record struct ProvisioningMoment(ProvisioningCase Case, ulong Seed, long Start, long Ticks, int Attempt = 0,
    int Attempts = 1, bool InAuditLog = false)
{
    /// <summary>The last retry of what works in the end.</summary>
    public bool Recovers => Case == ProvisioningCase.EscrowRecovered && Attempt == Attempts - 1;
}
