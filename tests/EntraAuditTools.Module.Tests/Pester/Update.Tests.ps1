BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Update-AuditMirror' {
    BeforeEach {
        $mirror = New-TestMirror
        Import-AuditExport (New-ExportFile array) -Mirror $mirror | Out-Null
    }

    It 'writes nothing when this version read all of it' {
        Update-AuditMirror -Mirror $mirror | Should -BeNullOrEmpty
        (Get-AuditMirror -Mirror $mirror).OutdatedImports | Should -Be 0
        Update-AuditMirror -Mirror $mirror -Verbose 4>&1 | Out-String | Should -Match 'up to date'
    }

    It 'derives everything anew with -Force, and keeps the mirror as it was' {
        $before = Get-AuditActivity -Mirror $mirror | Select-Object Id, Time, InitiatedBy, Targets | ConvertTo-Json -Depth 5
        $update = Update-AuditMirror -Mirror $mirror -Force
        $update | Should -BeOfType EntraAuditTools.AuditMirrorUpdate
        $update.Originals | Should -Be 12
        $update.Activities | Should -Be 12
        $update.InitiatorsChanged + $update.TimesChanged + $update.TargetsChanged | Should -Be 0
        $update.ImportAgain.Count | Should -Be 0
        Test-Path $update.Backup | Should -BeTrue
        Get-AuditActivity -Mirror $mirror | Select-Object Id, Time, InitiatedBy, Targets | ConvertTo-Json -Depth 5 | Should -Be $before
        ($update | Out-String) | Should -Match 'Originals\s+: 12'
    }

    It 'does nothing with -WhatIf' {
        Update-AuditMirror -Mirror $mirror -Force -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem "$mirror*" -Filter *.bak | Should -BeNullOrEmpty
    }

    It 'says that there is no mirror' {
        { Update-AuditMirror -Mirror "$mirror.none" } | Should -Throw -ErrorId 'MirrorNotFound*'
        Test-Path "$mirror.none" | Should -BeFalse
    }

    It 'refuses a -DateFormat that says nothing' {
        { Update-AuditMirror -Mirror $mirror -DateFormat nonsense } | Should -Throw -ErrorId 'DateFormat*'
    }
}
