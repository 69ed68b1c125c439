BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Test-AuditMirror' {
    BeforeEach {
        $mirror = New-TestMirror
        $import = Import-AuditExport (New-ExportFile array) -Mirror $mirror
    }

    It 'finds nothing where nothing is wrong' {
        $test = Test-AuditMirror -Mirror $mirror
        $test | Should -BeOfType EntraAuditTools.AuditMirrorTest
        $test.Result | Should -Be Passed
        $test.Checks | Should -Be Pages, Chain, Derivation
        $test.Originals | Should -Be 12
        $test.ChainHead | Should -Be $import.ChainHead
        (Get-AuditMirror -Mirror $mirror).ChainHead | Should -Be $import.ChainHead
        Test-AuditMirror -Mirror $mirror -Quiet | Should -BeTrue
        $import | Test-AuditMirror -Mirror $mirror -Quick -Quiet | Should -BeTrue
    }

    It 'proves a head that was kept, also when more was imported since' {
        Import-AuditExport (New-ExportFile portal) -Mirror $mirror | Out-Null
        Test-AuditMirror -Mirror $mirror -ExpectedHead $import.ChainHead.ToUpperInvariant() -Quiet | Should -BeTrue
        $test = Test-AuditMirror -Mirror $mirror -ExpectedHead ('0' * 64) -Quick
        $test.Result | Should -Be Failed
        "$($test.Problems)" | Should -Match 'is no link of the chain'
        ($test | Out-String) | Should -Match 'Result\s+: Failed'
    }

    It 'refuses a head that is none' {
        { Test-AuditMirror -Mirror $mirror -ExpectedHead abc } | Should -Throw '*64 hexadecimal digits*'
    }

    It 'finds a page that was overwritten, and says so' {
        $file = [System.IO.File]::OpenWrite($mirror)
        $file.Position = 8192 * 5
        $file.Write([byte[]]::new(8192), 0, 8192)
        $file.Dispose()
        Test-AuditMirror -Mirror $mirror -Quiet | Should -BeFalse
    }

    It 'says that there is no mirror' {
        { Test-AuditMirror -Mirror "$mirror.none" } | Should -Throw -ErrorId 'MirrorNotFound*'
    }
}

Describe 'A span that is declared when the same file comes again' {
    It 'passes the check, and stays when all is derived anew' {
        $own = New-TestMirror
        $file = New-ExportFile lines
        Import-AuditExport $file -Mirror $own | Out-Null
        # As the nightly runbook declares a window, when all of its pages have come.
        Import-AuditExport $file -Mirror $own -CoversFrom 2026-09-20T00:00Z -CoversTo 2026-10-20T00:00Z | Out-Null
        $before = Get-AuditCoverage -Mirror $own -After 2026-09-20T00:00Z -Before 2026-10-20T00:00Z | ForEach-Object { "$($_.Day.ToString('o')) $($_.State)" }
        $before | Should -Contain '2026-10-19 Covered'
        $test = Test-AuditMirror -Mirror $own
        $test.Result | Should -Be Passed -Because "$($test.Problems)"
        Update-AuditMirror -Mirror $own -Force | Out-Null
        Get-AuditCoverage -Mirror $own -After 2026-09-20T00:00Z -Before 2026-10-20T00:00Z | ForEach-Object { "$($_.Day.ToString('o')) $($_.State)" } | Should -Be $before
    }
}
