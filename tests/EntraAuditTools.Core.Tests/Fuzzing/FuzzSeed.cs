namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>What a seed's bytes are, for the mutations that know.</summary>
internal enum SeedForm
{
    /// <summary>One or more JSON documents.</summary>
    Json,

    /// <summary>A table.</summary>
    Csv,

    /// <summary>Packed.</summary>
    Packed,
}

/// <summary>A small export that is read as it is.</summary>
/// <param name="Name">A file's name.</param>
/// <param name="Form">What it is.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record FuzzSeed(string Name, SeedForm Form, byte[] Bytes);
