BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Backup-AuditMirror' {
    BeforeEach {
        $mirror = New-TestMirror
        $import = Import-AuditExport (New-ExportFile array) -Mirror $mirror
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
    }

    It 'makes a mirror that answers alike and passes' {
        $backup = Backup-AuditMirror "$folder/copy.db" -Mirror $mirror
        $backup | Should -BeOfType EntraAuditTools.AuditMirrorBackup
        $backup.Path | Should -Be (Join-Path $folder copy.db)
        $backup.Mirror | Should -Be $mirror
        $backup.ChainHead | Should -Be $import.ChainHead
        $backup.Originals | Should -Be 12
        $backup.Bytes | Should -Be (Get-Item $backup.Path).Length
        (Get-AuditActivity -Mirror $backup.Path -WarningAction Ignore).Id | Should -Be (Get-AuditActivity -Mirror $mirror -WarningAction Ignore).Id
        Test-AuditMirror -Mirror $backup.Path -ExpectedHead $import.ChainHead -Quiet | Should -BeTrue
        (Get-ChildItem $folder).Name | Should -Be copy.db
        ($backup | Out-String) | Should -Match 'Checks\s+: \{?Pages, Chain'
    }

    It 'takes a path relative to the location of PowerShell, and a folder' {
        Push-Location $folder
        try { $backup = Backup-AuditMirror . -Mirror $mirror } finally { Pop-Location }
        $backup.Path | Should -BeLike "$folder*"
        Split-Path $backup.Path -Leaf | Should -Match '^.+-\d{8}T\d{6}Z\.db$'
    }

    It 'replaces a file only with -Force' {
        $backup = Backup-AuditMirror "$folder/copy.db" -Mirror $mirror
        Import-AuditExport (New-ExportFile portal) -Mirror $mirror | Out-Null
        { Backup-AuditMirror "$folder/copy.db" -Mirror $mirror } | Should -Throw -ErrorId 'BackupExists*'
        (Get-AuditMirror -Mirror $backup.Path).ChainHead | Should -Be $import.ChainHead
        Backup-AuditMirror "$folder/copy.db" -Mirror $mirror -Force | Out-Null
        (Get-AuditMirror -Mirror $backup.Path).ChainHead | Should -Be (Get-AuditMirror -Mirror $mirror).ChainHead
    }

    It 'never replaces the mirror' {
        { Backup-AuditMirror $mirror -Mirror $mirror -Force } | Should -Throw -ErrorId 'BackupInUse*'
    }

    It 'does nothing with -WhatIf' {
        Backup-AuditMirror "$folder/copy.db" -Mirror $mirror -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'says that there is no mirror' {
        { Backup-AuditMirror "$folder/copy.db" -Mirror "$mirror.none" } | Should -Throw -ErrorId 'MirrorNotFound*'
    }
}
