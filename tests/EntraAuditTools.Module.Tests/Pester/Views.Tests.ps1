BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    $long = New-Activity 90 -Time 2026-09-01T08:00Z -Activity ('A long name of an activity ' * 5).Trim() -Upn "$('somebody.with.a.long.name' * 3)@contoso.example" -Target ('A long target ' * 9)
    $results = @(New-ActivitySet) + $long | Import-AuditExport -Mirror $mirror
    Set-AuditMirror $mirror
    $bad = Join-Path $TestDrive 'a file with quite a long name, as downloads have.json'
    '{"id":"Directory_x","activityDisplayName":"Update user","category":"UserManagement","activityDateTime":"not a time","loggedByService":"Core Directory"}' | Set-Content $bad
    $rejecting = Import-AuditExport $bad -Mirror $mirror -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
    function Get-Widest([string] $text) { ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum }
    $escape = [char]27
}

AfterAll { Set-AuditMirror -Default }

Describe 'Views' {
    It 'fits <name> in <width> columns' -ForEach @(
        foreach ($width in 80, 120, 200) {
            @{ width = $width; name = 'activities'; script = { Get-AuditActivity } }
            foreach ($view in 'Change', 'Service', 'Reason') { @{ width = $width; name = "activities, view $view"; script = { Get-AuditActivity | Format-Table -View $view }.GetNewClosure() } }
            @{ width = $width; name = 'the list of an activity'; script = { Get-AuditActivity -First 3 | Format-List } }
            @{ width = $width; name = 'results'; script = { $results; $rejecting } }
            @{ width = $width; name = 'the list of results'; script = { $results, $rejecting | Format-List } }
            @{ width = $width; name = 'targets'; script = { (Get-AuditActivity -First 3).Targets } }
            @{ width = $width; name = 'modified properties'; script = { (Get-AuditActivity).Targets.ModifiedProperties } }
            @{ width = $width; name = 'details'; script = { (Get-AuditActivity).AdditionalDetails } }
            @{ width = $width; name = 'evidence'; script = { (Get-AuditActivity).Evidence } }
            @{ width = $width; name = 'initiators'; script = { (Get-AuditActivity).InitiatedBy } }
            @{ width = $width; name = 'types'; script = { Get-AuditActivityType -First 50 } }
            @{ width = $width; name = 'coverage'; script = { Get-AuditCoverage } }
            @{ width = $width; name = 'imports'; script = { Get-AuditImport } }
            @{ width = $width; name = 'rejected records'; script = { Get-AuditImport -Rejected } }
            @{ width = $width; name = 'the mirror'; script = { Get-AuditMirror } }
            @{ width = $width; name = 'a measure'; script = { Measure-AuditActivity -By Activity } }
            @{ width = $width; name = 'a measure of five'; script = { Measure-AuditActivity -By Activity, Service, Result, Day, Actor } }
        }
    ) {
        $text = & $script | Out-String -Width $width
        $text.Trim() | Should -Not -BeNullOrEmpty
        Get-Widest $text | Should -BeLessOrEqual $width
    }

    It 'labels times as UTC' { Get-AuditActivity -First 1 | Out-String | Should -Match 'Time \(UTC\)' }
    It 'shows the time in UTC' { Get-AuditActivity -First 1 | Out-String -Width 120 | Should -Match '2026-10-05 10:00:00' }
    It 'keeps a row on one line and control characters out' {
        $text = Get-AuditActivity -Target 'Eve*' | Out-String -Width 120
        $text | Should -Match 'Red Second line'
        $text | Should -Not -Match $escape
        Get-AuditActivity -Target 'Eve*' | Format-List | Out-String | Should -Not -Match $escape
    }
    It 'shows old and new values' {
        Get-AuditActivity 'Delete user' | Format-Table -View Change | Out-String -Width 200 | Should -Match 'AccountEnabled: true → false'
        Get-AuditActivity 'Delete user' | Format-List | Out-String | Should -Match 'AccountEnabled: true → false'
    }
    It 'shows where it comes from' { Get-AuditActivity -First 1 | Format-List | Out-String | Should -Match 'Import 1, .*: pipeline' }
    It 'shows every column of an import result at 120' {
        $header = ($results | Out-String -Width 120).Trim() -split '\r?\n' | Select-Object -First 1
        foreach ($column in 'Source', 'Status', 'Shape', 'Read', 'Added', 'Updated', 'Unchanged', 'Rejected', 'First', 'Last', 'Duration') { $header | Should -Match "\b$column\b" }
    }
    It 'shows the columns of a measure' { (Measure-AuditActivity -By Service | Out-String).Trim() -split '\r?\n' | Select-Object -First 1 | Should -Match '^Service\s+Count\s+Success\s+Failure' }
    It 'colours failures through PSStyle, and plain text stays plain' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $text = Get-AuditActivity -Result failure -First 1 | Out-String -Width 120
            $text | Should -Match ([regex]::Escape($PSStyle.Formatting.Error + 'failure'))
            $PSStyle.OutputRendering = 'PlainText'
            Get-AuditActivity -Result failure -First 1 | Out-String -Width 120 | Should -Not -Match $escape
        }
        finally { $PSStyle.OutputRendering = $before }
    }
}

Describe 'Objects' {
    It 'has the names of Graph at every level' {
        $activity = Get-AuditActivity 'Delete user'
        $activity.ActivityDateTime | Should -Be $activity.Time
        $activity.ActivityDisplayName | Should -Be 'Delete user'
        $activity.LoggedByService | Should -Be 'Core Directory'
        $activity.InitiatedBy.User.UserPrincipalName | Should -Be 'alice@contoso.example'
        $activity.InitiatedBy.App | Should -BeNullOrEmpty
        $activity.InitiatedBy.User.IpAddress | Should -Be '203.0.113.7'
        $activity.TargetResources[0].ModifiedProperties[0].DisplayName | Should -Be 'AccountEnabled'
        $activity.AdditionalDetails[0].Key | Should -Be 'UserType'
        Get-AuditActivity | Where-Object ActivityDisplayName -eq 'Delete user' | Should -HaveCount 1
        (Get-AuditActivity | Sort-Object ActivityDateTime | Select-Object -First 1 -ExpandProperty LoggedByService) | Should -Be 'Core Directory'
    }
    It 'has the original record' {
        $original = (Get-AuditActivity 'Delete user').Original | ConvertFrom-Json -DateKind String
        $original.activityDateTime | Should -Be '2026-10-02T09:00:00Z'
        $original.targetResources[0].modifiedProperties[0].oldValue | Should -Be '[true]'
    }
    It 'has times in UTC with all their digits' {
        $time = (Get-AuditActivity -First 1).Time
        $time | Should -BeOfType datetimeoffset
        $time.Offset | Should -Be ([timespan]::Zero)
        $time.ToString('O') | Should -Be '2026-10-05T10:00:00.7654321+00:00'
    }
    It 'exports to CSV, readable and each value once' {
        $lines = Get-AuditActivity 'Delete user' | ConvertTo-Csv
        $lines[0] | Should -Match '^"Time","Service","Category","Activity"'
        $lines[0] | Should -Not -Match 'ActivityDateTime|View|Original'
        $lines[1] | Should -Match 'alice@contoso.example'
        $lines[1] | Should -Match "O'Neil"
        $lines[1] | Should -Not -Match 'EntraAuditTools\.|System\.'
    }
    It 'converts to JSON, each value once' {
        $json = Get-AuditActivity 'Delete user' | ConvertTo-Json -Depth 6
        $json | Should -Not -Match '"ActivityDateTime"|"View|"Original"'
        ($json | ConvertFrom-Json).Targets[0].ModifiedProperties[0].NewValue | Should -Be 'false'
    }
    It 'groups' { (Get-AuditActivity | Group-Object Activity | Sort-Object Count -Descending)[0].Name | Should -Be 'Update user' }
    It 'comes back whole from CLIXML' {
        Get-AuditActivity -First 1 | Export-Clixml "$TestDrive/one.xml"
        $back = Import-Clixml "$TestDrive/one.xml"
        $back | Should -BeOfType EntraAuditTools.AuditActivity
        $back.Time.ToString('O') | Should -Be '2026-10-05T10:00:00.7654321+00:00'
        $back.Targets[0].ModifiedProperties[0].NewValue | Should -Be 'false'
        $back.InitiatedBy.User.UserPrincipalName | Should -Be 'alice@contoso.example'
        $back.Original | Should -Be (Get-AuditActivity -First 1).Original
        $back.Evidence[0].Source | Should -Be 'pipeline'
    }
}
