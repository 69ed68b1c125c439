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
