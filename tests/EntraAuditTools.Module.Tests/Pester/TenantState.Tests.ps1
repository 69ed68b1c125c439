# examples/TenantState.Tests.ps1: each of its tests passes where all is known and well, fails in words where data is missing, and fails for
# what is wrong where it is not.
BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $tests = @(
        @{ test = 'has nobody who holds what must not go together'; missing = 'Not known: *The mirror holds no access packages*'; wrong = '*held together: *Pia Lund, Payments release, Interns*' }
        @{ test = 'has no provisioning job in quarantine'; missing = 'Not known: the mirror holds no synchronization jobs. Import an export of them.'; wrong = '*in quarantine: Ledgerline*' }
        @{ test = 'has had no role given directly in these days'; missing = '*does not hold the whole *log for the time asked*'; wrong = '*given directly: *Beacon Ticketing, Administrator, joao.novak@harborline.example*' }
        @{ test = 'has no day of its logs missing'; missing = '*not covered: *'; wrong = '*not covered: 10/30/2026, AuditActivity, Partial*' }
        @{ test = 'gives nobody <Package> without an approval'; missing = "Not known: *"; wrong = '*give it without: Named exceptions*' }
    )
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $example = Join-Path $RepositoryRoot 'examples/TenantState.Tests.ps1'

    function Write-Changed([string] $path, [scriptblock] $change) {
        # An export with other records, beside the sample's.
        $json = Get-Content $path -Raw | ConvertFrom-Json -DateKind String
        $json.value = @($json.value | ForEach-Object $change)
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).json"
        ConvertTo-Json $json -Depth 30 | Set-Content $file
        $file
    }
    function Import-State([string] $mirror, [string[]] $assignments, [string] $job) {
        $jobs = (Get-ChildItem "$Tenant/provisioning/synchronizationJob*" | Where-Object Name -notlike '*Ledgerline*').FullName + $job
        Import-AuditExport "$Tenant/directory/users.json", "$Tenant/directory/groups.json", "$Tenant/directory/servicePrincipals.json" -ObservedAt $At -Mirror $mirror -WarningAction Ignore | Out-Null
        foreach ($group in 'All engineers', 'Engineers Berlin', 'Interns') {
            Import-AuditExport "$Tenant/directory/members-$($group -replace ' ', '-').json" -Group $group -Complete -ObservedAt $At -Mirror $mirror -WarningAction Ignore | Out-Null
        }
        Import-AuditExport (@("$Tenant/entitlement/catalogs.json", "$Tenant/entitlement/accessPackages.json", "$Tenant/entitlement/assignmentPolicies.json", "$Tenant/entitlement/assignmentRequests.json") + $assignments + $jobs) -ObservedAt $At -Mirror $mirror -WarningAction Ignore | Out-Null
        Import-AuditExport "$Tenant/graph/directoryAudits", "$Tenant/provisioning/provisioningObjectSummary" -Mirror $mirror -WarningAction Ignore | Out-Null
    }
    function Invoke-Example([string] $mirror, [string] $before, [int] $days, [string] $package) {
        # The result and the words of each test, by its name.
        $module = Split-Path $ModulePath
        $script = "`$env:PSModulePath = '$module$([IO.Path]::PathSeparator)' + `$env:PSModulePath
            Import-Module '$((Get-Module Pester).Path -replace '\.psm1$', '.psd1')'
            [cultureinfo]::CurrentCulture = 'en-US'
            `$tests = New-PesterContainer -Path '$example' -Data @{ Mirror = '$mirror'; Package = '$package'; Before = [datetimeoffset]'$before'; Days = $days }
            `$run = Invoke-Pester -Container `$tests -PassThru -Output None
            'JSON' + (ConvertTo-Json -Compress -Depth 3 @(`$run.Tests | ForEach-Object { @{ name = `$_.Name; result = `$_.Result; words = (`$_.ErrorRecord | ForEach-Object { `$_.Exception.Message }) -join ' ' } }))"
        $lines = Invoke-Pwsh $script
        $line = @($lines) -like 'JSON*'
        $line | Should -Not -BeNullOrEmpty -Because ($lines -join "`n")
        $found = @{}
        foreach ($test in $line[0].Substring(4) | ConvertFrom-Json) { $found[$test.name] = $test }
        $found
    }

    if (Test-Path "$Tenant/entitlement/assignments") {
        $pages = (Get-ChildItem "$Tenant/entitlement/assignments").FullName
        $healthy, $bad, $bare = (New-TestMirror), (New-TestMirror), (New-TestMirror)
        $mended = Write-Changed "$Tenant/provisioning/synchronizationJobs-Ledgerline.json" { $_.status.code = 'Active'; $_.status.quarantine = $null; $_ }
        Import-State $healthy @($pages | ForEach-Object { Write-Changed $_ { if ($_.target.displayName -notin 'Marek Dvorak', 'Pia Lund') { $_ } } }) $mended
        Import-State $bad $pages "$Tenant/provisioning/synchronizationJobs-Ledgerline.json"
        # A log without anything that says that it is whole, and nothing else.
        New-Activity 1 '2026-10-20T08:00:00Z' | Import-AuditExport -Mirror $bare | Out-Null
        $good = Invoke-Example $healthy 2026-10-23T00:00Z 7 'Release signing'
        $lacking = Invoke-Example $bare 2026-10-23T00:00Z 7 'Release signing'
        $faults = Invoke-Example $bad 2026-10-30T00:00Z 20 'Engineering workbench'
        $faults['has no day of its logs missing'] = (Invoke-Example $bad 2026-10-31T00:00Z 20 'Engineering workbench')['has no day of its logs missing']
    }
}

Describe 'A tenant that <test>' -Skip:(-not $hasTenant) -ForEach $tests {
    It 'passes where all of it is known' { $good[$test].result | Should -Be Passed -Because $good[$test].words }
    It 'fails where the data is missing, and says what' {
        $lacking[$test].result | Should -Be Failed
        $lacking[$test].words | Should -BeLike $missing
    }
    It 'fails where it is not so, and says for what' {
        $faults[$test].result | Should -Be Failed
        $faults[$test].words | Should -BeLike $wrong
    }
}

Describe 'examples/TenantState.Tests.ps1' -Skip:(-not $hasTenant) {
    It 'has no test that is not tried here' -ForEach @(@{ names = $tests.test }) { $good.Keys | Sort-Object | Should -Be ($names | Sort-Object) }
    It 'fails wholly where there is no mirror' {
        $none = Invoke-Example (Join-Path $TestDrive nothing.db) 2026-10-23T00:00Z 7 'Release signing'
        foreach ($test in $none.Values) { $test.result | Should -Be Failed; $test.words | Should -BeLike '*no mirror*' }
    }
    It 'fails where what is known is old' {
        $old = Invoke-Example $healthy 2026-12-23T00:00Z 7 'Release signing'
        $old['has nobody who holds what must not go together'].words | Should -BeLike 'Not known: the newest export of access packages is of 2026-11-01 00:00:00Z, older than *'
    }
}
