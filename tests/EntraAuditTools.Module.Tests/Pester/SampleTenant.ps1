# What the Pester files of entitlement management share: dot-sourced in BeforeAll, after Common.ps1. What a test expects it reads from the
# exports of the sample tenant, which are plain Graph JSON.

$script:Tenant = Join-Path $RepositoryRoot 'seeds/sample-tenant'
# Exports of two days, asked for as of the second: answers depend neither on the clock nor on the files' dates.
$script:Earlier = '2026-10-04T00:00Z'
$script:At = '2026-11-01T00:00Z'

function Read-Export([string[]] $path) {
    # The records of exports: pages, or one object.
    foreach ($file in $path) { $json = Get-Content $file -Raw | ConvertFrom-Json -DateKind String; if ($json.PSObject.Properties['value']) { $json.value } else { $json } }
}

function Import-SampleState {
    # The exports of both days into a mirror.
    param([Parameter(Mandatory)] [string] $Mirror)
    Import-AuditExport "$Tenant/entitlement/2026-10-04" -ObservedAt $Earlier -Mirror $Mirror -WarningAction SilentlyContinue | Out-Null
    Import-AuditExport "$Tenant/directory/users.json", "$Tenant/directory/groups.json" -ObservedAt $At -Mirror $Mirror -WarningAction SilentlyContinue | Out-Null
    foreach ($group in 'All engineers', 'Engineers Berlin', 'Interns') {
        Import-AuditExport "$Tenant/directory/members-$($group -replace ' ', '-').json" -Group $group -Complete -ObservedAt $At -Mirror $Mirror -WarningAction SilentlyContinue | Out-Null
    }
    Import-AuditExport "$Tenant/entitlement", "$Tenant/entitlement/assignments" -ObservedAt $At -Mirror $Mirror -WarningAction SilentlyContinue | Out-Null
}

# The logs end on 30 October: what asks for the last week or month asks up to here, whatever day it is.
$script:LogEnd = '2026-10-31T00:00Z'

function Import-SampleTenant {
    # The whole tenant, as an admin would import it: the states of both days, both logs, the jobs, the applications.
    param([Parameter(Mandatory)] [string] $Mirror)
    Import-SampleState $Mirror
    Import-AuditExport "$Tenant/graph/directoryAudits", "$Tenant/unified-audit" -Mirror $Mirror -WarningAction SilentlyContinue -InformationAction Ignore | Out-Null
    Import-AuditExport "$Tenant/provisioning/provisioningObjectSummary", "$Tenant/provisioning/synchronizationJob*", "$Tenant/directory/servicePrincipals.json", "$Tenant/directory/applications.json" -ObservedAt $At -Mirror $Mirror -WarningAction SilentlyContinue -InformationAction Ignore | Out-Null
}

function ConvertTo-SampleCommand([string] $code) {
    # A command line as it would be typed on the day after the sample's last: -Last counts back from the end of its logs, and states are asked
    # for as of 1 November, unless the line says when.
    $ast = [Management.Automation.Language.Parser]::ParseInput($code, [ref]$null, [ref]$null)
    $calls = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | Sort-Object { $_.Extent.EndOffset } -Descending
    foreach ($call in $calls) {
        $command = Get-Command $call.GetCommandName() -Module EntraAuditTools -ErrorAction Ignore
        if (-not $command) { continue }
        $given = @($call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } | ForEach-Object ParameterName)
        $add = if ($command.Parameters.ContainsKey('DifferenceTime')) {
            $values = @($call.CommandElements | Select-Object -Skip 1 | Where-Object { $_ -isnot [Management.Automation.Language.CommandParameterAst] })
            if ($values.Count -lt 2 -or $given -contains 'ReferenceTime') { " -DifferenceTime $At" }
        }
        elseif ($command.Name -eq 'Compare-AuditActivity' -and $given -notcontains 'Before') { " -Before $LogEnd" }
        elseif ($given -contains 'Last' -and $given -notcontains 'Before') { " -Before $LogEnd" }
        elseif ($command.Parameters.ContainsKey('AsOf') -and -not ($given | Where-Object { $_ -in 'AsOf', 'After', 'Before' })) { " -AsOf $At" }
        if ($add) { $code = $code.Insert($call.Extent.EndOffset, $add) }
        # A month before the sample's last day, not before today.
        $month = $call.CommandElements | Where-Object { $_.Extent.Text -eq '1month' -and $given -contains 'ReferenceTime' }
        if ($month) {
            $code = $code.Remove($month.Extent.StartOffset, $month.Extent.Text.Length).Insert($month.Extent.StartOffset, ([datetimeoffset]$At).AddMonths(-1).ToString('o'))
        }
    }
    $code
}

function Get-End($assignment) {
    # By a date, by a duration from the start, or never.
    $expiration = $assignment.schedule.expiration
    if ($expiration.endDateTime) { [datetimeoffset]$expiration.endDateTime }
    elseif ($expiration.type -eq 'afterDuration') { ([datetimeoffset]$assignment.schedule.startDateTime).Add([Xml.XmlConvert]::ToTimeSpan($expiration.duration)) }
}

function Test-Held($assignment, $when = $At) {
    $end = Get-End $assignment
    $assignment.state -in 'delivered', 'partiallyDelivered', 'delivering' -and (-not $end -or $end -gt [datetimeoffset]$when)
}

function Complete([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches }

function Get-Widest([string] $text) { ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum }
