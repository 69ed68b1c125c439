BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    New-ActivitySet | Import-AuditExport -Mirror $mirror | Out-Null
    Set-AuditMirror $mirror
    function Complete([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches }
}

AfterAll { Set-AuditMirror -Default }

Describe 'Completion' {
    It 'offers values of the mirror, most frequent first' {
        (Complete 'Get-AuditActivity -Activity ')[0].CompletionText | Should -Be "'Update user'"
        (Complete 'Get-AuditActivity -Category ')[0].CompletionText | Should -Be 'UserManagement'
    }
    It 'completes what was typed, <_>' -ForEach 'add', "'add u", '"add u' {
        (Complete "Get-AuditActivity -Activity $_").CompletionText | Should -Contain "'Add user'"
    }
    It 'completes the parameter <parameter>' -ForEach @(
        @{ parameter = 'Service'; typed = 'ent'; expected = "'Entitlement Management'" }
        @{ parameter = 'Result'; typed = 'f'; expected = 'failure' }
        @{ parameter = 'InitiatedBy'; typed = 'car'; expected = "'carol@contoso.example'" }
        @{ parameter = 'Target'; typed = 'sal'; expected = 'Sales' }
        @{ parameter = 'Property'; typed = 'gro'; expected = 'Group.DisplayName' }
        @{ parameter = 'IPAddress'; typed = '2'; expected = "'203.0.113.7'" }
    ) {
        (Complete "Get-AuditActivity -$parameter $typed").CompletionText | Should -Contain $expected
    }
    It 'quotes and escapes so that the value finds itself' {
        $text = (Complete "Get-AuditActivity -Target O").CompletionText | Where-Object { $_ -like "*Neil*" }
        @(Invoke-Expression "Get-AuditActivity -Target $text").Count | Should -Be 1
    }
    It 'counts in the tooltip' { (Complete 'Get-AuditActivity -Activity upd')[0].ToolTip | Should -Be 'Update user (5)' }
    It 'keeps to the filters already given' {
        (Complete 'Get-AuditActivity -Service ''Entitlement Management'' -Activity ').CompletionText | Should -Be "'User requests access package assignment'"
    }
    It 'asks the mirror of the command line' {
        New-Activity 1 -Activity 'Only here' | Import-AuditExport -Mirror ($other = New-TestMirror) | Out-Null
        (Complete "Get-AuditActivity -Mirror '$other' -Activity ").CompletionText | Should -Be "'Only here'"
    }
    It 'falls back on the catalog without a mirror' { (Complete "Get-AuditActivity -Mirror '$TestDrive/nope.db' -Service 'core d").CompletionText | Should -Contain "'Core Directory'" }
    It 'stays quiet when the mirror is none' {
        'text' | Set-Content "$TestDrive/text.db"
        { Complete "Get-AuditActivity -Mirror '$TestDrive/text.db' -Activity " } | Should -Not -Throw
    }
    It 'offers the numbers of imports, newest first, of <_>' -ForEach 'Get-AuditActivity', 'Measure-AuditActivity', 'Get-ProvisioningLog', 'Get-AuditImport', 'Export-AuditRecord ./x.ndjson' {
        $own = New-TestMirror
        New-ActivitySet | Import-AuditExport -Mirror $own | Out-Null
        $file = New-ExportFile lines
        foreach ($i in 2..11) { Import-AuditExport $file -Mirror $own -Force | Out-Null }
        $found = @(Complete "$_ -Mirror '$own' -ImportId ")
        $found.CompletionText | Should -Be (11..1)
        $found[0].ToolTip | Should -Match "^$([regex]::Escape($file)), \d{4}-\d\d-\d\d \d\d:\d\dZ, 12 records$"
        (Complete "$_ -Mirror '$own' -ImportId 1").CompletionText | Should -Be 11, 10, 1
        (Complete "$_ -Mirror '$own' -ImportId pipe").CompletionText | Should -Be 1
        (Complete "$_ -Mirror '$own' -ImportId 3, 4").CompletionText | Should -Be 4
    }
    It 'offers the kinds of <_>' -ForEach 'Get-AuditCoverage', 'Remove-AuditRecord -Before 2020-01-01', 'Export-AuditRecord ./x.ndjson' {
        (Complete "$_ -Kind ").CompletionText | Should -Contain 'AuditActivity'
        (Complete "$_ -Kind prov").CompletionText | Should -Contain 'ProvisioningLog'
    }
    It 'offers dimensions and spans' {
        (Complete 'Measure-AuditActivity -By hour').CompletionText | Should -Be 'Hour', 'HourOfDay'
        (Complete 'Get-AuditActivity -Last ').CompletionText | Should -Contain '7d'
    }
}
