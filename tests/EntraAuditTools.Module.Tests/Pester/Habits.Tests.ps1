# What people type without reading the help first: by position, through the pipeline, with a date of their country, with Tab.

BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    if (Test-Path "$Tenant/entitlement/assignments") {
        Import-SampleState $mirror
        Import-AuditExport "$Tenant/graph/directoryAudits", "$Tenant/provisioning/provisioningObjectSummary", "$Tenant/provisioning/synchronizationJob*" -Mirror $mirror -WarningAction SilentlyContinue | Out-Null
    }
    Set-AuditMirror $mirror
}

AfterAll { Set-AuditMirror -Default }

Describe 'The first positional parameter' {
    It 'is the access package in every question about access packages: <_>' -ForEach 'Get-AccessPackageAssignment', 'Get-AccessPackageRequest', 'Get-ResourceAssignment', 'Get-AccessPackageConflict', 'Get-AccessPackageActivity' {
        $command = Get-Command $_
        ($command.Parameters.Values | Where-Object { $_.ParameterSets.Values.Position -contains 0 }).Name | Should -Be 'AccessPackage'
        $by = & $_ 'Engineering*' -Verbose 4>&1 -WarningAction SilentlyContinue | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Select-Object -First 1
        "$by" | Should -Match "access package like 'Engineering\*'"
    }
    It 'is what the question lists elsewhere: <command>' -ForEach @(
        @{ command = 'Get-AccessPackage'; name = 'Name' }
        @{ command = 'Get-ConnectedOrganization'; name = 'Name' }
        @{ command = 'Get-AppRoleAssignmentActivity'; name = 'Application' }
        @{ command = 'Get-ProvisioningSummary'; name = 'Application' }
        @{ command = 'Compare-AccessPackageAssignment'; name = 'ReferenceTime' }
    ) {
        ((Get-Command $command).Parameters.Values | Where-Object { $_.ParameterSets.Values.Position -contains 0 }).Name | Should -Be $name
    }
}

Describe 'What came with an import' -Skip:(-not $hasTenant) {
    It 'is asked by piping the import, its result or evidence' {
        $import = Get-AuditImport | Where-Object { $_.Kind -eq 'AuditActivity' } | Select-Object -First 1
        $activities = @($import | Get-AuditActivity -WarningAction SilentlyContinue)
        $activities.Count | Should -Be $import.Read
        $activities | ForEach-Object { $_.Evidence.ImportId | Should -Contain $import.ImportId }
        @($activities[0].Evidence | Get-AuditActivity -WarningAction SilentlyContinue).Count | Should -BeGreaterOrEqual $import.Read
        ($import | Measure-AuditActivity -By Result -WarningAction SilentlyContinue | Measure-Object Count -Sum).Sum | Should -Be $import.Read
        @($import | Get-ProvisioningLog -WarningAction SilentlyContinue).Count | Should -Be 0
    }
    It 'is asked of the provisioning log too' {
        $import = Get-AuditImport | Where-Object { $_.Kind -eq 'ProvisioningLog' } | Select-Object -First 1
        @($import | Get-ProvisioningLog -WarningAction SilentlyContinue).Count | Should -Be $import.Read
    }
    It 'is what an import answers, in one line' {
        $own = New-TestMirror
        @(New-ActivitySet | Import-AuditExport -Mirror $own | Get-AuditActivity -Mirror $own -WarningAction SilentlyContinue).Count | Should -Be 12
        @(Get-AuditActivity -Mirror $own -ImportId 1 'Add user' -WarningAction SilentlyContinue).Count | Should -Be 1
    }
    It 'is new when no earlier import had it' {
        $own = New-TestMirror
        $records = @(New-ActivitySet)
        $records[0..7] | Import-AuditExport -Mirror $own | Out-Null
        $since = (Get-AuditImport -Mirror $own -First 1).Started
        $records[6..11] | Import-AuditExport -Mirror $own | Out-Null
        @(Get-AuditActivity -Mirror $own -ImportedAfter $since -WarningAction SilentlyContinue).Count | Should -Be 4
        (Measure-AuditActivity -Mirror $own -ImportedAfter $since -By Result -WarningAction SilentlyContinue | Measure-Object Count -Sum).Sum | Should -Be 4
        @(Get-AuditActivity -Mirror $own -ImportedAfter 1h -WarningAction SilentlyContinue).Count | Should -Be 12
        Get-AuditActivity -Mirror $own -ImportedAfter now -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        { Get-AuditActivity -Mirror $own -ImportedAfter soon } | Should -Throw '*is not a time*'
    }
    It 'tells what of the provisioning log is new' {
        $first = (Get-AuditImport | Where-Object Kind -EQ 'ProvisioningLog' | Sort-Object ImportId)[0]
        $all = @(Get-ProvisioningLog -WarningAction SilentlyContinue).Count
        @(Get-ProvisioningLog -ImportedAfter $first.Started.AddTicks(-1) -WarningAction SilentlyContinue).Count | Should -Be $all
        @(Get-ProvisioningLog -ImportedAfter $first.Started -WarningAction SilentlyContinue).Count | Should -BeLessThan $all
    }
    It 'has the entries that a file of steps completes' {
        $own = New-TestMirror
        Get-ChildItem "$Tenant/portal" -Filter 'ProvisioningLogs_*.csv' | Import-AuditExport -Mirror $own | Out-Null
        $steps = Get-AuditImport -Mirror $own | Where-Object Source -Like '*ProvisioningSteps*'
        @($steps | Get-ProvisioningLog -Mirror $own -WarningAction SilentlyContinue).Count | Should -BeGreaterThan 1
    }
    It 'says of a number that was never an import that there is none' {
        Get-AuditActivity -ImportId 99999 -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warned" | Should -Match "no import '99999'"
    }
    It 'shows the rejected records of piped imports' {
        $own = New-TestMirror
        $file = New-ExportFile lines
        Add-Content $file '{"id":"x","activityDateTime":"never","activityDisplayName":"Add user"}'
        Import-AuditExport $file -Mirror $own -WarningAction SilentlyContinue | Get-AuditImport -Mirror $own -Rejected | Should -HaveCount 1
        Get-AuditImport -Mirror $own | Get-AuditImport -Mirror $own -Rejected | Should -HaveCount 1
    }
    It 'follows a summary to its log' {
        $summary = Get-ProvisioningSummary -WarningAction SilentlyContinue | Where-Object Failures | Select-Object -First 1
        $entries = $summary | Get-ProvisioningLog -WarningAction SilentlyContinue
        $entries | Should -Not -BeNullOrEmpty
        $entries.JobId | Sort-Object -Unique | Should -Be $summary.JobId
    }
}

Describe 'Set-AuditMirror' {
    AfterEach { Set-AuditMirror $mirror }

    It 'refuses <what>, and the mirror of before stays' -ForEach @(
        @{ what = 'a text'; id = 'NotAMirror'; make = { 'hello' | Set-Content $path } }
        @{ what = 'a folder'; id = 'MirrorIsFolder'; make = { New-Item -ItemType Directory $path } }
        @{ what = 'an export'; id = 'NotAMirror'; make = { Move-Item (New-ExportFile array) $path } }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).db"
        & $make | Out-Null
        { Set-AuditMirror $path } | Should -Throw -ErrorId "$id,*"
        (Get-AuditMirror).Path | Should -Be $mirror
    }
    It 'refuses a database of another program' {
        $path = Join-Path $TestDrive 'other.db'
        # The header of an SQLite file with one empty page and no application id, in which there was a table once.
        $bytes = [byte[]]::new(4096)
        [Text.Encoding]::ASCII.GetBytes('SQLite format 3').CopyTo($bytes, 0)
        $bytes[16] = 16; $bytes[18] = 1; $bytes[19] = 1; $bytes[21] = 64; $bytes[22] = 32; $bytes[23] = 32; $bytes[31] = 1; $bytes[43] = 1; $bytes[47] = 4; $bytes[59] = 1
        $bytes[100] = 13; $bytes[105] = 16
        [IO.File]::WriteAllBytes($path, $bytes)
        { Set-AuditMirror $path } | Should -Throw -ErrorId 'NotAMirror,*' -ExpectedMessage '*something else*'
    }
    It 'takes <what>' -ForEach @(
        @{ what = 'a path where nothing is yet'; make = { } }
        @{ what = 'an empty file'; make = { [IO.File]::WriteAllBytes($path, @()) } }
        @{ what = 'a mirror'; make = { New-ActivitySet | Import-AuditExport -Mirror $path } }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).db"
        & $make | Out-Null
        Set-AuditMirror $path
        (Get-AuditMirror -ErrorAction SilentlyContinue -ErrorVariable failed).Path | Should -Be $path
        New-ActivitySet | Import-AuditExport | Out-Null
        (Get-AuditMirror).Activities | Should -Be 12
    }
}

Describe 'A missing mirror' {
    It 'ends a question with an error' { { Get-AuditActivity -Mirror "$TestDrive/none.db" } | Should -Throw -ErrorId 'MirrorNotFound,*' }
    It 'is passed over by whoever says -ErrorAction <_>' -ForEach 'SilentlyContinue', 'Ignore' {
        $answer = & { Get-AuditActivity -Mirror "$TestDrive/none.db" -ErrorAction $_; Get-AuditImport -Mirror "$TestDrive/none.db" -ErrorAction $_; 'on' }
        $answer | Should -Be 'on'
    }
    It 'leaves the catalog to Get-AuditActivityType' {
        Get-AuditActivityType 'Add user' -Mirror "$TestDrive/none.db" -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
        { Get-AuditActivityType 'Add user' -Mirror "$TestDrive/none.db" } | Should -Throw -ErrorId 'MirrorNotFound,*'
    }
    It 'is told by -ErrorVariable all the same' {
        Get-AuditActivity -Mirror "$TestDrive/none.db" -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.FullyQualifiedErrorId | Should -BeLike 'MirrorNotFound,*'
    }
    It 'is the only error that is passed over' {
        'hello' | Set-Content "$TestDrive/no.db"
        { Get-AuditActivity -Mirror "$TestDrive/no.db" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NotAMirror,*'
    }
}

Describe 'A date that others read otherwise' {
    It 'says once how it was read' {
        $lines = Invoke-Pwsh @"
Import-Module `$ModulePath
[cultureinfo]::CurrentCulture = 'en-US'
1..2 | ForEach-Object { Get-AuditActivity -Mirror '$mirror' -After 01/11/2026 -First 1 3>&1 | Where-Object { `$_ -is [Management.Automation.WarningRecord] -and "`$_" -like '*was read as*' } }
[cultureinfo]::CurrentCulture = 'en-GB'
Get-AccessPackageAssignment -Mirror '$mirror' -AsOf 01/11/2026 3>&1 | Where-Object { `$_ -is [Management.Automation.WarningRecord] -and "`$_" -like '*was read as*' }
Get-AuditActivity -Mirror '$mirror' -After 2026-11-01 -First 1 3>&1 | Where-Object { "`$_" -like '*was read as*' }
"@
        $lines | Should -HaveCount 2
        $lines[0] -replace '^WARNING: ' | Should -Be "'01/11/2026' was read as 11 January 2026 (month first, as the culture en-US has it). For 1 November give 2026-11-01."
        $lines[1] | Should -BeLike '*1 November 2026 (day first, as the culture en-GB has it)*'
    }
}

Describe 'Durations' -Skip:(-not $hasTenant) {
    It 'measure: <property>' -ForEach @(
        @{ property = 'DurationSeconds'; ask = { Get-ProvisioningLog } }
        @{ property = 'ElapsedSeconds'; ask = { Get-AccessPackageRequest } }
        @{ property = 'TimeToDecisionSeconds'; ask = { Get-AccessPackageRequest } }
        @{ property = 'TimeToDeliverySeconds'; ask = { Get-AccessPackageRequest } }
        @{ property = 'WaitingSeconds'; ask = { Get-AccessPackageRequest } }
        @{ property = 'MedianDurationSeconds'; ask = { Get-ProvisioningSummary } }
        @{ property = 'WorstDurationSeconds'; ask = { Get-ProvisioningSummary } }
    ) {
        $rows = & $ask 3>$null | Where-Object { $null -ne $_.$property }
        $rows | Should -Not -BeNullOrEmpty
        $span = $property -replace 'Seconds$'
        ($rows | Measure-Object $property -Sum).Sum | Should -BeGreaterThan 0
        ($rows | Measure-Object $property -Sum).Sum | Should -Be ($rows | ForEach-Object { $_.$span.TotalSeconds } | Measure-Object -Sum).Sum
    }
    It 'measure of an import' { (New-ActivitySet | Import-AuditExport -Mirror (New-TestMirror)).DurationSeconds | Should -BeGreaterThan 0 }
}

Describe 'Completion in the middle of a name' -Skip:(-not $hasTenant) {
    It 'finds a later word, quoted: <line>' -ForEach @(
        @{ line = 'Get-AccessPackageAssignment -AccessPackage work'; expected = "'Engineering workbench'" }
        @{ line = "Get-AccessPackageAssignment -AccessPackage 'work"; expected = "'Engineering workbench'" }
        @{ line = 'Get-AccessPackage work'; expected = "'Engineering workbench'" }
        @{ line = 'Get-AccessPackageActivity -AccessPackage instr'; expected = "'Lab instruments'" }
        @{ line = 'Get-AuditActivity member'; expected = "'Add member to group'" }
        @{ line = 'Get-AuditActivity -Category manag'; expected = 'GroupManagement' }
        @{ line = 'Get-AccessPackageRequest -Status app'; expected = 'PendingApproval' }
        @{ line = 'Get-AuditActivityType user'; expected = "'Add user'" }
    ) { (Complete $line).CompletionText | Should -Contain $expected }
    It 'puts what begins so first' {
        $found = (Complete 'Get-AuditActivity add').CompletionText
        $found[0] | Should -Match "^'Add "
        (Complete 'Get-AccessPackageRequest -Status app').CompletionText | Should -Be 'Approved', 'PendingApproval'
    }
    It 'offers people by their last name' { (Complete 'Get-AccessPackageRequest -User kraft').CompletionText | Should -Be "'uli.kraft@harborline.example'" }
    It 'offers the applications whose roles were given' {
        $offered = (Complete 'Get-AppRoleAssignmentActivity -Application ').ListItemText
        $applications = Get-AppRoleAssignmentActivity -IncludeEntitlement -WarningAction SilentlyContinue | ForEach-Object Application | Sort-Object -Unique
        $offered | Should -Be $applications
        (Complete 'Get-AppRoleAssignmentActivity wiki').CompletionText | Should -Be "'Anchor Wiki'"
    }
}

Describe 'An import of a folder' {
    It 'ends with a total that names kinds, on the screen where the results are' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        Move-Item (New-ExportFile array) "$folder/a.json"
        Move-Item (New-ExportFile diagnostic) "$folder/b.json"
        $script = "Import-Module `$ModulePath`nImport-AuditExport '$folder' -Mirror '$(New-TestMirror)'"
        (Invoke-Pwsh $script) -join ' ' -replace '^.*(?=In all)' -replace '(?<=activities\.).*$' | Should -Be 'In all 2 sources (2 imported). Records: 24 read, 12 added, 12 unchanged. Kind: audit activities.'
        (Invoke-Pwsh "$script -Force | ForEach-Object Source") -match '^In all' | Should -BeNullOrEmpty
    }
}

Describe 'At 80 columns' -Skip:(-not $hasTenant) {
    BeforeAll {
        # PowerShell leaves the last column of a terminal free, and breaks between words in the cultures of some languages only: English is one.
        $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = 'en-US'
        Import-AuditExport "$Tenant/directory/servicePrincipals.json" -ObservedAt $At -WarningAction SilentlyContinue | Out-Null
    }
    AfterAll { [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before }

    It 'shows every key column of <name>, its header whole' -ForEach @(
        @{ name = 'activities'; ask = { Get-AuditActivity }; columns = 'Time (UTC)', 'Activity', 'Result', 'InitiatedBy', 'Target' }
        @{ name = 'changes of activities'; ask = { Get-AuditActivity | Format-Table -View Change }; columns = 'Time (UTC)', 'Activity, target, initiator', 'Change' }
        @{ name = 'assignments'; ask = { Get-AccessPackageAssignment -AsOf $At }; columns = 'User', 'AccessPackage', 'Policy', 'State', 'Start (UTC)', 'End (UTC)' }
        @{ name = 'sources of assignments'; ask = { Get-AccessPackageAssignment -AsOf $At | Format-Table -View Source }; columns = 'User', 'AccessPackage', 'State', 'Source', 'Observed (UTC)' }
        @{ name = 'requests'; ask = { Get-AccessPackageRequest }; columns = 'Requested (UTC)', 'User', 'AccessPackage', 'Type', 'Status', 'Outcome' }
        @{ name = 'waiting requests'; ask = { Get-AccessPackageRequest -Status PendingApproval -AsOf $At | Format-Table -View Waiting }; columns = 'Requested (UTC)', 'User', 'AccessPackage', 'Waiting', 'WaitingFor' }
        @{ name = 'resource roles'; ask = { Get-ResourceAssignment -AsOf $At }; columns = 'User', 'Resource', 'Role', 'AccessPackage via policy', 'Start', 'End' }
        @{ name = 'changes of assignments'; ask = { Compare-AccessPackageAssignment $Earlier $At }; columns = 'Change', 'Time (UTC)', 'User', 'AccessPackage', 'What' }
        @{ name = 'conflicts'; ask = { Get-AccessPackageConflict -AsOf $At }; columns = 'User', 'Kind', 'AccessPackage', 'ConflictsWith', 'Since (UTC)' }
        @{ name = 'application roles'; ask = { Get-AppRoleAssignmentActivity }; columns = 'Time (UTC)', 'Operation', 'Result', 'Application', 'Role', 'Principal', 'Initiated by' }
        @{ name = 'causes of application roles'; ask = { Get-AppRoleAssignmentActivity -IncludeEntitlement | Format-Table -View Entitlement }; columns = 'Time (UTC)', 'Operation, role, principal', 'Via' }
        @{ name = 'events of packages'; ask = { Get-AccessPackageActivity }; columns = 'Time (UTC)', 'AccessPackage', 'Operation', 'Initiator', 'Result' }
        @{ name = 'packages of a user'; ask = { Get-AccessPackage -User 'Ingrid Solberg' -Assigned -AsOf $At }; columns = 'AccessPackage', 'Policy', 'State', 'Start (UTC)', 'End (UTC)' }
        @{ name = 'provisioning'; ask = { Get-ProvisioningLog }; columns = 'Time (UTC)', 'Identity', 'Action', 'Source', 'Target', 'Status' }
        @{ name = 'jobs'; ask = { Get-ProvisioningSummary }; columns = 'Application', 'State', 'Quarantine', 'Failures', 'Success', 'LastRun (UTC)' }
        @{ name = 'reasons of activities'; ask = { Get-AuditActivity -Result failure | Format-Table -View Reason }; columns = 'Time (UTC)', 'Activity, target, initiator', 'Result, reason' }
        @{ name = 'imports'; ask = { Get-AuditImport }; columns = 'ImportId', 'Started (UTC)', 'Source', 'Status', 'Read', 'Added', 'Rejected' }
        @{ name = 'types'; ask = { Get-AuditActivityType -Seen }; columns = 'Service', 'Category', 'Count', 'LastSeen', 'Activity' }
    ) {
        $lines = (& $ask 3>$null | Out-String -Width 79) -split '\r?\n'
        $rule = $lines | Where-Object { $_ -match '^ *-+( +-+)* *$' } | Select-Object -First 1
        $header = @($lines[0..([array]::IndexOf($lines, $rule) - 1)] | Where-Object { $_ -and $_ -notmatch '^   ' -or $_.Trim() })
        # Where each column begins, by the line of hyphens; the header of each is what stands there.
        $starts = @([regex]::Matches($rule, '-+') | ForEach-Object Index)
        $found = for ($i = 0; $i -lt $starts.Count; $i++) {
            $end = if ($i + 1 -lt $starts.Count) { $starts[$i + 1] } else { 79 }
            (@($header | Where-Object { $_ -notmatch '^\s+\w+: ' } | ForEach-Object { if ($_.Length -gt $starts[$i]) { $_.Substring($starts[$i], [Math]::Min($end, $_.Length) - $starts[$i]).Trim() } }) -join ' ').Trim()
        }
        $found | Should -Be $columns
    }
    It 'breaks no name in a column that wraps' {
        $text = Get-AuditActivity '*conditional access policy' | Format-Table -View Change | Out-String -Width 79
        $text | Should -Match '(?m) adele\.abadi@harborline\.example\b'
        $roles = Get-ResourceAssignment -User 'Ingrid Solberg' -AsOf $At | Out-String -Width 79
        Get-AuditActivity -Result failure | Format-Table -View Reason | Out-String -Width 79 | Should -Match '(?m) alex\.kowalski@harborline\.example\b'
        Get-ProvisioningSummary | Out-String -Width 79 | Should -Match '\d{4}-\d\d-\d\d \d\d:\d\d'
        foreach ($name in 'Contributors', 'Engineering', 'workbench', 'Engineers', 'Drydock', 'Pipelines') { $roles | Should -MatchExactly "\b$name\b" }
    }
    It 'tells the story of a request between words' {
        foreach ($request in Get-AccessPackageRequest) {
            $text = ($request | Format-Custom | Out-String -Width 79) -split '\r?\n'
            # What a person wrote can be longer than any line.
            ($text | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80 -Because $request.RequestId
            $words = ($text -join ' ') -split '\s+'
            foreach ($event in $request.Events) { foreach ($word in $event.Activity -split '\s+') { $words -replace ':$' | Should -Contain $word } }
        }
    }
    It 'shows names that the mirror holds in place of ids, all targets of an activity' {
        $groups = Read-Export "$Tenant/directory/groups.json" | Group-Object id -AsHashTable
        $added = Get-AuditActivity 'Add member to group' | Where-Object { $_.Origin -eq 'DirectoryAudit' -and $groups[$_.Targets[-1].Id] }
        $added | Should -Not -BeNullOrEmpty
        foreach ($one in $added) { $one | Out-String -Width 300 | Should -Match ([regex]::Escape($groups[$one.Targets[-1].Id].displayName)) }
        $updated = Get-AuditActivity 'Update group' | Where-Object { -not $_.Targets[0].DisplayName -and $groups[$_.Targets[0].Id] }
        foreach ($one in $updated) { $one | Out-String -Width 300 | Should -Match ([regex]::Escape($groups[$one.Targets[0].Id].displayName)) }
        @($updated).Count | Should -BeGreaterThan 0
    }
    It 'finds what it shows by that name' {
        $groups = Read-Export "$Tenant/directory/groups.json" | Group-Object id -AsHashTable
        $one = Get-AuditActivity 'Update group' | Where-Object { -not $_.Targets[0].DisplayName -and $groups[$_.Targets[0].Id] } | Select-Object -First 1
        $name = $groups[$one.Targets[0].Id].displayName
        (Get-AuditActivity -Target ([WildcardPattern]::Escape($name)) -WarningVariable warned -WarningAction SilentlyContinue).Id | Should -Contain $one.Id
        "$warned" | Should -Not -Match 'knows no'
        # A count by target says the same name.
        Measure-AuditActivity 'Update group' -By Target | ForEach-Object Target | Should -Contain $name
    }
}

Describe 'Targets from the pipeline' -Skip:(-not $hasTenant) {
    It 'are texts, all of them together' {
        $both = Get-AuditActivity -Target 'uma.larsen@harborline.example', 'Payroll Readers' -WarningAction SilentlyContinue
        $both | Should -Not -BeNullOrEmpty
        ('uma.larsen@harborline.example', 'Payroll Readers' | Get-AuditActivity -WarningAction SilentlyContinue).Id | Should -Be $both.Id
        ('uma.larsen@harborline.example' | Measure-AuditActivity -By Activity -WarningAction SilentlyContinue | Measure-Object Count -Sum).Sum | Should -Be @(Get-AuditActivity -Target 'uma.larsen@harborline.example' -WarningAction SilentlyContinue).Count
    }
    It 'leave objects to what they bind by name' {
        $person = [pscustomobject]@{ UserPrincipalName = 'adele.abadi@harborline.example' }
        ($person | Get-AuditActivity -WarningAction SilentlyContinue).Id | Should -Be (Get-AuditActivity -InitiatedBy 'adele.abadi@harborline.example' -WarningAction SilentlyContinue).Id
        @(Get-AuditImport | Get-AuditActivity -WarningAction SilentlyContinue).Count | Should -Be @(Get-AuditActivity -WarningAction SilentlyContinue).Count
    }
    It 'say so of an object that is neither' { { [timespan]'1:00' | Get-AuditActivity -ErrorAction Stop } | Should -Throw }
}
