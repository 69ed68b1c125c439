BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Remove-AuditRecord' {
    BeforeEach {
        $mirror = New-TestMirror
        $file = New-ExportFile array
        $import = Import-AuditExport $file -Mirror $mirror
        $times = Get-AuditActivity -Mirror $mirror -WarningAction Ignore | Sort-Object Time
        $cut = $times[5].Time
    }

    It 'removes what is before, says so, and the mirror passes' {
        $removal = Remove-AuditRecord -Before $cut -Mirror $mirror -Confirm:$false
        $removal | Should -BeOfType EntraAuditTools.AuditRecordRemoval
        $removal.Activities | Should -Be 5
        $removal.ProvisioningEntries | Should -Be 0
        (Get-AuditActivity -Mirror $mirror -WarningAction Ignore | Sort-Object Time).Id | Should -Be $times[5..11].Id
        $removal.ChainHead | Should -Be (Get-AuditMirror -Mirror $mirror).ChainHead
        $test = Test-AuditMirror -Mirror $mirror -ExpectedHead $import.ChainHead
        $test.Result | Should -Be Passed
        "$($test.Notes)" | Should -Match '5 audit activities of before'
        ($removal | Out-String) | Should -Match 'Activities\s+: 5'
    }

    It 'removes nothing with -WhatIf' {
        Remove-AuditRecord -Before $cut -Mirror $mirror -WhatIf | Should -BeNullOrEmpty
        (Get-AuditActivity -Mirror $mirror -WarningAction Ignore).Count | Should -Be 12
    }

    It 'removes one log only' {
        (Remove-AuditRecord -Before 2100-01-01 -Kind Provisioning* -Mirror $mirror -Confirm:$false).Activities | Should -Be 0
        (Get-AuditActivity -Mirror $mirror -WarningAction Ignore).Count | Should -Be 12
    }

    It 'refuses a kind that is none' {
        { Remove-AuditRecord -Before 2100-01-01 -Kind Nothing -Mirror $mirror -Confirm:$false } | Should -Throw '*AuditActivity*'
    }

    It 'brings nothing back when the same file is imported again' {
        Remove-AuditRecord -Before $cut -Mirror $mirror -Confirm:$false | Out-Null
        $again = Import-AuditExport $file -Mirror $mirror
        $again.Status | Should -Be AlreadyImported
        "$($again.Notes)" | Should -Match 'were removed'
        (Get-AuditActivity -Mirror $mirror -WarningAction Ignore).Count | Should -Be 7
    }

    It 'says that there is no mirror' {
        { Remove-AuditRecord -Before 2100-01-01 -Mirror "$mirror.none" -Confirm:$false } | Should -Throw -ErrorId 'MirrorNotFound*'
    }
}

Describe 'Optimize-AuditMirror' {
    BeforeEach {
        $mirror = New-TestMirror
        Import-AuditExport (New-ExportFile array) -Mirror $mirror | Out-Null
    }

    It 'changes no answer' {
        $before = Get-AuditActivity -Mirror $mirror -WarningAction Ignore -Search user
        $optimization = Optimize-AuditMirror -Mirror $mirror
        $optimization | Should -BeOfType EntraAuditTools.AuditMirrorOptimization
        $optimization.HasSearchIndex | Should -BeTrue
        $optimization.Bytes | Should -Be (Get-Item $mirror).Length
        (Get-AuditActivity -Mirror $mirror -WarningAction Ignore -Search user).Id | Should -Be $before.Id
        Test-AuditMirror -Mirror $mirror -Quiet | Should -BeTrue
        ($optimization | Out-String) | Should -Match 'Size before\s+:'
    }

    It 'does nothing with -WhatIf' {
        Optimize-AuditMirror -Mirror $mirror -WhatIf | Should -BeNullOrEmpty
    }

    It 'says that there is no mirror' {
        { Optimize-AuditMirror -Mirror "$mirror.none" } | Should -Throw -ErrorId 'MirrorNotFound*'
    }
}
