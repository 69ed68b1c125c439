BeforeDiscovery {
    # A line of each cmdlet. What a run makes up (durations, paths) is left out of what is shown.
    $lines = @(
        "Import-AuditExport `$copy -WarningAction SilentlyContinue | Format-Table Status, Shape, Read, Added, Unchanged"
        "Import-AuditExport -InputObject @{ id = 'x1'; activityDisplayName = 'Add user'; activityDateTime = '2026-10-01T10:00:00Z'; category = 'UserManagement'; loggedByService = 'Core Directory'; result = 'success' } -Mirror `$own | Format-List Added, Status"
        "Import-AuditExport `$portal -ColumnMap @{ Wann = 'activityDateTime'; Was = 'activityDisplayName' } -Mirror `$own | Format-List Added, Rejected, Notes"
        "Get-AuditActivity -Target '*a*' -Before 2026-10-31T00:00Z -First 20"
        "Get-AuditActivity 'Add member to role*' -Last 60d -Before 2026-11-01T00:00Z -First 2 | Format-List"
        "Get-AuditActivity -First 3 -IncludeTotalCount | ConvertTo-Json -Depth 4 -WarningAction Ignore"
        "(Get-AuditActivity -First 1).Original; (Get-AuditActivity -First 1).Time.UtcTicks"
        "Get-AuditActivity -First 40 | Where-Object { `$_.InitiatedBy -like 'a*' } | Group-Object Activity -NoElement"
        "Measure-AuditActivity -By Actor, Day -Before 2026-11-01T00:00Z"
        "Get-AuditActivityType -Seen"
        "Get-ProvisioningLog -Status failure -First 10"
        "Get-ProvisioningEvent -First 10"
        "Get-ProvisioningSummary -After 2026-10-01T00:00Z -Before 2026-11-01T00:00Z"
        "Get-AccessPackage -AsOf 2026-11-01T00:00Z"
        "Get-AccessPackage -User 'Noor Aldana' -CanRequest -AsOf 2026-11-01T00:00Z"
        "Get-AccessPackageAssignment -AsOf 2026-11-01T00:00Z -First 10 | Get-AccessPackageRequest -AsOf 2026-11-01T00:00Z"
        "Compare-AccessPackageAssignment -After 2026-10-04T00:00Z -Before 2026-11-01T00:00Z"
        "Get-AccessPackageRequest -AsOf 2026-11-01T00:00Z -First 5 | Format-Custom"
        "Get-AccessPackageActivity -First 10"
        "Get-AccessPackageConflict -AsOf 2026-11-01T00:00Z"
        "Get-ResourceAssignment -AsOf 2026-11-01T00:00Z -First 10"
        "Get-ConnectedOrganization -AsOf 2026-11-01T00:00Z"
        "Get-AppRoleAssignmentActivity -First 10"
        "Get-AuditCoverage -After 2026-10-25T00:00Z -Before 2026-11-01T00:00Z"
        "Get-AuditImport -First 5; Get-AuditImport -First 1 | Get-AuditActivity -First 3"
        "Set-AuditMirror `$mirror -PassThru; Get-AuditMirror"
        "Test-AuditMirror | Format-List Result, Problems, Checks"
        "Update-AuditMirror | Format-List Imports, Rejected; 'no more'"
        "Backup-AuditMirror `$backup -Force | Format-List Imports, Checks"
        "`$null = Backup-AuditMirror `$backup -Force; Remove-AuditRecord -Before 2026-10-01T00:00Z -Mirror `$backup -Confirm:`$false | Format-List Activities"
        "Copy-AuditMirror `$backup -Force -Confirm:`$false | Format-List Records, Verified"
        "Initialize-AuditMirror -Mirror postgresql://eva@db.contoso.example/audit -Reader adam -WhatIf"
        "Remove-AuditRecord -Before 2026-10-02T00:00Z -Mirror `$backup -WhatIf"
        "Export-AuditRecord `$records -Last 60d -Before 2026-11-01T00:00Z -Force | Format-List Records, Masked, IsVerbatim"
        "Optimize-AuditMirror -Mirror `$backup | Format-List HasSearchIndex"
        "Compare-AuditActivity -By Activity -Before 2026-10-31T00:00Z -First 5"
        "Export-AuditReport `$report -Force | Format-List Name"
        "Invoke-AuditQuery 'SELECT time, activity, actor FROM activities WHERE actor LIKE @who ORDER BY time LIMIT 5' @{ who = '%harborline%' }"
        "[EntraAuditTools.AuditActivity].FullName"
        "Get-Help Get-AuditActivity | Out-String -Width 100"
    )
}

BeforeAll {
    . $PSScriptRoot/../Common.ps1
    . $PSScriptRoot/../SampleTenant.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    Import-SampleTenant $mirror
    $places = @{
        mirror = $mirror; own = New-TestMirror; backup = New-TestMirror
        copy = Join-Path $Tenant 'graph/directoryAudits'; portal = Join-Path $TestDrive 'own.csv'; records = Join-Path $TestDrive 'records.ndjson'
        report = Join-Path $TestDrive 'report.html'
    }
    "Wann;Was`n2026-10-01T10:00:00Z;Add user" | Set-Content $places.portal
    # The mirror of a session is the process's: both ask the same.
    Set-AuditMirror $mirror
    $constrained = New-SessionOfMode ConstrainedLanguage
    $full = New-SessionOfMode FullLanguage
    $parameters = "param($(($places.Keys | ForEach-Object { "`$$_" }) -join ', '))"
}

AfterAll {
    Set-AuditMirror -Default
    $constrained, $full | ForEach-Object Dispose
}

Describe 'Constrained Language, from before the import' {
    It 'is what the session has' {
        { Invoke-InSession $constrained '[IO.File]::Exists("x")' } | Should -Throw '*language mode*'
        Invoke-InSession $full '[IO.File]::Exists("x")' | Should -BeFalse
    }
    It 'answers as any session does: <_>' -ForEach $lines {
        $script = "$parameters`n& { $_ } | Out-String -Width 120"
        # What is made anew by each session is taken away again: both begin with the same.
        $texts = foreach ($session in $full, $constrained) {
            Remove-Item "$($places.own)*"
            "$(Invoke-InSession $session $script $places)"
        }
        $texts[1] | Should -BeExactly $texts[0]
        if ($_ -notmatch 'WhatIf') { $texts[0] | Should -Match '\S' }
    }
    It 'is tried with a line of each cmdlet' -ForEach @{ lines = $lines } {
        $module = (Get-Module EntraAuditTools).ExportedCmdlets.Keys
        $module | Where-Object { -not ($lines -match "$_\b") } | Should -BeNullOrEmpty
    }
    It 'completes the same values' {
        $asked = foreach ($command in (Get-Module EntraAuditTools).ExportedCmdlets.Values) {
            foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Attributes | Where-Object { $_ -is [ArgumentCompleter] } }) { "$command -$($parameter.Name) " }
        }
        $complete = { param($session, $line) $engine = [powershell]::Create($session); try { [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null, $engine).CompletionMatches.ForEach({ $_.CompletionText }) -join ' | ' } finally { $engine.Dispose() } }
        $different = foreach ($line in $asked) {
            $here, $there = $full, $constrained | ForEach-Object { & $complete $_ $line }
            # One tenant is not completed: there is no other to ask for.
            if (-not $here -and $line -notlike '* -Tenant ') { "$line : nothing" }
            elseif ($here -cne $there) { "$line : $there" }
        }
        @($asked).Count | Should -BeGreaterThan 100
        $different | Should -BeNullOrEmpty
    }
    It 'says what is wrong in the same words' {
        $errors = foreach ($session in $full, $constrained) {
            try { Invoke-InSession $session "Get-AuditActivity -Mirror '$TestDrive/none.db'" } catch { $_.Exception.GetBaseException().Message }
        }
        $errors[1] | Should -BeExactly $errors[0]
    }
}

Describe 'Constrained Language, from after the import' {
    It 'imports, asks, shows and measures' {
        $lines = Invoke-Pwsh @"
            Import-Module `$ModulePath
            Set-AuditMirror '$(New-TestMirror)'
            `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            (Import-AuditExport '$(New-ExportFile portal)' | Out-String -Width 120)
            Get-AuditActivity -Target 'O*' -Last 20y -WarningAction SilentlyContinue | Out-String -Width 120
            Get-AuditActivity 'Delete user' | Format-List | Out-String
            Measure-AuditActivity -By Service | Out-String
            (Get-AuditActivity 'Delete user').Original
"@
        $text = $lines -join "`n"
        $text | Should -Match 'Portal CSV\s+12'
        $text | Should -Match 'Delete user\s+success\s+alice@contoso.example'
        $text | Should -Match 'AccountEnabled: true → false'
        $text | Should -Match 'Core Directory\s+11'
        $text | Should -Match '"Activity":"Delete user"'
    }
}
