BeforeDiscovery {
    $staged = if ($env:ENTRAAUDIT_MODULE) { $env:ENTRAAUDIT_MODULE } else { Join-Path $PSScriptRoot '../../../artifacts/module/EntraAuditTools' }
    $hasReady = Test-Path "$staged/lib/ready"
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    New-ActivitySet | Import-AuditExport -Mirror $mirror | Out-Null
}

Describe 'Loading' {
    It 'imports without loading SQLite or Core''s libraries' {
        $loaded = Invoke-Pwsh 'Import-Module $ModulePath; [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name'
        $loaded | Should -Contain 'EntraAuditTools.Model'
        $loaded | Should -Not -Contain 'Microsoft.Data.Sqlite'
        $loaded | Should -Not -Contain 'SQLitePCLRaw.core'
        $loaded | Should -Not -Contain 'CsvHelper'
    }
    It 'imports at little cost' {
        # What an import allocates is the same on an idle and on a busy machine; how long it takes is not, and is measured by the benchmark.
        [long] (Invoke-Pwsh '$before = [GC]::GetTotalAllocatedBytes($true); Import-Module $ModulePath; [GC]::GetTotalAllocatedBytes($true) - $before') | Should -BeLessThan 16MB
    }
    It 'takes code that was compiled ahead of time, where there is some for this machine' -Skip:(-not $hasReady) {
        # Read by name: a compiler that the runtime does not know would leave every method to be compiled at start.
        $count = "Import-Module `$ModulePath; `$before = [Runtime.JitInfo]::GetCompiledMethodCount(); `$null = Get-AuditActivity -Mirror '$mirror' -First 1; [Runtime.JitInfo]::GetCompiledMethodCount() - `$before
            ([Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq EntraAuditTools).Assemblies.Location | Where-Object { `$_ -match 'EntraAuditTools.Core' }"
        $methods, $location = Invoke-Pwsh $count
        $location | Should -Match '[\\/]ready[\\/]'
        $plain = Join-Path $TestDrive 'plain/EntraAuditTools'
        Copy-Item $ModulePath $plain -Recurse
        Remove-Item "$plain/lib/ready" -Recurse
        $without, $location = Invoke-Pwsh ($count -replace '\$ModulePath', "'$plain'")
        $location | Should -Not -Match 'ready'
        [int]$methods | Should -BeLessThan ([int]$without / 2)
    }
    It 'has short names that are nothing else in a session without it' {
        $short = Get-Alias | Where-Object Source -eq EntraAuditTools
        $short.Count | Should -BeGreaterThan 5
        # Three letters are what profiles and other modules take.
        $short.Name | Where-Object Length -lt 6 | Should -BeNullOrEmpty
        $names = $short.Name -join "','"
        Invoke-Pwsh "'$names' | Where-Object { Get-Command `$_ -ErrorAction Ignore }" | Should -BeNullOrEmpty
        $verbs = @{}; Get-Verb | ForEach-Object { $verbs[$_.Verb] = $_.AliasPrefix }
        foreach ($alias in $short) { $alias.Name | Should -BeLike "$($verbs[($alias.Definition -split '-')[0]])*" }
        $help = (Get-Help about_EntraAuditTools) -join "`n"
        foreach ($alias in $short) { $help | Should -Match "$($alias.Name)\s.*$($alias.Definition)\b" }
    }
    It 'finds the module by a short name too' {
        Invoke-Pwsh "`$env:PSModulePath = '$(Split-Path $ModulePath)'; @(gaudit -Mirror '$mirror').Count" | Should -Be 12
    }
    It 'makes its types known before the first question' { Invoke-Pwsh 'Import-Module $ModulePath; [EntraAuditTools.AuditActivity].FullName' | Should -Be 'EntraAuditTools.AuditActivity' }
    It 'keeps its libraries out of the default load context' {
        Invoke-Pwsh "Import-Module `$ModulePath; `$null = Get-AuditActivity -Mirror '$mirror' -First 1
            [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name | Where-Object { `$_ -match 'Sqlite|SQLitePCL|CsvHelper|EntraAuditTools.Core' }" | Should -BeNullOrEmpty
    }
    It 'loads nothing that could open a connection while no server is named' {
        Invoke-Pwsh "Import-Module `$ModulePath; `$null = Get-AuditActivity -Mirror '$mirror' -First 1; `$null = Get-AuditMirror -Mirror '$mirror'
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { `$_ -match 'PostgreSql|Npgsql' }" | Should -BeNullOrEmpty
    }
    It 'works again after Remove-Module' {
        Invoke-Pwsh "Import-Module `$ModulePath; `$one = Get-AuditActivity -Mirror '$mirror' -First 1; Remove-Module EntraAuditTools; `$one.Targets.Count; Import-Module `$ModulePath; @(Get-AuditActivity -Mirror '$mirror').Count" | Should -Be @('1', '12')
    }
    It 'works in ForEach-Object -Parallel' {
        $counts = 1..4 | ForEach-Object -Parallel { Import-Module $using:ModulePath; @(Get-AuditActivity -Mirror $using:mirror).Count }
        $counts | Should -Be @(12, 12, 12, 12)
    }
    It 'shares the session''s mirror with -Parallel' {
        Set-AuditMirror $mirror
        try { 1..2 | ForEach-Object -Parallel { Import-Module $using:ModulePath; (Get-AuditMirror).Path } | Should -Be @($mirror, $mirror) } finally { Set-AuditMirror -Default }
    }
    It 'works in Start-Job, and activities come back whole' {
        $activity = Start-Job { Import-Module $using:ModulePath; Get-AuditActivity -Mirror $using:mirror -First 1 } | Receive-Job -Wait -AutoRemoveJob
        $activity | Should -BeOfType EntraAuditTools.AuditActivity
        $activity.Time.ToString('O') | Should -Be '2026-10-05T10:00:00.7654321+00:00'
        $activity.Targets[0].ModifiedProperties[0].Name | Should -Be 'AccountEnabled'
    }
    It 'works in Start-ThreadJob' {
        Start-ThreadJob { Import-Module $using:ModulePath; @(Get-AuditActivity -Mirror $using:mirror).Count } | Receive-Job -Wait -AutoRemoveJob | Should -Be 12
    }
    It 'imports from several processes into one mirror' {
        $shared = New-TestMirror
        $files = 1..3 | ForEach-Object { New-ExportFile array @(New-Activity (200 + $_)) }
        $engine = Get-EngineCommand
        $files | ForEach-Object -Parallel { $program, $leading = ($using:engine).Program, ($using:engine).Leading; & $program @leading -NoProfile -c "Import-Module '$using:ModulePath'; Import-AuditExport '$_' -Mirror '$using:shared'" } | Out-Null
        @(Get-AuditActivity -Mirror $shared).Count | Should -Be 3
    }
}
