<#
.SYNOPSIS
    Runs the Pester files of a folder and writes what became of each test as JSON.
.DESCRIPTION
    Started by the xunit project, once per `dotnet test`. To work on the files themselves:

        dotnet build
        dotnet tool run pwsh
        Import-Module ./tests/EntraAuditTools.Module.Tests/bin/Debug/net8.0/modules/Pester
        Invoke-Pester ./tests/EntraAuditTools.Module.Tests/Pester -Output Detailed
#>
[CmdletBinding()]
param(
    # Folder with *.Tests.ps1.
    [Parameter(Mandatory)] [string] $Path,
    # JSON file to write.
    [Parameter(Mandatory)] [string] $Report,
    # The manifest of the Pester to run them with.
    [Parameter(Mandatory)] [string] $Pester
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

Import-Module $Pester

if (-not (Get-ChildItem -LiteralPath $Path -Recurse -Filter *.Tests.ps1)) {
    '[]' | Set-Content -LiteralPath $Report -Encoding utf8NoBOM
    exit 0
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Run.Exit = $false
$configuration.Output.Verbosity = 'None'
$configuration.Output.RenderMode = 'Plaintext'
$run = Invoke-Pester -Configuration $configuration

function Get-ErrorText($records) {
    $lines = foreach ($record in $records) {
        $record.Exception.Message
        $record.ScriptStackTrace -split "`n" | Where-Object { $_ -notmatch 'Pester\.psm?1:|Invoke-Suite\.ps1:' }
    }
    $lines -join "`n"
}

function Get-Reason($test) {
    # Set-ItResult -Because leaves its text in an error record; -Skip on a block leaves none.
    $text = @($test.ErrorRecord | ForEach-Object { $_.Exception.Message }) -join '; '
    if ($text -match 'because,? (?<why>.+)$') { $Matches.why } elseif ($text) { $text } else { 'marked -Skip in the Pester file' }
}

$outcomes = @(
    foreach ($test in $run.Tests) {
        [pscustomobject]@{
            name    = '{0}: {1}' -f (Split-Path -Leaf $test.ScriptBlock.File), $test.ExpandedPath
            result  = [string]$test.Result
            message = switch ($test.Result) {
                'Passed' { '' }
                'Skipped' { Get-Reason $test }
                'NotRun' { 'left out by a filter' }
                default { Get-ErrorText $test.ErrorRecord }
            }
        }
    }

    # What fails outside of tests: a file that does not parse, an AfterAll. Pester counts these apart and says nothing in its test list.
    foreach ($container in $run.FailedContainers) {
        [pscustomobject]@{ name = "$(Split-Path -Leaf $container.Item): the file"; result = 'Failed'; message = Get-ErrorText $container.ErrorRecord }
    }
    foreach ($block in $run.FailedBlocks) {
        [pscustomobject]@{ name = "$(Split-Path -Leaf $block.BlockContainer.Item): $($block.ExpandedPath) (setup or teardown)"; result = 'Failed'; message = Get-ErrorText $block.ErrorRecord }
    }
)
ConvertTo-Json -InputObject $outcomes -Depth 3 | Set-Content -LiteralPath $Report -Encoding utf8NoBOM
exit 0
