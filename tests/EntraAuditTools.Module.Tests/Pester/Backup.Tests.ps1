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

    It 'saves what can be read of a damaged mirror, and says what is to be imported again' {
        $second = Import-AuditExport (New-ExportFile portal) -Mirror $mirror
        # Without its header no program takes the file for a database.
        $bytes = [IO.File]::ReadAllBytes($mirror)
        [Array]::Clear($bytes, 0, 100)
        [IO.File]::WriteAllBytes($mirror, $bytes)
        { Backup-AuditMirror "$folder/copy.db" -Mirror $mirror } | Should -Throw
        $saved = Backup-AuditMirror "$folder/saved.db" -Mirror $mirror -Salvage
        $saved | Should -BeOfType EntraAuditTools.AuditMirrorBackup
        $saved.LostBlocks | Should -Be 0
        $saved.ImportAgain | Should -BeNullOrEmpty
        $saved.Imports | Should -Be 2
        Test-AuditMirror -Mirror $saved.Path -ExpectedHead $second.ChainHead -Quiet | Should -BeTrue
        ($saved | Out-String) | Should -Match 'LostBlocks\s+: 0'
        Get-ChildItem $folder | Should -HaveCount 1
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
