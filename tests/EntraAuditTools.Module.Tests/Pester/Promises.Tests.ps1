# docs/promises.md, row by row, on the sample tenant: a promise that no command keeps any more is a failure.

BeforeDiscovery {
    $page = Join-Path $PSScriptRoot '../../../docs/promises.md'
    # A bar inside a cell is written \| in Markdown.
    $rows = foreach ($line in Get-Content $page | Where-Object { $_ -match '^\| (?!page |---)' }) {
        $cells = $line.Trim('|', ' ') -split '(?<!\\)\|' | ForEach-Object { $_.Trim().Replace('\|', '|') }
        @{ page = $cells[0]; promise = $cells[1]; command = $cells[2].Trim('`'); shows = $cells[3]; cells = $cells.Count }
    }
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    if (Test-Path "$tenant/entitlement/assignments") {
        $mirror = New-TestMirror
        Import-SampleState $mirror
        Import-AuditExport "$tenant/graph/directoryAudits", "$tenant/provisioning/provisioningObjectSummary", "$tenant/provisioning/synchronizationJob*", "$tenant/azure-monitor/AADProvisioningLogs.jsonl", "$tenant/directory" -Mirror $mirror -WarningAction SilentlyContinue | Out-Null
        Set-AuditMirror $mirror
    }
    function Test-Shown($items, [string] $property) {
        # A column that no row fills is none.
        foreach ($item in $items) {
            $value = $item.$property
            if ($null -ne $value -and "$value".Length -gt 0) { return $true }
        }
        $false
    }
}

AfterAll { Set-AuditMirror -Default }

Describe 'The table of promises' {
    It 'has a page, a promise, a command and what it shows in each row' -ForEach @(@{ all = $rows }) {
        $all.Count | Should -BeGreaterThan 70
        foreach ($row in $all) { $row.cells | Should -Be 4 -Because $row.promise; $row.command | Should -Not -BeNullOrEmpty; $row.shows | Should -Not -BeNullOrEmpty }
        ($all.promise | Group-Object { $_ } | Where-Object Count -gt 1).Name | Where-Object { $_ -ne 'Download that list' } | Should -BeNullOrEmpty
    }
    It 'has promises of every page' -ForEach @(@{ all = $rows }) {
        foreach ($page in 'reports 2020', 'reports 2024', 'provisioning logs', 'reporting', 'activities') { $all | Where-Object { $_.page -match $page -or ($page -match '^reports' -and $_.page -eq 'reports 2020, 2024') } | Should -Not -BeNullOrEmpty -Because $page }
    }
    It 'names only commands of this module besides PowerShell''s own' -ForEach @(@{ all = $rows }) {
        foreach ($row in $all) {
            $ast = [Management.Automation.Language.Parser]::ParseInput($row.command, [ref]$null, [ref]$null)
            $names = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
            $names | Where-Object { (Get-Command $_).Source -notin 'EntraAuditTools', 'Microsoft.PowerShell.Core', 'Microsoft.PowerShell.Utility' -and $_ -ne 'TabExpansion2' } | Should -BeNullOrEmpty -Because $row.command
            $row.command | Should -Match 'AuditActivity|Provisioning|AccessPackage|ResourceAssignment|ConnectedOrganization|AppRole|AuditImport'
        }
    }
}

Describe '<page>: <promise>' -Skip:(-not $hasTenant) -ForEach $rows {
    It 'is kept by <command>' {
        # As people type it: a session is not strict, the suite is.
        Set-StrictMode -Off
        $errors = @()
        $items = @(& ([scriptblock]::Create($command)) 2>&1 3>$null | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { $errors += $_ } else { $_ } })
        $errors | Should -BeNullOrEmpty
        $items.Count | Should -BeGreaterThan 0
        if ($shows -match '^text: (.*)') {
            $text = $items | Out-String -Width 120
            foreach ($word in $Matches[1] -split ';') { $text | Should -Match ([regex]::Escape($word.Trim())) }
        } else {
            foreach ($column in $shows -split ',\s*') {
                $name, $value = $column -split '=', 2
                Test-Shown $items $name | Should -BeTrue -Because "$command shows $name"
                if ($null -ne $value) { foreach ($item in $items) { "$($item.$name)" | Should -Be $value -Because "every row of $command has it" } }
            }
        }
    }
}
