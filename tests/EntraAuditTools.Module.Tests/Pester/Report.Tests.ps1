# The report as a file: what it is, where it may be written, and that it says what the commands say.

BeforeDiscovery { $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments') }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    Set-AuditMirror (New-TestMirror)
    if (Test-Path "$Tenant/entitlement/assignments") { Import-SampleTenant (Get-AuditMirror).Path }
    $place = Join-Path $TestDrive 'reports/sub/report.html'
}

AfterAll { Set-AuditMirror -Default }

Describe 'Export-AuditReport' -Skip:(-not $hasTenant) {
    It 'answers with the file, for its owner only' {
        $file = Export-AuditReport $place -Title 'Harborline & co <1>'
        $file | Should -BeOfType ([IO.FileInfo])
        $file.FullName | Should -Be $place
        if (-not $IsWindows) { [string][IO.File]::GetUnixFileMode($place) | Should -Be 'UserWrite, UserRead' }
        Get-ChildItem (Split-Path $place) | ForEach-Object Name | Should -Be 'report.html'
        $html = Get-Content $place -Raw
        $html | Should -Match '<h1>Harborline &amp; co &lt;1&gt;</h1>'
        $html | Should -Match "<b>$(@(Get-AuditActivity).Count)</b><span>activities</span>"
        $html | Should -Match "<b>$(@(Get-AccessPackage).Count)</b><span>access packages</span>"
        $html | Should -Match "<b>$(@(Get-AccessPackageAssignment).Count)</b><span>assignments that hold</span>"
        foreach ($import in Get-AuditImport) { $html | Should -Match $import.Sha256 }
    }

    It 'is of the time that is asked for, and says what is new' {
        Export-AuditReport $place -After 2026-10-01 -Before 2026-10-15 -Since 2026-10-10 -Force | Out-Null
        $html = Get-Content $place -Raw
        $html | Should -Match "<b>$(@(Get-AuditActivity -After 2026-10-01 -Before 2026-10-15).Count)</b><span>activities</span>"
        $html | Should -Match '<section id="since"'
    }

    It 'leaves a file that is there, unless it may be replaced, and the mirror always' {
        $problem = { Export-AuditReport $place } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike 'ExportExists,*'
        $problem.ErrorDetails.RecommendedAction | Should -Match '-Force'
        $problem = { Export-AuditReport (Get-AuditMirror).Path -Force } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike 'ExportPlaceInUse,*'
        @(Get-AuditActivity -First 1).Count | Should -Be 1
    }

    It 'does nothing with -WhatIf, and names what is missing' {
        $other = Join-Path $TestDrive 'other.html'
        Export-AuditReport $other -WhatIf | Should -BeNullOrEmpty
        Test-Path $other | Should -BeFalse
        $problem = { Export-AuditReport $other -Mirror (Join-Path $TestDrive 'none.db') } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike 'MirrorNotFound,*'
        Test-Path $other | Should -BeFalse
    }
}
