BeforeDiscovery {
    # SQLitePCLRaw and CsvHelper by one neighbour each, beside each other: neither knows the other.
    $variants = foreach ($libraries in 'Microsoft.Data.Sqlite', 'SQLitePCLRaw, CsvHelper') {
        foreach ($version in 'Same', 'Older', 'Newer') { foreach ($order in 'first', 'after') { @{ libraries = $libraries; version = $version; order = $order } } }
    }
}

BeforeAll {
    . $PSScriptRoot/../Common.ps1
    . $PSScriptRoot/Neighbours.ps1
    $file = New-ExportFile page
    $ours = "Import-AuditExport '$file' -Mirror `$mirror | Out-Null; @(Get-AuditActivity -Mirror `$mirror).Count; @(Get-AuditActivity -Result failure -Mirror `$mirror).Count"
    $brought = "[Runtime.Loader.AssemblyLoadContext]::All.Where{ `$_.Name -eq 'EntraAuditTools' }.Assemblies.Where{ `$_.GetName().Name -match 'Sqlite|SQLitePCLRaw' }.ForEach{ `"`$(`$_.GetName().Name) `$(`$_.GetName().Version)`" } | Sort-Object"

    # One process for each variant: none can load two assemblies of one name.
    $scripts = @(
        [pscustomobject]@{ Key = 'alone'; Script = "`$mirror = '$(New-TestMirror)'; Import-Module `$ModulePath; @{ answers = @($ours); brought = @($brought) } | ConvertTo-Json -Compress" }
        foreach ($libraries in 'Microsoft.Data.Sqlite', 'SQLitePCLRaw, CsvHelper') {
            foreach ($version in 'Same', 'Older', 'Newer') {
                $neighbours = @($libraries -split ', ' | ForEach-Object { New-Neighbour $_ $version })
                foreach ($order in 'first', 'after') {
                    $import = "Import-Module '$($neighbours.Folder -join "', '")'"
                    $theirs = ($neighbours | ForEach-Object { "Use-$($_.Name) '$(New-TestMirror)'" }) -join '; '
                    $mine = "Import-Module `$ModulePath; `$answers = @($ours)"
                    $start = if ($order -eq 'first') { "$import; `$uses = @($theirs); $mine" } else { "$mine; $import; `$uses = @($theirs)" }
                    [pscustomobject]@{
                        Key    = "$libraries $version $order"
                        Script = "`$mirror = '$(New-TestMirror)'; $start; `$uses += @($theirs); `$answers += @($ours)
                            @{ uses = `$uses; answers = `$answers; brought = @($brought) } | ConvertTo-Json -Compress"
                    }
                }
            }
        }
    )
    $texts = Invoke-PwshAtOnce $scripts
    function Get-Outcome([string] $key) {
        $texts[$key] | Should -Match '^\{.*\}$' -Because 'a variant writes its outcome, and nothing else'
        $texts[$key] | ConvertFrom-Json
    }
}

Describe 'Beside another module''s libraries' {
    It 'works, and so does the other: <libraries>, <version>, loaded <order>' -ForEach $variants {
        $alone = Get-Outcome alone
        $outcome = Get-Outcome "$libraries $version $order"
        # Ours: the answers that it gives alone, from the libraries that it brought.
        $alone.answers | Should -Be 12, 2
        $outcome.answers | Should -Be (@($alone.answers) * 2)
        $alone.brought | Should -HaveCount 4
        $outcome.brought | Should -Be $alone.brought
        # The other's: from its own folder, as often as it was asked.
        $folders = @($libraries -split ', ' | ForEach-Object { "Neighbour$($_ -replace '\W')$version" })
        $outcome.uses.folder | Split-Path -Leaf | Should -Be ($folders + $folders)
        $outcome.uses.answer | Should -Match '^(\d[\d.]+ [12]|1,"2,3")$'
    }
    It 'is tried beside versions that are <version> than ours: <libraries>' -ForEach @($variants | Where-Object { $_.order -eq 'first' -and $_.version -ne 'Same' }) {
        foreach ($at in 0..(@($libraries -split ', ').Count - 1)) {
            $same, $other = 'Same', $version | ForEach-Object { [version] (Get-Outcome "$libraries $_ first").uses[$at].version }
            if ($version -eq 'Older') { $other | Should -BeLessThan $same } else { $other | Should -BeGreaterThan $same }
        }
    }
    It 'leaves the other its own SQLite' {
        $older, $same = 'Older', 'Same' | ForEach-Object { ((Get-Outcome "Microsoft.Data.Sqlite $_ after").uses[0].answer -split ' ')[0] }
        [version] $older | Should -BeLessThan ([version] $same)
    }
}
