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
    Package  puts the staged module, with code compiled ahead of time and a list of its files and their SHA-256, into artifacts/package
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
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Mutate', 'Trust', 'Package')]
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
    [string[]] $ReadyToRun = @('win-x64', 'linux-x64', 'linux-arm64', 'osx-x64', 'osx-arm64')
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

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

function New-Package {
    Invoke-DotNet build src/EntraAuditTools.PowerShell -c $Configuration "-p:ReadyToRunFor=$($ReadyToRun -join '+')"
    $module = Join-Path $PSScriptRoot 'artifacts/module/EntraAuditTools'
    $version = (Import-PowerShellDataFile (Join-Path $module 'EntraAuditTools.psd1')).ModuleVersion
    $root = Join-Path $PSScriptRoot 'artifacts/package/EntraAuditTools'
    if (Test-Path $root) { Remove-Item $root -Recurse }
    $package = Join-Path $root $version
    $null = New-Item $package -ItemType Directory
    Copy-Item (Join-Path $module '*') $package -Recurse
    Copy-Item LICENSE $package

    # The list is written last and does not name itself; `sha256sum -c FILES.sha256` checks it.
    $lines = Get-ChildItem $package -Recurse -File | Sort-Object FullName | ForEach-Object {
        $name = [System.IO.Path]::GetRelativePath($package, $_.FullName).Replace('\', '/')
        '{0}  {1}' -f (Get-FileHash $_.FullName -Algorithm SHA256).Hash.ToLowerInvariant(), $name
    }
    [System.IO.File]::WriteAllText((Join-Path $package 'FILES.sha256'), ($lines -join "`n") + "`n")

    $zip = Join-Path $PSScriptRoot "artifacts/package/EntraAuditTools-$version.zip"
    if (Test-Path $zip) { Remove-Item $zip }
    [System.IO.Compression.ZipFile]::CreateFromDirectory($root, $zip, 'Optimal', $true)
    [pscustomobject]@{ Package = $zip; Files = @($lines).Count; Sha256 = (Get-FileHash $zip -Algorithm SHA256).Hash.ToLowerInvariant() }
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
            'Package' { New-Package }
        }
    }
}
finally {
    Pop-Location
}
