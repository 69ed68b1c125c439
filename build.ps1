#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Builds, tests, shows, measures or packages EntraAuditTools.
.DESCRIPTION
    Each task is a plain dotnet command underneath; this script is for those who live in PowerShell.

    Build    compiles everything and stages the module in artifacts/module/EntraAuditTools
    Test     runs every test: xunit, and the Pester suite in the PowerShell that .config/dotnet-tools.json pins
    Demo     imports the bundled sample tenant and prints the main answers
    Bench    imports 300,000 generated records and prints rates, sizes and latencies beside a plain baseline
    Mutate   changes the rules that decide answers, one place at a time, and shows which changes no test notices (half an hour)
    Trust    tries what docs/reliability.md promises at random, for so many minutes
    Package  makes what is published, in artifacts/package: the module as a package of the Gallery and as a zip, with code compiled ahead of
             time, the program as a .NET tool, what is in each, and their SHA-256
    Reproduce makes the packages of the last commit twice, in two clean clones, and compares them byte for byte
.EXAMPLE
    ./build.ps1
    Import-Module ./artifacts/module/EntraAuditTools

    Builds in Release and imports what was built.
.EXAMPLE
    ./build.ps1 -Task Build, Test -Configuration Debug
.EXAMPLE
    ./build.ps1 -Task Bench -Records 1000000
.EXAMPLE
    ./build.ps1 -Task Trust -Minutes 60 -Seed random
#>
[CmdletBinding()]
param(
    # What to do, in this order.
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Mutate', 'Trust', 'Package', 'Reproduce')]
    [string[]] $Task = 'Build',

    # Debug or Release.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # How many records Bench generates.
    [ValidateRange(1000, 100000000)]
    [int] $Records = 300000,

    # How many minutes Trust runs, all campaigns together.
    [ValidateRange(0.1, 100000)]
    [double] $Minutes = 5,

    # The first seed of Trust: a number, or random.
    [ValidatePattern('^(\d+|random)$')]
    [string] $Seed = '1',

    # What Package compiles ahead of time for (docs/decisions/ready-to-run-in-packages.md); none makes the small package.
    [ValidateSet('win-x64', 'win-arm64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64')]
    [AllowEmptyCollection()]
    [string[]] $ReadyToRun = @('win-x64', 'linux-x64', 'osx-arm64')
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Import-Module $PSScriptRoot/packaging/Packaging.psm1 -Force

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE." }
}

function Invoke-Mutation {
    # Stryker is pinned beside its settings, not at the root: whoever only tests does not fetch it.
    Push-Location tests/EntraAuditTools.Mutation
    try {
        Invoke-DotNet tool restore
        Invoke-DotNet stryker
    }
    finally {
        Pop-Location
    }
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build -c $Configuration }
            'Test' { Invoke-DotNet test -c $Configuration }
            'Demo' { Invoke-DotNet run --project src/EntraAuditTools.Cli -c $Configuration -- demo }
            'Bench' { Invoke-DotNet run --project tests/EntraAuditTools.Benchmarks -c Release -- --records $Records }
            'Mutate' { Invoke-Mutation }
            'Trust' {
                $length = $Minutes.ToString([cultureinfo]::InvariantCulture)
                Invoke-DotNet run --project tests/EntraAuditTools.Trust -c Release -- --minutes $length --seed $Seed
            }
            'Package' { New-Package -Configuration $Configuration -ReadyToRun $ReadyToRun }
            'Reproduce' { Test-Reproduction -ReadyToRun $ReadyToRun }
        }
    }
}
finally {
    Pop-Location
}
