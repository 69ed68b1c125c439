BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    New-ActivitySet | Import-AuditExport -Mirror $mirror | Out-Null
    Set-AuditMirror $mirror
    function Get-Number { process { [int]($_.Id -split '_')[-1] } }
}

AfterAll { Set-AuditMirror -Default }

Describe 'Get-AuditActivity' {
    It 'returns everything, newest first' { Get-AuditActivity | Get-Number | Should -Be (12..1) }

    It 'filters by <name>' -ForEach @(
        @{ name = 'activity'; filter = @{ Activity = 'add MEMBER to group' }; expected = 4, 3 }
        @{ name = 'activity by position'; filter = 'Delete user'; expected = @(5) }
        @{ name = 'activity with a wildcard'; filter = @{ Activity = 'Add *' }; expected = 8, 6, 4, 3, 2 }
        @{ name = 'several activities'; filter = @{ Activity = 'Delete user', '*role' }; expected = 6, 5 }
        @{ name = 'the name that Graph has for it'; filter = @{ ActivityDisplayName = 'Delete user' }; expected = @(5) }
        @{ name = 'service'; filter = @{ Service = 'entitlement*' }; expected = @(7) }
        @{ name = 'LoggedByService'; filter = @{ LoggedByService = 'Entitlement Management' }; expected = @(7) }
        @{ name = 'category'; filter = @{ Category = 'RoleManagement', 'GroupManagement' }; expected = 6, 4, 3 }
        @{ name = 'result'; filter = @{ Result = 'failure' }; expected = 12, 4 }
        @{ name = 'initiator by UPN'; filter = @{ InitiatedBy = 'carol@contoso.example' }; expected = 10, 9, 2 }
        @{ name = 'initiator by wildcard'; filter = @{ InitiatedBy = 'car*' }; expected = 10, 9, 2 }
        @{ name = 'initiator as Actor'; filter = @{ Actor = 'carol@contoso.example' }; expected = 10, 9, 2 }
        @{ name = 'target by name'; filter = @{ Target = 'sales' }; expected = 4, 3 }
        @{ name = 'target by id'; filter = @{ Target = '22222222-0000-4000-8000-000000000005' }; expected = @(5) }
        @{ name = 'target with escaped brackets'; filter = @{ Target = 'O''Neil `[x`]' }; expected = @(5) }
        @{ name = 'modified property'; filter = @{ Property = 'Group.*' }; expected = @(3) }
        @{ name = 'address'; filter = @{ IPAddress = '203.0.113.*'; Activity = 'Delete user' }; expected = @(5) }
        @{ name = 'correlation id'; filter = @{ CorrelationId = '00000000-0000-4000-8000-000000000006' }; expected = @(6) }
        @{ name = 'record id'; filter = @{ Id = 'Directory_00000000-0000-4000-8000-000000000007_ABCDE_7' }; expected = @(7) }
        @{ name = 'words'; filter = @{ Search = 'insufficient' }; expected = @(4) }
        @{ name = 'two filters, both'; filter = @{ Result = 'failure'; Category = 'GroupManagement' }; expected = @(4) }
    ) {
        if ($filter -is [string]) { Get-AuditActivity $filter | Get-Number | Should -Be $expected }
        else { Get-AuditActivity @filter | Get-Number | Should -Be $expected }
    }

    It 'returns nothing when nothing matches' { Get-AuditActivity 'No such activity' | Should -BeNullOrEmpty }

    It 'finds by and on with -Involving, and completes from both' {
        $by = Get-AuditActivity -InitiatedBy carol@contoso.example
        $on = Get-AuditActivity -Target 'O''Neil `[x`]'
        Get-AuditActivity -Involving carol@contoso.example, 'O''Neil `[x`]' | Get-Number | Should -Be (@($by) + @($on) | Sort-Object Time -Descending | Get-Number | Select-Object -Unique)
        (Measure-AuditActivity -Involving carol@contoso.example -By Result | Measure-Object Count -Sum).Sum | Should -Be @($by).Count
        (TabExpansion2 'Get-AuditActivity -Involving caro').CompletionMatches.CompletionText | Should -Match 'carol@contoso.example'
    }

    It 'asks for one log with -Origin, a closed list' {
        Get-AuditActivity -Origin DirectoryAudit | Should -HaveCount 12
        Get-AuditActivity -Origin UnifiedAudit | Should -BeNullOrEmpty
        Get-AuditActivity -Origin All | Should -HaveCount 12
        { Get-AuditActivity -Origin Unified } | Should -Throw '*none of DirectoryAudit, UnifiedAudit*'
        (TabExpansion2 'Measure-AuditActivity -Origin ').CompletionMatches.CompletionText | Should -Be 'DirectoryAudit', 'UnifiedAudit'
    }

    It 'includes the start of a window and excludes its end' {
        Get-AuditActivity -After 2026-10-02T08:00Z -Before 2026-10-03T09:00Z -WarningAction SilentlyContinue | Get-Number | Should -Be @(6, 5, 4)
    }

    It 'warns once when the window is not covered, and not without a window' {
        Get-AuditActivity -After 2026-10-01 -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
        $warned | Should -HaveCount 1
        Get-AuditActivity -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
        $warned | Should -BeNullOrEmpty
    }

    It 'tells the bounds in UTC with -Verbose' {
        $text = Get-AuditActivity -After 2026-10-02T10:00+02:00 -Verbose -WarningAction SilentlyContinue 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String
        $text | Should -Match '2026-10-02.08:00'
    }

    It 'says what to do when there is no mirror' {
        $failed = $null
        try { Get-AuditActivity -Mirror "$TestDrive/nope.db" } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike 'MirrorNotFound,*'
        $failed.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed.ErrorDetails.RecommendedAction | Should -Match 'Import-AuditExport'
        "$TestDrive/nope.db" | Should -Not -Exist
    }

    It 'masks key material unless asked for' {
        $masked = Get-AuditActivity -Activity '*credentials'
        $masked.Targets[0].ModifiedProperties[0].Masked | Should -BeTrue
        $masked | ConvertTo-Json -Depth 6 | Should -Not -Match 'c2VjcmV0'
        $masked.Original | Should -Not -Match 'c2VjcmV0'
        (Get-AuditActivity -Activity '*credentials' -ShowSecret).Targets[0].ModifiedProperties[0].NewValue | Should -Be 'c2VjcmV0LWtleS1tYXRlcmlhbA=='
    }
}

Describe 'Paging' {
    It 'returns the first' { Get-AuditActivity -First 2 | Get-Number | Should -Be @(12, 11) }
    It 'skips' { Get-AuditActivity -First 2 -Skip 3 | Get-Number | Should -Be @(9, 8) }
    It 'skips to the end' { Get-AuditActivity -Skip 10 | Get-Number | Should -Be @(2, 1) }
    It 'returns nothing for -First 0' { Get-AuditActivity -First 0 | Should -BeNullOrEmpty }
    It 'counts all with -IncludeTotalCount' {
        $answer = @(Get-AuditActivity -Category UserManagement -First 1 -IncludeTotalCount)
        $answer | Should -HaveCount 2
        [uint64]$answer[0] | Should -Be 7
    }
    It 'pages other questions too' {
        @(Measure-AuditActivity -First 2).Count | Should -Be 2
        @(Get-AuditActivityType -First 3 -Skip 1).Count | Should -Be 3
        [uint64]@(Get-AuditCoverage -First 1 -IncludeTotalCount)[0] | Should -Be 5
    }
    It 'keeps the script alive when the rest of the pipeline has enough' {
        Invoke-Pwsh "Import-Module `$ModulePath; (Get-AuditActivity -Mirror '$mirror' | Select-Object -First 2).Count; 'alive'" | Should -Be @('2', 'alive')
    }
    It 'can be left by break' {
        $seen = 0
        foreach ($once in 1) { Get-AuditActivity | ForEach-Object { $seen++; if ($seen -eq 3) { break } } }
        $seen | Should -Be 3
    }
}

Describe 'Identities from the pipeline' {
    It 'binds <_>' -ForEach 'UserPrincipalName', 'UserId' {
        [pscustomobject]@{ $_ = 'carol@contoso.example'; Id = 'not this' } | Get-AuditActivity | Get-Number | Should -Be @(10, 9, 2)
    }
    It 'asks once for all of them' {
        [pscustomobject]@{ UserPrincipalName = 'carol@contoso.example' }, [pscustomobject]@{ UserPrincipalName = 'alice@contoso.example' } | Get-AuditActivity -First 3 | Get-Number | Should -Be @(12, 11, 10)
    }
    It 'never binds a bare Id' {
        [pscustomobject]@{ Id = 'carol@contoso.example' } | Get-AuditActivity -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed | Should -Not -BeNullOrEmpty
    }
    It 'answers nothing for nobody' { @() | Get-AuditActivity | Should -BeNullOrEmpty }
}

Describe 'Times' {
    BeforeAll {
        function Get-Bound { param([hashtable] $Parameter) Get-AuditActivity @Parameter -First 0 -Verbose -WarningAction SilentlyContinue 4>&1 | Out-String }
        $offset = [TimeZoneInfo]::Local.GetUtcOffset([datetime]'2026-10-02')
    }
    It 'takes an unquoted 7d' {
        $text = Get-AuditActivity -Last 7d -First 0 -Verbose -WarningAction SilentlyContinue 4>&1 | Out-String
        $text | Should -Match ([datetime]::UtcNow.AddDays(-7).ToString('yyyy-MM-dd'))
    }
    It 'takes <last>' -ForEach @(
        @{ last = '90m'; start = [datetimeoffset]'2026-10-05T06:30Z' }, @{ last = '24h'; start = [datetimeoffset]'2026-10-04T08:00Z' }
        @{ last = '2w'; start = [datetimeoffset]'2026-09-21T08:00Z' }, @{ last = '1month'; start = [datetimeoffset]'2026-09-05T08:00Z' }
        @{ last = '1d12h'; start = [datetimeoffset]'2026-10-03T20:00Z' }, @{ last = '1y'; start = [datetimeoffset]'2025-10-05T08:00Z' }
        @{ last = [timespan]::FromDays(2); start = [datetimeoffset]'2026-10-03T08:00Z' }
    ) {
        Get-Bound @{ Last = $last; Before = '2026-10-05T08:00Z' } | Should -Match $start.UtcDateTime.ToString('yyyy-MM-dd.HH:mm')
    }
    It 'takes a date as local midnight' {
        Get-Bound @{ After = '2026-10-02' } | Should -Match ([datetimeoffset]::new([datetime]'2026-10-02', $offset).UtcDateTime.ToString('yyyy-MM-dd.HH:mm'))
        Get-Bound @{ After = [datetime]'2026-10-02' } | Should -Match ([datetimeoffset]::new([datetime]'2026-10-02', $offset).UtcDateTime.ToString('yyyy-MM-dd.HH:mm'))
    }
    It 'takes a UTC DateTime as UTC' { Get-Bound @{ After = [datetime]::new(2026, 10, 2, 7, 0, 0, [DateTimeKind]::Utc) } | Should -Match '2026-10-02.07:00' }
    It 'reads ISO dates the same under every culture' {
        Invoke-Pwsh "[Globalization.CultureInfo]::CurrentCulture = 'de-DE'; Import-Module `$ModulePath; (Get-AuditActivity -Mirror '$mirror' -After 2026-10-02T08:00Z -Before 2026-10-02T08:01Z -WarningAction SilentlyContinue).Activity" | Should -Be 'Add member to group'
    }
    It 'refuses -Last <_>' -ForEach '7', 'soon', '-7d', '' { { Get-AuditActivity -Last $_ } | Should -Throw }
    It 'refuses -Last beside -After' { { Get-AuditActivity -Last 7d -After 2026-10-01 } | Should -Throw -ErrorId 'TimesContradict,*' }
    It 'refuses an end before the start' { { Get-AuditActivity -After 2026-10-02 -Before 2026-10-01 } | Should -Throw -ErrorId 'TimesContradict,*' }
    It 'refuses what is no time' { { Get-AuditActivity -After 'next week' } | Should -Throw '*is not a time*' }
}

Describe 'Measure-AuditActivity' {
    It 'counts by activity, most frequent first' {
        $rows = @(Measure-AuditActivity)
        $rows[0].Activity | Should -Be 'Update user'
        $rows[0].Count | Should -Be 5
        $rows[0].Failure | Should -Be 1
        ($rows | Measure-Object Count -Sum).Sum | Should -Be 12
    }
    It 'groups by <_>' -ForEach 'Service', 'Category', 'OperationType', 'Result', 'Actor', 'Tenant', 'Origin', 'IPAddress', 'Year', 'Month', 'Week', 'Day', 'Hour', 'HourOfDay', 'DayOfWeek' {
        $rows = @(Measure-AuditActivity -By $_)
        ($rows | Measure-Object Count -Sum).Sum | Should -Be 12
        $rows[0].PSObject.Properties.Name | Select-Object -First 1 | Should -Be $_
    }
    It 'groups by combinations, as columns of a CSV' {
        (Measure-AuditActivity -By Actor, day | ConvertTo-Csv)[0] | Should -Be '"Actor","Day","Count","Success","Failure","First","Last"'
    }
    It 'filters like Get-AuditActivity' { (Measure-AuditActivity -By Result -Category GroupManagement | Measure-Object Count -Sum).Sum | Should -Be 2 }
    It 'tells when each was first seen, with which import, and what that rests on' {
        $own = New-TestMirror
        New-Activity 1 '2026-10-01T08:00:00Z' -Upn ann@contoso.example | Import-AuditExport -Mirror $own -CoversFrom 2026-10-01T00:00Z -CoversTo 2026-10-20T00:00Z | Out-Null
        New-Activity 2 '2026-10-10T08:00:00Z' -Upn bo@contoso.example | Import-AuditExport -Mirror $own | Out-Null
        $rows = @(Measure-AuditActivity -By Actor -FirstSeen -Mirror $own)
        $rows.Actor | Should -Be 'bo@contoso.example', 'ann@contoso.example'
        $rows.IsNew | Should -Be $true, $false
        $rows.FirstImportId | Should -Be 2, 1
        $rows.RestsOn | Should -Be '9 covered days', 'first covered day'
        $rows[0].CoveredSince.UtcDateTime.ToString('u') | Should -Be '2026-10-01 00:00:00Z'
        (Measure-AuditActivity -By Actor -FirstSeen -Mirror $own -ImportId 2 -After 2026-10-10T00:00Z -Before 2026-10-11T00:00Z).Actor | Should -Be 'bo@contoso.example'
        $rows | ConvertTo-Csv | Select-Object -First 1 | Should -Be '"Actor","Count","Success","Failure","First","Last","FirstImportId","CoveredSince","IsNew","RestsOn"'
    }
    It 'names what it can group by when it cannot' { { Measure-AuditActivity -By Colour } | Should -Throw -ErrorId 'DimensionUnknown,*' }
}

Describe 'Compare-AuditActivity' {
    BeforeAll {
        $own = New-TestMirror
        $rows = @(
            New-Activity 1 '2026-10-02T08:00:00Z' -Upn ann@contoso.example
            New-Activity 2 '2026-10-03T08:00:00Z' -Upn bo@contoso.example
            New-Activity 3 '2026-10-09T08:00:00Z' -Upn bo@contoso.example
            New-Activity 4 '2026-10-09T09:00:00Z' -Upn cy@contoso.example
        )
        $rows | Import-AuditExport -Mirror $own -CoversFrom 2026-10-01T00:00Z -CoversTo 2026-10-15T00:00Z | Out-Null
        function Get-Change { $input | ForEach-Object { "$($_.Actor -replace '@.*') $($_.Change)" } }
    }
    It 'puts a week beside the one before' {
        $found = @(Compare-AuditActivity -By Actor -Before 2026-10-15T00:00Z -Mirror $own)
        $found | Get-Change | Should -Be 'ann Gone', 'cy New', 'bo Same'
        $found[0].Difference | Should -Be -1
        $found[0].ReferenceAfter.UtcDateTime.ToString('u') | Should -Be '2026-10-01 00:00:00Z'
        $found | ConvertTo-Csv | Select-Object -First 1 | Should -Be '"Actor","Change","ReferenceCount","Count","Difference","ReferenceAfter","ReferenceBefore","After","Before","ReferenceDaysNotCovered","DaysNotCovered"'
    }
    It 'takes the last seven whole days where no time is given' {
        $found = Get-Date -AsUTC -Hour 0 -Minute 0 -Second 0 -Millisecond 0
        $compared = New-TestMirror
        New-Activity 9 ($found.AddDays(-1).ToString('yyyy-MM-dd') + 'T08:00:00Z') | Import-AuditExport -Mirror $compared | Out-Null
        $row = Compare-AuditActivity -Mirror $compared -WarningAction SilentlyContinue
        ($row.Before - $row.After).TotalDays | Should -Be 7
        $row.Before.UtcDateTime.TimeOfDay | Should -Be ([timespan]::Zero)
        $row.ReferenceBefore | Should -Be $row.After
        $row.Change | Should -Be 'Unknown'
    }
    It 'never calls gone what is not covered, and says which days are not' {
        $found = Compare-AuditActivity -By Actor -After 2026-10-08T00:00Z -Before 2026-10-16T00:00Z -ReferenceBefore 2026-10-08T00:00Z -Mirror $own -WarningVariable said -WarningAction SilentlyContinue
        $found | Get-Change | Should -Be 'ann Unknown', 'cy Unknown', 'bo Unknown'
        "$said" | Should -BeLike '*2026-10-15 00:00Z*2026-10-16 00:00Z*The time to compare with: *2026-09-30 00:00Z*2026-10-01 00:00Z*'
        $found[0].DaysNotCovered | Should -Be 1
        $found[0].ReferenceDaysNotCovered | Should -Be 1
        { Compare-AuditActivity -Before 2026-10-12T00:00Z -Mirror $own -RequireCoverage } | Should -Throw -ErrorId 'CoverageMissing,*'
    }
    It 'refuses <why>' -ForEach @(
        @{ why = 'days, which two times do not share'; given = @{ By = 'Day' }; id = 'DimensionIsTime' }
        @{ why = 'times with a part in common'; given = @{ ReferenceAfter = '2026-10-05T00:00Z' }; id = 'TimesContradict' }
    ) {
        { Compare-AuditActivity -Before 2026-10-15T00:00Z -Mirror $own @given } | Should -Throw -ErrorId "$id,*"
    }
}

Describe 'Get-AuditActivityType' {
    It 'answers from the catalog without a mirror' {
        $types = Invoke-Pwsh "Import-Module `$ModulePath; @(Get-AuditActivityType 'Add user').Count" -Environment @{ ENTRAAUDIT_MIRROR = "$TestDrive/none.db" }
        [int]$types | Should -BeGreaterThan 0
    }
    It 'shows what was seen' {
        $seen = Get-AuditActivityType 'Add member to group' -Seen
        ($seen | Measure-Object Count -Sum).Sum | Should -Be 2
        $seen[0].FirstSeen | Should -BeOfType datetimeoffset
    }
    It 'shows what the catalog does not list' {
        New-Activity 60 -Activity 'Reprocess access package assignment' | Import-AuditExport -Mirror ($other = New-TestMirror) | Out-Null
        Get-AuditActivityType -Unlisted -Mirror $other | ForEach-Object Activity | Should -Be 'Reprocess access package assignment'
    }
    It 'needs a mirror for -Seen' { { Get-AuditActivityType -Seen -Mirror "$TestDrive/nope.db" } | Should -Throw -ErrorId 'MirrorNotFound,*' }
}

Describe 'Get-AuditCoverage and Get-AuditImport' {
    It 'lists the days' { Get-AuditCoverage | ForEach-Object { $_.Day.ToString('yyyy-MM-dd') } | Should -Be (1..5 | ForEach-Object { "2026-10-0$_" }) }
    It 'says that they are observed only' { Get-AuditCoverage | ForEach-Object State | Select-Object -Unique | Should -Be 'Observed' }
    It 'shows a gap' {
        $records = (New-Activity 70 -Time 2026-10-01T08:00:00Z), (New-Activity 71 -Time 2026-10-03T08:00:00Z)
        $records | Import-AuditExport -Mirror ($other = New-TestMirror) | Out-Null
        (Get-AuditCoverage -Mirror $other)[1].State | Should -Be 'Gap'
    }
    It 'lists imports' {
        $import = Get-AuditImport
        $import | Should -HaveCount 1
        $import.Added | Should -Be 12
        $import.Source | Should -Be 'pipeline'
    }
    It 'finds the import of an activity' { ((Get-AuditActivity -First 1).Evidence | Get-AuditImport).Source | Should -Be 'pipeline' }
    It 'lists rejected records with place, reason and text' {
        $file = Join-Path $TestDrive 'rejects.json'
        New-Activity 80 | ConvertTo-Json -Depth 9 -Compress | Set-Content $file
        '{"id":"Directory_x","activityDisplayName":"Update user","category":"UserManagement","activityDateTime":"not a time","loggedByService":"Core Directory"}' | Add-Content $file
        $result = Import-AuditExport $file -Mirror ($other = New-TestMirror) -WarningAction SilentlyContinue
        $result.Added | Should -Be 1
        $result.Rejected | Should -Be 1
        $rejected = $result | Get-AuditImport -Rejected -Mirror $other
        $rejected.Line | Should -Be 2
        $rejected.Reason | Should -Not -BeNullOrEmpty
        $rejected.Text | Should -Match 'not a time'
    }
}

Describe 'Get-AuditMirror and Set-AuditMirror' {
    AfterAll { Set-AuditMirror $mirror }

    It 'tells what the mirror holds' {
        $info = Get-AuditMirror
        $info.Path | Should -Be $mirror
        $info.Basis | Should -Be 'Session'
        $info.Activities | Should -Be 12
        $info.Exists | Should -BeTrue
    }
    It 'prefers -Mirror' { (Get-AuditMirror -Mirror "$TestDrive/other.db").Basis | Should -Be 'Parameter' }
    It 'is no error when there is none' { (Get-AuditMirror -Mirror "$TestDrive/other.db").Exists | Should -BeFalse }
    It 'takes a relative path from the current location' {
        Push-Location $TestDrive
        try { (Set-AuditMirror ./here.db -PassThru).Path | Should -Be (Join-Path (Get-Item $TestDrive).FullName 'here.db') } finally { Pop-Location }
    }
    It 'goes back to the environment' {
        Set-AuditMirror "$TestDrive/one.db"
        $before = $env:ENTRAAUDIT_MIRROR
        try {
            $env:ENTRAAUDIT_MIRROR = "$TestDrive/two.db"
            (Set-AuditMirror -Default -PassThru).Basis | Should -Be 'Environment'
        }
        finally { $env:ENTRAAUDIT_MIRROR = $before }
    }
    It 'changes nothing with -WhatIf' {
        Set-AuditMirror "$TestDrive/one.db"
        Invoke-Pwsh "Import-Module `$ModulePath; Set-AuditMirror '$TestDrive/one.db'; Set-AuditMirror '$TestDrive/three.db' -WhatIf; (Get-AuditMirror).Path" | Select-Object -Last 1 | Should -BeLike '*one.db'
    }
    It 'refuses a folder' { { Set-AuditMirror $TestDrive } | Should -Throw -ErrorId 'MirrorIsFolder,*' }
}
