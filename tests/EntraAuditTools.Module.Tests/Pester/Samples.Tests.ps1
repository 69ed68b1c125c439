BeforeDiscovery {
    $samples = if ($env:ENTRAAUDIT_SAMPLES -and (Test-Path $env:ENTRAAUDIT_SAMPLES)) { $env:ENTRAAUDIT_SAMPLES }
    $tenant = Join-Path $PSScriptRoot '../../../seeds/sample-tenant'
    $tenantFolder = if (Test-Path $tenant) { (Resolve-Path $tenant).Path }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Real exports' {
    # Not part of the repository: a folder of exports that somebody has. Set ENTRAAUDIT_SAMPLES to its path.
    It 'takes a folder of them, and nothing twice' -ForEach @(@{ folder = $samples }) {
        if (-not $folder) { Set-ItResult -Skipped -Because 'ENTRAAUDIT_SAMPLES names no folder'; return }
        $mirror = New-TestMirror
        $first = Import-AuditExport $folder -Recurse -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($first | Measure-Object Added -Sum).Sum | Should -BeGreaterThan 0
        @(Get-AuditActivity -Mirror $mirror).Count | Should -Be ($first | Where-Object Kind -eq 'AuditActivity' | Measure-Object Added -Sum).Sum
        foreach ($record in $failed) { $record.FullyQualifiedErrorId | Should -Not -Match 'Exception' }
        $second = Import-AuditExport $folder -Recurse -Mirror $mirror -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($second | Measure-Object Added -Sum).Sum | Should -Be 0
        ($second | Measure-Object Updated -Sum).Sum | Should -Be 0
        Get-AuditActivity -Mirror $mirror | ForEach-Object {
            $_.Original | ConvertFrom-Json -AsHashtable | Should -Not -BeNullOrEmpty
            # Targets without any name are listed, not counted.
            $_.Targets.Count | Should -BeGreaterOrEqual $_.TargetCount
        }
    }
}

Describe 'The sample tenant' {
    It 'goes in whole, and its shapes are the same events' -ForEach @(@{ folder = $tenantFolder }) {
        if (-not $folder) { Set-ItResult -Skipped -Because 'seeds/sample-tenant is not there'; return }
        $mirror = New-TestMirror
        $results = Import-AuditExport $folder -Recurse -Mirror $mirror -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        ($results | Measure-Object Added -Sum).Sum | Should -BeGreaterThan 100
        ($results | Measure-Object Rejected -Sum).Sum | Should -Be 0
        # Every record of either log; what both tell is one activity.
        @(Get-AuditActivity -Mirror $mirror -Origin DirectoryAudit, UnifiedAudit).Count | Should -Be ($results | Where-Object Kind -eq 'AuditActivity' | Measure-Object Added -Sum).Sum
        $unified = @(Get-AuditActivity -Mirror $mirror -Origin UnifiedAudit)
        $unified | Should -HaveCount 47
        @(Get-AuditActivity -Mirror $mirror).Count | Should -Be 400
        (Measure-AuditActivity -Mirror $mirror -By Origin).Count | Should -Be 400
        $event = Get-AuditActivity -Mirror $mirror -Id $unified[0].Id
        $event.Origin | Should -Be 'DirectoryAudit'
        $event.Evidence | Where-Object Origin -eq 'UnifiedAudit' | ForEach-Object RecordId | Select-Object -Unique | Should -Be $unified[0].Id
        @(Get-ProvisioningLog -Mirror $mirror).Count | Should -Be ($results | Where-Object Kind -eq 'ProvisioningLog' | Measure-Object Added -Sum).Sum
        (Import-AuditExport $folder -Recurse -Mirror $mirror -Force -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Measure-Object Added -Sum).Sum | Should -Be 0
    }
}
