BeforeDiscovery {
    $tenant = Join-Path $PSScriptRoot '../../../seeds/sample-tenant'
    $hasTenant = Test-Path $tenant
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $tenant = Join-Path $RepositoryRoot 'seeds/sample-tenant'
    if (Test-Path $tenant) {
        $mirror = New-TestMirror
        # The whole logs as Graph gives them, the jobs, and nothing twice.
        $results = Import-AuditExport "$tenant/provisioning/provisioningObjectSummary", "$tenant/graph/directoryAudits", "$tenant/provisioning/synchronizationJob*" -Mirror $mirror -WarningAction SilentlyContinue
        $entries = foreach ($page in Get-ChildItem "$tenant/provisioning/provisioningObjectSummary" -File) { (Get-Content $page -Raw | ConvertFrom-Json -DateKind String).value }
        Set-AuditMirror $mirror
    }
    function Complete([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches }
    function Get-IdOf([scriptblock] $filter) { ($entries | Where-Object $filter).id | Sort-Object }
}

AfterAll { Set-AuditMirror -Default }

Describe 'Get-ProvisioningLog' -Skip:(-not $hasTenant) {
    It 'returns everything, newest first' {
        $log = Get-ProvisioningLog
        $log | Should -BeOfType EntraAuditTools.ProvisioningLogEntry
        $log.Id | Sort-Object | Should -Be ($entries.id | Sort-Object)
        $times = $log.Time
        for ($i = 1; $i -lt $times.Count; $i++) { $times[$i - 1] | Should -BeGreaterOrEqual $times[$i] }
    }

    It 'filters by <name>' -ForEach @(
        @{ name = 'action'; ask = @{ Action = 'CREATE' }; truth = { $_.provisioningAction -eq 'create' } }
        @{ name = 'Graph''s name of the action'; ask = @{ ProvisioningAction = 'delete', 'disable' }; truth = { $_.provisioningAction -in 'delete', 'disable' } }
        @{ name = 'application'; ask = @{ Application = 'service*' }; truth = { $_.servicePrincipal.displayName -like 'ServiceNow*' } }
        @{ name = 'application''s id'; ask = @{ Application = 'b969fd4d-86eb-4773-b327-87162516ad00' }; truth = { $_.servicePrincipal.id -eq 'b969fd4d-86eb-4773-b327-87162516ad00' } }
        @{ name = 'status'; ask = @{ Status = 'failure' }; truth = { $_.provisioningStatusInfo.status -eq 'failure' } }
        @{ name = 'two statuses'; ask = @{ Status = 'skipped', 'warn*' }; truth = { $_.provisioningStatusInfo.status -in 'skipped', 'warning' } }
        @{ name = 'source system'; ask = @{ SourceSystem = 'workday' }; truth = { $_.sourceSystem.displayName -eq 'Workday' } }
        @{ name = 'target system'; ask = @{ TargetSystem = 'drop*' }; truth = { $_.targetSystem.displayName -like 'Drop*' } }
        @{ name = 'identity type'; ask = @{ IdentityType = 'group' }; truth = { $_.sourceIdentity.identityType -eq 'Group' } }
        @{ name = 'error code by its end'; ask = @{ ErrorCode = '*InvalidCredentials' }; truth = { $_.provisioningStatusInfo.errorInformation -and $_.provisioningStatusInfo.errorInformation.errorCode -like '*InvalidCredentials' } }
        @{ name = 'all of the documentation''s second question'; ask = @{ Application = 'Dropbox*'; Action = 'create'; IdentityType = 'User'; Status = 'failure' }; truth = { $_.servicePrincipal.displayName -like 'Dropbox*' -and $_.provisioningAction -eq 'create' -and $_.sourceIdentity.identityType -eq 'User' -and $_.provisioningStatusInfo.status -eq 'failure' } }
        @{ name = 'all of its first question'; ask = @{ Application = 'ServiceNow*'; Action = 'create'; IdentityType = 'Group'; Status = 'success' }; truth = { $_.servicePrincipal.displayName -like 'ServiceNow*' -and $_.provisioningAction -eq 'create' -and $_.sourceIdentity.identityType -eq 'Group' -and $_.provisioningStatusInfo.status -eq 'success' } }
    ) {
        $expected = Get-IdOf $truth
        $expected | Should -Not -BeNullOrEmpty
        (Get-ProvisioningLog @ask).Id | Sort-Object | Should -Be $expected
    }

    It 'finds the same entry by job, cycle, change and record id' {
        $one = Get-ProvisioningLog -Status failure -First 1
        foreach ($id in 'JobId', 'CycleId', 'ChangeId', 'Id') {
            $ask = @{ $id = $one.$id }
            (Get-ProvisioningLog @ask).Id | Should -Contain $one.Id
            (Get-ProvisioningLog @ask | Where-Object $id -ne $one.$id) | Should -BeNullOrEmpty
        }
    }

    It 'finds an identity by name, UPN, source id and target id' {
        $one = Get-ProvisioningLog | Where-Object { $_.TargetId -and $_.SourceIdentity.UserPrincipalName } | Select-Object -First 1
        foreach ($text in $one.Identity, $one.SourceIdentity.UserPrincipalName, $one.SourceId, $one.TargetId) { (Get-ProvisioningLog $text).Id | Should -Contain $one.Id -Because $text }
        (Get-ProvisioningLog "$($one.SourceIdentity.UserPrincipalName.Substring(0, 4))*").Id | Should -Contain $one.Id
    }

    It 'binds UserPrincipalName and UserId, never Id, and asks once' {
        $one = Get-ProvisioningLog -IdentityType User | Where-Object { $_.SourceIdentity.UserPrincipalName } | Select-Object -First 1
        $upn = $one.SourceIdentity.UserPrincipalName
        $expected = (Get-ProvisioningLog $upn).Id
        ([pscustomobject]@{ UserPrincipalName = $upn }, [pscustomobject]@{ UserPrincipalName = $upn } | Get-ProvisioningLog).Id | Should -Be $expected
        ([pscustomobject]@{ UserId = $one.SourceId } | Get-ProvisioningLog).Id | Should -Contain $one.Id
        [pscustomobject]@{ Id = $one.SourceId } | Get-ProvisioningLog -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        @() | Get-ProvisioningLog | Should -BeNullOrEmpty
    }

    It 'pages and counts' {
        $all = (Get-ProvisioningLog).Id
        (Get-ProvisioningLog -First 5).Id | Should -Be $all[0..4]
        (Get-ProvisioningLog -First 5 -Skip 5).Id | Should -Be $all[5..9]
        $counted = @(Get-ProvisioningLog -Status failure -First 1 -IncludeTotalCount)
        [uint64]$counted[0] | Should -Be @(Get-IdOf { $_.provisioningStatusInfo.status -eq 'failure' }).Count
        $counted | Should -HaveCount 2
    }

    It 'includes the start of a window and excludes its end' {
        $log = Get-ProvisioningLog
        $found = Get-ProvisioningLog -After $log[5].Time -Before $log[2].Time -WarningAction SilentlyContinue
        $found.Id | Should -Be $log[3..5].Id
    }

    It 'warns when the provisioning log does not cover the window, though the audit log may' {
        Get-ProvisioningLog -After 2026-08-01 -Before 2026-08-15 -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -HaveCount 1
        $onlyAudit = New-TestMirror
        New-ActivitySet | Import-AuditExport -Mirror $onlyAudit -CoversFrom 2026-10-01T00:00Z -CoversTo 2026-10-06T00:00Z | Out-Null
        Get-ProvisioningLog -After 2026-10-02T00:00Z -Before 2026-10-03T00:00Z -Mirror $onlyAudit -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -HaveCount 1
        Get-ProvisioningEvent -After 2026-10-02T00:00Z -Before 2026-10-03T00:00Z -Mirror $onlyAudit -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -Match '^Provisioning log: '
        $warned | Should -Not -Match 'Audit log: '
    }

    It 'says with -Verbose how it understood the question' {
        $text = Get-ProvisioningLog -Status failure -First 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String
        $text | Should -Match 'failure'
        $text | Should -Match 'SELECT'
    }

    It 'refuses a wildcard that is none' { { Get-ProvisioningLog -Status '[' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidWildcard*' }
    It 'stops when somebody has enough' { Get-ProvisioningLog | Select-Object -First 1 | Should -HaveCount 1 }
}

Describe 'Entries of the provisioning log' -Skip:(-not $hasTenant) {
    It 'has the drawer' {
        $source = $entries | Where-Object { $_.provisioningStatusInfo.errorInformation -and @($_.provisioningSteps).Count -gt 3 } | Select-Object -First 1
        $entry = Get-ProvisioningLog -Id $source.id
        $entry.Steps.Count | Should -Be @($source.provisioningSteps).Count
        $entry.Steps.Name | Should -Be $source.provisioningSteps.name
        $entry.Steps.Status | Should -Be $source.provisioningSteps.status
        $entry.ErrorCode | Should -Be $source.provisioningStatusInfo.errorInformation.errorCode
        $entry.Reason | Should -Be $source.provisioningStatusInfo.errorInformation.reason
        $entry.RecommendedAction | Should -Be $source.provisioningStatusInfo.errorInformation.recommendedAction
        $entry.SourceIdentity.Id | Should -Be $source.sourceIdentity.id
        $entry.CycleId | Should -Be $source.cycleId
        $entry.Duration.TotalMilliseconds | Should -Be $source.durationInMilliseconds
    }
    It 'has the names of Graph' {
        $entry = Get-ProvisioningLog -Status failure -First 1
        $entry.ActivityDateTime | Should -Be $entry.Time
        $entry.ProvisioningAction | Should -Be $entry.Action
        $entry.ProvisioningSteps.Count | Should -Be $entry.Steps.Count
        $entry.ProvisioningSteps[0].ProvisioningStepType | Should -Be $entry.Steps[0].Type
        $entry.ProvisioningStatusInfo.Status | Should -Be 'failure'
        $entry.ProvisioningStatusInfo.ErrorInformation.ErrorCode | Should -Be $entry.ErrorCode
        $entry.ServicePrincipal.DisplayName | Should -Be $entry.Application
        $entry.SourceIdentity.IdentityType | Should -Be $entry.SourceIdentity.Type
        $entry.DurationInMilliseconds | Should -Be $entry.Duration.TotalMilliseconds
        (Get-ProvisioningLog -Status success -First 1).ProvisioningStatusInfo.ErrorInformation | Should -BeNullOrEmpty
    }
    It 'has the original record' {
        $entry = Get-ProvisioningLog -First 1
        ($entry.Original | ConvertFrom-Json -DateKind String).id | Should -Be $entry.Id
    }
    It 'exports to CSV and JSON, each value once' {
        $csv = Get-ProvisioningLog -Status failure -First 1 | ConvertTo-Csv
        $csv[0] | Should -Match '^"Time","Action","Status","Application"'
        $csv[0] | Should -Not -Match 'ActivityDateTime|View|Original|ProvisioningStatusInfo'
        $csv[1] | Should -Not -MatchExactly 'EntraAuditTools\.|System\.[A-Z]'
        Get-ProvisioningLog -First 1 | ConvertTo-Json -Depth 6 | Should -Not -Match '"ActivityDateTime"|"View|"Original"'
    }
    It 'comes back whole from CLIXML: <name>' -ForEach @(
        @{ name = 'an entry'; type = 'ProvisioningLogEntry'; get = { Get-ProvisioningLog -Status failure -First 1 } }
        @{ name = 'an event'; type = 'ProvisioningEvent'; get = { Get-ProvisioningEvent -Status failure -First 1 } }
        @{ name = 'a summary'; type = 'ProvisioningSummary'; get = { Get-ProvisioningSummary -First 1 } }
    ) {
        $one = & $get
        $one | Export-Clixml "$TestDrive/one.xml"
        $back = Import-Clixml "$TestDrive/one.xml"
        $back | Should -BeOfType "EntraAuditTools.$type"
        ConvertTo-Json $back -Depth 6 | Should -Be (ConvertTo-Json $one -Depth 6)
        if ($type -eq 'ProvisioningLogEntry') { $back.Original | Should -Be $one.Original }
        ($back | Format-List | Out-String -Width 100) | Should -Be ($one | Format-List | Out-String -Width 100)
    }
}

Describe 'Get-ProvisioningEvent' -Skip:(-not $hasTenant) {
    It 'answers how roles were imported from Amazon Web Services' {
        $events = Get-ProvisioningEvent -Application Amazon* -Activity Import
        $events | Should -Not -BeNullOrEmpty
        $events.Activity | Select-Object -Unique | Should -Be 'Import'
        $events.Application | Select-Object -Unique | Should -BeLike 'Amazon*'
        $events.StatusReason | Should -Match 'role'
        $events.Source | Select-Object -Unique | Should -Be 'AuditLog'
    }
    It 'follows a failing identity from import to escrow, in order' {
        $stuck = Get-ProvisioningEvent -Activity 'Process escrow' -Status failure | Where-Object Note | Select-Object -First 1
        $stuck | Should -Not -BeNullOrEmpty
        $trail = Get-ProvisioningEvent $stuck.Identity -Application $stuck.Application | Where-Object Pass -eq $stuck.Pass
        $order = 'Import', 'Synchronization rule action', 'Export', 'Process escrow'
        $places = $trail.Activity | ForEach-Object { $order.IndexOf($_) }
        $places[0] | Should -Be 0
        $places | Should -Contain 1
        $places | Should -Contain 2
        $places[-1] | Should -Be 3
        for ($i = 1; $i -lt $trail.Count; $i++) { $trail[$i].Time | Should -BeGreaterOrEqual $trail[$i - 1].Time }
        $trail[-1].Note | Should -Match 'retr(y|ies)'
        $text = $trail | Out-String -Width 100
        $text | Should -Match 'Incomplete: In escrow'
    }
    It 'groups by pass, oldest first' {
        $events = Get-ProvisioningEvent
        $seen = [Collections.Generic.HashSet[string]]::new()
        $last = $null
        foreach ($event in $events | Where-Object Pass) {
            if ($event.Pass -ne $last) { $seen.Add($event.Pass) | Should -BeTrue -Because 'a pass is told in one piece' }
            $last = $event.Pass
        }
        $seen.Count | Should -BeGreaterThan 10
    }
    It 'binds the identity of a log entry' {
        $entry = Get-ProvisioningLog -Status failure -IdentityType User -First 1
        ($entry | Get-ProvisioningEvent).Pass | Should -Contain $entry.ChangeId
    }
    It 'finds a trail by the id that the systems match by, here an employee number' {
        $entry = Get-ProvisioningLog -SourceSystem Workday -First 1
        $entry.SourceId | Should -Match '^\d+$'
        (Get-ProvisioningEvent $entry.SourceId).Pass | Should -Contain $entry.ChangeId
        (Get-ProvisioningLog $entry.SourceId).Id | Should -Contain $entry.Id
    }
    It 'tells an event once, also where both logs have it' {
        $events = Get-ProvisioningEvent
        $both = $events | Where-Object Source -eq 'AuditLog, ProvisioningLog' | Select-Object -First 1
        $both | Should -Not -BeNullOrEmpty
        $same = $events | Where-Object { $_.Pass -eq $both.Pass -and $_.Time -eq $both.Time -and $_.EventName -eq $both.EventName }
        $same | Should -HaveCount 1
    }
    It 'pages and counts' {
        $all = Get-ProvisioningEvent
        (Get-ProvisioningEvent -First 3 -Skip 2).RecordId | Should -Be $all[2..4].RecordId
        [uint64]@(Get-ProvisioningEvent -First 1 -IncludeTotalCount)[0] | Should -Be @($all).Count
    }
}

Describe 'The columns that the portal''s page recommends' -Skip:(-not $hasTenant) {
    It 'shows Date, Target(s), Activity, Status, Status Reason with the id of the user' {
        foreach ($width in 80, 120) {
            $text = Get-ProvisioningEvent -First 5 | Format-Table -View StatusReason | Out-String -Width $width
            $text | Should -Match '(?m)^Date \(UTC\)\s+Target\(s\)\s+Activity\s+Status\s+Status Reason'
            $audit = Get-AuditActivity -Category 'Account Provisioning' -First 3 | Format-Table -View StatusReason | Out-String -Width $width
            $audit | Should -Match '(?m)^Date \(UTC\)\s+Target\(s\)\s+Activity\s+Status\s+Status Reason'
        }
        $people = Get-ProvisioningEvent | Where-Object { $_.Source -match 'AuditLog' -and $_.Identity -match '@' }
        $people | Should -Not -BeNullOrEmpty
        foreach ($one in $people) { $one.Targets[1] | Should -Match '@' }
        # Known by a display name, shown by what they are matched by.
        Get-ProvisioningEvent | Where-Object { $_.Identity -and $_.Identity -notmatch '@' -and $_.Targets[1] -match '@' } | Should -Not -BeNullOrEmpty
    }
}

Describe 'Get-ProvisioningSummary' -Skip:(-not $hasTenant) {
    It 'pipes into the log and the trail' {
        @(Get-ProvisioningSummary | Get-ProvisioningLog).Count | Should -Be @(Get-ProvisioningLog).Count
        $job = Get-ProvisioningSummary Ledgerline
        @($job | Get-ProvisioningLog).JobId | Sort-Object -Unique | Should -Be $job.JobId
        @($job | Get-ProvisioningEvent).Application | Sort-Object -Unique | Should -Be 'Ledgerline'
        { Get-ProvisioningLog -JobId '' } | Should -Throw -ErrorId 'ArgumentEmpty*'
    }
    It 'is a table of jobs, of which no column breaks at 80' {
        $lines = (Get-ProvisioningSummary | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -match 'Application\s+State\s+Quarantine\s+Failures Success LastRun \(UTC\)\s*$' } | Should -HaveCount 1
    }
    It 'finds the job in quarantine with one command that says why' {
        $job = Get-ProvisioningSummary | Where-Object InQuarantine
        $job.Application | Should -Be 'Ledgerline'
        $job.Quarantine.Reason | Should -Not -BeNullOrEmpty
        $job.Quarantine.Since | Should -BeOfType datetimeoffset
        $text = $job | Format-List | Out-String -Width 100
        $text | Should -Match 'Quarantine\s+: since 2026-'
        $text | Should -Match $job.Quarantine.Reason
        $text | Should -Match 'InvalidCredentials'
        $text | Should -Match 'next attempt 2026-\S+ \S+Z'
        $text | Should -Match "last imposed 2026-\S+ \S+Z, $($job.Quarantine.Attempts) attempts"
    }
    It 'counts as the log does' {
        foreach ($job in Get-ProvisioningSummary | Where-Object Entries) {
            $own = $entries | Where-Object jobId -eq $job.JobId
            $job.Entries | Should -Be @($own).Count
            $job.Failures | Should -Be @($own | Where-Object { $_.provisioningStatusInfo.status -eq 'failure' }).Count
            ($job.Outcomes | Measure-Object Count -Sum).Sum | Should -Be $job.Entries
        }
    }
    It 'has null, never 0, for what logs cannot tell, and shows it in words' {
        $logsOnly = New-TestMirror
        Import-AuditExport "$tenant/provisioning/provisioningObjectSummary" -Mirror $logsOnly -WarningAction SilentlyContinue | Out-Null
        $job = Get-ProvisioningSummary Ledgerline -Mirror $logsOnly
        $job.Derived | Should -BeTrue
        $job.InScope | Should -Be $null
        $job.Synchronized | Should -Be $null
        $job.InitialCycleComplete | Should -Be $null
        $job.InQuarantine | Should -Be $null
        $text = $job | Format-List | Out-String -Width 100
        foreach ($label in 'State', 'Quarantine', 'In scope', 'Synchronized', 'In escrow', 'Initial cycle') { $text | Should -Match "$label\s+: \(not known from logs\)" }
        $text | Should -Match 'Basis\s+: Derived from the logs'
    }
    It 'learns the application of a job from -Application' {
        $own = New-TestMirror
        Import-AuditExport "$tenant/provisioning/synchronizationJobs-Pilotage-Survey.json" -Mirror $own -WarningAction SilentlyContinue | Out-Null
        (Get-ProvisioningSummary -Mirror $own).Application | Should -Not -Be 'Pilotage Survey'
        $own = New-TestMirror
        Import-AuditExport "$tenant/provisioning/synchronizationJobs-Pilotage-Survey.json" -Application 'Pilotage Survey' -Mirror $own -WarningAction SilentlyContinue | Out-Null
        $job = Get-ProvisioningSummary 'Pilotage*' -Mirror $own
        $job.Application | Should -Be 'Pilotage Survey'
        $job.LastRun | Should -Be $null
        $job | Format-List | Out-String -Width 100 | Should -Match 'Last run \(UTC\)\s+: never'
    }
    It 'takes the time of the observation from -ObservedAt' {
        $own = New-TestMirror
        Import-AuditExport "$tenant/provisioning/synchronizationJobs-Ledgerline.json" -Mirror $own -ObservedAt 2026-11-01T12:00Z -WarningAction SilentlyContinue | Out-Null
        $job = Get-ProvisioningSummary -Mirror $own
        $job.ObservedAt.ToString('u') | Should -Be '2026-11-01 12:00:00Z'
        $job.ObservedAtAssumed | Should -BeFalse
    }
}

Describe 'Completion for provisioning' -Skip:(-not $hasTenant) {
    It 'completes -<parameter> from what the tenant has' -ForEach @(
        @{ command = 'Get-ProvisioningLog'; parameter = 'Action'; typed = 'cr'; expected = 'create' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'Application'; typed = 'dropb'; expected = "'Dropbox Business'" }
        @{ command = 'Get-ProvisioningEvent'; parameter = 'Application'; typed = 'led'; expected = 'Ledgerline' }
        @{ command = 'Get-ProvisioningSummary'; parameter = 'Application'; typed = 'serv'; expected = 'ServiceNow' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'Status'; typed = 'fa'; expected = 'failure' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'SourceSystem'; typed = 'work'; expected = 'Workday' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'TargetSystem'; typed = 'serv'; expected = 'ServiceNow' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'IdentityType'; typed = 'gr'; expected = 'Group' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'ErrorCode'; typed = 'dup'; expected = 'DuplicateTargetEntries' }
        @{ command = 'Get-ProvisioningEvent'; parameter = 'Activity'; typed = 'syn'; expected = "'Synchronization rule action'" }
        @{ command = 'Import-AuditExport'; parameter = 'Application'; typed = 'sales'; expected = 'Salesforce' }
        @{ command = 'Get-AuditCoverage'; parameter = 'Kind'; typed = 'prov'; expected = 'ProvisioningLog' }
    ) {
        (Complete "$command -$parameter $typed").CompletionText | Should -Contain $expected
    }
    It 'completes the identity of <_> so that it finds itself' -ForEach 'Get-ProvisioningLog', 'Get-ProvisioningEvent' {
        $known = (Get-ProvisioningLog | Where-Object Identity | Select-Object -First 1).Identity
        $found = Complete "$_ -Identity '$($known.Substring(0, 4))"
        $found | Should -Not -BeNullOrEmpty
        $found[0].ListItemText | Should -BeLike "$($known.Substring(0, 4))*"
        @(Invoke-Expression "$_ $($found[0].CompletionText)").Count | Should -BeGreaterThan 0
        (Complete "$_ -Identity ")[0].ToolTip | Should -Match '\(\d+\)$'
    }
    It 'completes the tenant of <_> also where no activity tells it' -ForEach 'Get-ProvisioningLog', 'Get-AuditCoverage', 'Import-AuditExport ./x.json', 'Export-AuditRecord ./x.ndjson' {
        $own = New-TestMirror
        '{"id":"a1","activityDateTime":"2026-10-01T10:00:00Z","provisioningAction":"create","provisioningStatusInfo":{"status":"failure"},"provisioningSteps":[],"jobId":"j","cycleId":"c","changeId":"ch"}' |
            Import-AuditExport -Mirror $own -Tenant '55555555-0000-4000-8000-000000000001' | Out-Null
        (Complete "$_ -Mirror '$own' -Tenant ").ListItemText | Should -Be '55555555-0000-4000-8000-000000000001'
        (Complete "$_ -Mirror '$own' -Tenant 5").ListItemText | Should -Be '55555555-0000-4000-8000-000000000001'
        Complete "$_ -Mirror '$own' -Tenant 6" | Should -BeNullOrEmpty
    }
    It 'completes the identity of a trail that only the audit log tells' {
        $own = New-TestMirror
        New-Activity 1 -Service 'Account Provisioning' -Activity 'Import' -Target 'Dana' | Import-AuditExport -Mirror $own | Out-Null
        (Complete "Get-ProvisioningEvent -Mirror '$own' -Identity da").ListItemText | Should -Contain 'Dana'
        Complete "Get-ProvisioningLog -Mirror '$own' -Identity da" | Should -BeNullOrEmpty
    }
    It 'offers no action that the tenant does not have' {
        $have = $entries.provisioningAction | Sort-Object -Unique
        (Complete 'Get-ProvisioningLog -Action ').CompletionText | Sort-Object | Should -Be $have
    }
    It 'completes job ids so that they find themselves' {
        $text = (Complete 'Get-ProvisioningSummary -JobId ')[0].CompletionText
        @(Invoke-Expression "Get-ProvisioningSummary -JobId $text") | Should -HaveCount 1
    }
}

Describe 'Views of provisioning' -Skip:(-not $hasTenant) {
    It 'fits <name> in <width> columns' -ForEach @(
        foreach ($width in 80, 100, 120) {
            @{ width = $width; name = 'the log'; script = { Get-ProvisioningLog } }
            foreach ($view in 'Step', 'ModifiedProperty', 'Troubleshooting') { @{ width = $width; name = "the log, view $view"; script = { Get-ProvisioningLog | Format-Table -View $view }.GetNewClosure() } }
            @{ width = $width; name = 'the drawer'; script = { Get-ProvisioningLog -First 30 | Format-List } }
            @{ width = $width; name = 'steps'; script = { (Get-ProvisioningLog).Steps } }
            @{ width = $width; name = 'identities'; script = { (Get-ProvisioningLog).SourceIdentity } }
            @{ width = $width; name = 'trails'; script = { Get-ProvisioningEvent } }
            @{ width = $width; name = 'trails, view Attribute'; script = { Get-ProvisioningEvent | Format-Table -View Attribute } }
            @{ width = $width; name = 'trails, view StatusReason'; script = { Get-ProvisioningEvent | Format-Table -View StatusReason } }
            @{ width = $width; name = 'the list of events'; script = { Get-ProvisioningEvent -First 30 | Format-List } }
            @{ width = $width; name = 'health pages'; script = { Get-ProvisioningSummary } }
            @{ width = $width; name = 'errors, outcomes and quarantine of a job'; script = { $job = Get-ProvisioningSummary -First 1; $job.TopErrors; $job.Outcomes; $job.Quarantine } }
            @{ width = $width; name = 'jobs'; script = { Get-ProvisioningSummary | Format-Table } }
        }
    ) {
        $text = & $script | Out-String -Width $width
        $text.Trim() | Should -Not -BeNullOrEmpty
        ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $width
        $text | Should -Not -MatchExactly 'EntraAuditTools\.Prov|System\.[A-Z]'
    }
    It 'shows the default columns' {
        (Get-ProvisioningLog -First 1 | Out-String -Width 120).Trim() -split '\r?\n' | Select-Object -First 1 | Should -Match '^Time \(UTC\)\s+Identity\s+Action\s+Source\s+Target\s+Status\s*$'
    }
    It 'shows the drawer: steps, troubleshooting, properties, summary' {
        $entry = Get-ProvisioningLog -Status failure | Where-Object RecommendedAction | Select-Object -First 1
        $text = $entry | Format-List | Out-String -Width 500
        foreach ($step in $entry.Steps) { $text | Should -Match "$($step.Order)\. $($step.Type), $($step.Name): $($step.Status)" }
        $text | Should -Match "Error code: $($entry.ErrorCode)"
        $text | Should -Match ([regex]::Escape("Recommended action: $($entry.RecommendedAction)"))
        foreach ($id in $entry.SourceId, $entry.CycleId, $entry.JobId, $entry.ChangeId) { $text | Should -Match ([regex]::Escape($id)) }
        Get-ProvisioningLog -Status success -First 1 | Format-List | Out-String | Should -Not -Match 'Troubleshooting'
    }
    It 'shows old → new, old blank when there was none' {
        $entry = Get-ProvisioningLog -Action update -Status success | Where-Object { $_.ModifiedProperties.OldValue -and ($_.ModifiedProperties | Where-Object { -not $_.OldValue }) } | Select-Object -First 1
        $text = $entry | Format-List | Out-String -Width 500
        $changed = $entry.ModifiedProperties | Where-Object OldValue | Select-Object -First 1
        $added = $entry.ModifiedProperties | Where-Object { -not $_.OldValue } | Select-Object -First 1
        $text | Should -Match ([regex]::Escape("$($changed.Name): $($changed.OldValue) → $($changed.NewValue)"))
        $text | Should -Match ([regex]::Escape("$($added.Name): → $($added.NewValue)"))
    }
    It 'shows every column of the jobs at 120' {
        $header = (Get-ProvisioningSummary | Format-Table | Out-String -Width 120).Trim() -split '\r?\n' | Select-Object -First 1
        foreach ($column in 'Application', 'State', 'Quarantine', 'Escrow', 'Synced', 'Entries', 'Failures', 'Success', 'LastRun \(UTC\)') { $header | Should -Match $column }
    }
    It 'shows outcomes as a matrix that counts what is unknown' {
        $unknown = $entries[0] | ConvertTo-Json -Depth 9 | ConvertFrom-Json -DateKind String
        $unknown.id = [guid]::NewGuid().ToString(); $unknown.provisioningAction = 'teleport'; $unknown.provisioningStatusInfo.status = 'perhaps'
        $own = New-TestMirror
        ConvertTo-Json @($unknown, $entries[1]) -Depth 9 | Import-AuditExport -Mirror $own | Out-Null
        $text = Get-ProvisioningSummary -Mirror $own | Format-List | Out-String -Width 100
        $text | Should -Match 'success\s+failure\s+skipped\s+warning\s+perhaps'
        $text | Should -Match 'teleport\s+0\s+0\s+0\s+0\s+1'
    }
    It 'colours status and quarantine through PSStyle' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            Get-ProvisioningLog -Status failure -First 1 | Out-String -Width 120 | Should -Match ([regex]::Escape($PSStyle.Formatting.Error + 'failure'))
            Get-ProvisioningSummary | Where-Object InQuarantine | Out-String -Width 120 | Should -Match ([regex]::Escape($PSStyle.Formatting.Error + 'Quarantine'))
            $PSStyle.OutputRendering = 'PlainText'
            Get-ProvisioningLog -Status failure | Out-String -Width 120 | Should -Not -Match ([char]27)
        }
        finally { $PSStyle.OutputRendering = $before }
    }
    It 'shows the same under Constrained Language' {
        $scripts = 'Get-ProvisioningLog -First 3 | Out-String -Width 120', 'Get-ProvisioningLog -First 1 | Format-List | Out-String -Width 120', 'Get-ProvisioningEvent -First 5 | Out-String -Width 100', 'Get-ProvisioningSummary | Out-String -Width 100'
        $runspace = [runspacefactory]::CreateRunspace(); $runspace.Open()
        try {
            $shell = [powershell]::Create($runspace)
            [void]$shell.AddScript("Import-Module '$ModulePath'; `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'").Invoke()
            foreach ($script in $scripts) {
                $shell.Commands.Clear()
                $shell.AddScript($script).Invoke() -join "`n" | Should -Be ((Invoke-Expression $script) -join "`n")
            }
        }
        finally { $runspace.Dispose() }
    }
    It 'keeps control characters of the log out' {
        $bad = $entries[0] | ConvertTo-Json -Depth 9 | ConvertFrom-Json -DateKind String
        $bad.id = [guid]::NewGuid().ToString(); $bad.sourceIdentity.displayName = "Eve`e[31m Red`nSecond"
        $own = New-TestMirror
        ConvertTo-Json @($bad) -Depth 9 | Import-AuditExport -Mirror $own | Out-Null
        foreach ($text in (Get-ProvisioningLog -Mirror $own | Out-String -Width 120), (Get-ProvisioningLog -Mirror $own | Format-List | Out-String), (Get-ProvisioningEvent -Mirror $own | Out-String -Width 100)) { $text | Should -Not -Match ([char]27) }
    }
}

Describe 'The provisioning log in every shape' -Skip:(-not $hasTenant) {
    It 'is the same entries, whatever brings them' {
        $own = New-TestMirror
        $all = Import-AuditExport $tenant -Recurse -Mirror $own -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($all | Where-Object Kind -eq 'ProvisioningLog').Count | Should -BeGreaterThan 10
        ($all | Measure-Object Rejected -Sum).Sum | Should -Be 0
        (Get-ProvisioningLog -Mirror $own).Id | Sort-Object | Should -Be ($entries.id | Sort-Object)
    }
    It 'takes objects of the pipeline' {
        $own = New-TestMirror
        ($entries | Import-AuditExport -Mirror $own -WarningAction SilentlyContinue | Measure-Object Added -Sum).Sum | Should -Be $entries.Count
        Get-Content "$tenant/powershell/Get-MgAuditLogProvisioning.json" | Import-AuditExport -Mirror $own -WarningAction SilentlyContinue | Out-Null
        (Get-ProvisioningLog -Mirror $own).Count | Should -Be $entries.Count
    }
}

Describe 'Entries that say little' {
    BeforeAll {
        $poor = New-TestMirror
        '[{"id":"a1","activityDateTime":"2026-10-01T10:00:00","provisioningAction":"create","provisioningStatusInfo":{"status":"failure"},"servicePrincipal":null,"provisioningSteps":null,"sourceIdentity":{},"targetIdentity":null,"jobId":"j","cycleId":"c","changeId":"ch"},
          {"id":"a2","activityDateTime":"2026-10-01T10:00:01Z","provisioningAction":"zap","provisioningStatusInfo":null,"provisioningSteps":[{"name":null,"status":null}],"jobId":null,"cycleId":null,"changeId":null}]' |
            Import-AuditExport -Mirror $poor | Out-Null
    }
    It 'are kept, and shown without inventing anything' {
        $log = Get-ProvisioningLog -Mirror $poor
        $log.Id | Should -Be 'a2', 'a1'
        $log[1].Time.ToString('u') | Should -Be '2026-10-01 10:00:00Z'
        $log[0].Action | Should -Be 'zap'
        $log[0].Status | Should -Be $null
        $log[1].Steps.Count | Should -Be 0
        $text = $log | Format-List | Out-String -Width 100
        $text | Should -Match 'Source: \(not told\)'
        $text | Should -Not -Match 'Troubleshooting'
    }
    It 'have a trail and a summary' {
        Get-ProvisioningEvent -Mirror $poor | Out-String -Width 100 | Should -Match '\(unnamed\) · pass ch'
        $jobs = Get-ProvisioningSummary -Mirror $poor
        ($jobs | Measure-Object Entries -Sum).Sum | Should -Be 2
        $jobs | Format-List | Out-String -Width 100 | Should -Match 'zap\s+0\s+0\s+0\s+0\s+1'
        ($jobs | Where-Object JobId -ne 'j').SuccessRate | Should -Be $null
    }
}
