# Every example of the help, run on the sample tenant: what asks something gets an answer.

BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    # The sample tenant has none of these: nothing of it was interrupted.
    $noAnswer = "Get-AuditImport | Where-Object Status -eq 'Interrupted'"
    # Does something and says nothing, or only says something where there is nothing yet, or where an older version read the mirror.
    $silent = 'Set-AuditMirror ./case-17.db*', 'Add-Content*', 'if (-not*', '*-WhatIf', '*Update-AuditMirror*'
    $examples = foreach ($command in Get-Command -Module EntraAuditTools -CommandType Cmdlet) {
        foreach ($example in (Get-Help $command.Name -Full).examples.example) {
            $code = $example.code.Trim()
            # They need a server: TeamMirrorTests runs them with one.
            if ($command.Name -in 'Copy-AuditMirror', 'Initialize-AuditMirror' -or $code -eq 'Set-AuditMirror service=audit') { continue }
            @{ command = $command.Name; title = ($example.title -replace '^[\s-]*(Example \d+: )?|[\s-]*$'); code = $code; answers = $code -ne $noAnswer -and -not ($silent | Where-Object { $code -like $_ -and $code -notlike '*Get-AuditActivity -Last*' }) }
        }
    }
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $sample = New-TestMirror
    if (Test-Path "$Tenant/entitlement/assignments") {
        Import-SampleTenant $sample
        # The sample's users were exported without their managers: one is told here, for the example that asks for them.
        $people = Read-Export "$Tenant/directory/users.json"
        $adele = $people | Where-Object userPrincipalName -eq 'adele.abadi@harborline.example'
        $managed = $people | Where-Object userPrincipalName -eq 'olive.marsh@harborline.example' | Select-Object *, @{ name = 'manager'; expression = { @{ '@odata.type' = '#microsoft.graph.user'; id = $adele.id } } }
        ConvertTo-Json @{ '@odata.context' = 'https://graph.microsoft.com/v1.0/$metadata#users(manager())'; value = @($managed) } -Depth 6 | Import-AuditExport -ObservedAt $At -Mirror $sample -WarningAction SilentlyContinue | Out-Null
    }

    # What the examples find on an admin's disk.
    $disk = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))).FullName
    $downloads = New-Item -ItemType Directory "$disk/home/Downloads/entra" -Force
    Copy-Item "$Tenant/portal/AuditLogs_2026-10-31.csv", "$Tenant/graph/directoryAudits.jsonl" $downloads
    Copy-Item "$Tenant/portal/AuditLogs_2026-10-31.csv" $disk
    Copy-Item "$Tenant/graph/directoryAudits.jsonl.gz" "$disk/audit.json.gz"
    Copy-Item "$Tenant/graph/directoryAudits.jsonl" "$disk/october.json"
    @(Get-Content "$Tenant/graph/directoryAudits.jsonl" -First 3) + '{"id":"Directory_x","activityDisplayName":"Update user","activityDateTime":"never"}' | Set-Content "$disk/audit.json"
    '"When","What"', '"2026-10-01T08:00:00Z","Update user"' | Set-Content "$disk/audit.csv"
    Copy-Item "$Tenant/portal/Assignments_Night-shift_2026-10-31.csv" "$disk/Night shift.csv"
    foreach ($folder in 'case-17', 'exports', 'cases') { New-Item -ItemType Directory "$disk/$folder" | Out-Null }
    Copy-Item "$Tenant/graph/directoryAudits.jsonl" "$disk/case-17"
    Copy-Item "$Tenant/graph/directoryAudits.jsonl" "$disk/exports"
    Copy-Item $sample "$disk/cases/one.db"

    # The Graph SDK, answering from the sample's exports.
    function Get-MgUser { param($Filter, [switch] $All) Read-Export "$Tenant/directory/users.json" | Where-Object department -eq ($Filter -replace "^department eq '(.*)'$", '$1') }
    function Get-MgAuditLogDirectoryAudit { param([switch] $All) Read-Export "$Tenant/powershell/Get-MgAuditLogDirectoryAudit.json" }
    function Get-MgServicePrincipalSynchronizationJob { param($ServicePrincipalId, [switch] $All) Read-Export "$Tenant/provisioning/synchronizationJobs-ServiceNow.json" }
    function Get-MgEntitlementManagementAssignment { param([switch] $All, $ExpandProperty) Read-Export "$Tenant/powershell/Get-MgEntitlementManagementAssignment.json" }
    function Get-MgGroupMember { param($GroupId, [switch] $All) Read-Export "$Tenant/directory/members-Interns.json" }
    $id = (Read-Export "$Tenant/directory/groups.json")[0].id
    $PROFILE = "$disk/profile.ps1"
}

AfterAll { Set-AuditMirror -Default; Set-AuditMirror -TimeZone Utc }

Describe 'Example of <command>' -Skip:(-not $hasTenant) -ForEach $examples {
    BeforeAll {
        Push-Location $disk
        $provider = Get-PSProvider FileSystem
        $home1 = $provider.Home
        $provider.Home = "$disk/home"
        # What imports does so into a mirror of its own; what asks has the sample's.
        $own = New-TestMirror
        if ($code -match 'Import-AuditExport') { Copy-Item $sample $own }
        Set-AuditMirror $(if ($code -match 'Import-AuditExport') { $own } else { $sample })
        Get-ChildItem $disk -File -Filter *.csv | Where-Object Name -NotIn 'audit.csv', 'Night shift.csv', 'AuditLogs_2026-10-31.csv' | Remove-Item
    }
    AfterAll { $provider.Home = $home1; Pop-Location; Set-AuditMirror $sample }

    It '<title>' {
        # As people type it: a session is not strict, the suite is.
        Set-StrictMode -Off
        $script = [scriptblock]::Create((ConvertTo-SampleCommand $code))
        $rows = @(. $script -ErrorAction Stop 3>&1 6>$null)
        $said = @($rows | Where-Object { $_ -is [Management.Automation.WarningRecord] })
        # A name that the sample does not have would answer nothing.
        "$said" | Should -Not -Match 'This mirror knows no'
        $answer = @($rows | Where-Object { $_ -isnot [Management.Automation.WarningRecord] })
        if ($code -match 'Export-Csv (?<file>\S+)') { $answer = @(Import-Csv $Matches.file) }
        if ($answers) { $answer | Should -Not -BeNullOrEmpty -Because (ConvertTo-SampleCommand $code) }
        ($answer | Out-String).Trim().Length -gt 0 | Should -Be $($answer.Count -gt 0)
    }
}
