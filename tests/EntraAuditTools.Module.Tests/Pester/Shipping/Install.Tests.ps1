# What is published, made of what these tests test, and installed as people install it, in a home of its own.
BeforeDiscovery {
    $why = if (-not (Get-Command Compress-PSResource -ErrorAction Ignore)) { 'the PSResourceGet of this PowerShell makes no packages' }
}

Describe 'Packages' -Skip:($null -ne $why) {
    BeforeAll {
        . $PSScriptRoot/../Common.ps1
        Import-Module $RepositoryRoot/packaging/Packaging.psm1 -Force
        $configuration = if ($env:ENTRAAUDIT_CONFIGURATION) { $env:ENTRAAUDIT_CONFIGURATION } else {
            (Get-Item "$RepositoryRoot/src/EntraAuditTools.Cli/bin/*/net8.0/entra-audit.dll" | Sort-Object LastWriteTime | Select-Object -Last 1).Directory.Parent.Name
        }
        $out = Join-Path $TestDrive 'package'
        $log = New-Package -Configuration $configuration -OutputPath $out -NoBuild 6>&1
        $manifest = Import-PowerShellDataFile "$ModulePath/EntraAuditTools.psd1"
        $version = "$($manifest.ModuleVersion)-$($manifest.PrivateData.PSData.Prerelease)"
        $file = New-ExportFile page
        $people = Join-Path $TestDrive 'home'
        # NuGet writes its settings where it stands, if there is no .config.
        $null = New-Item -ItemType Directory $people, "$people/.config", "$people/.local/share"
        $ofTheirs = @{ HOME = $people; DOTNET_CLI_HOME = $people; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null; ENTRAAUDIT_MIRROR = $null; PSModulePath = $null }
    }

    It 'are of the module, of the program and of what is in each, with their sums' {
        (Get-ChildItem $out -File).Name | Should -Be ("EntraAuditTools-$version.cdx.json", "EntraAuditTools-$version.zip", "EntraAuditTools.$version.nupkg",
            "entra-audit-$version.cdx.json", "entra-audit.$version.nupkg", 'SHA256SUMS' | Sort-Object) -Because "$log"
        foreach ($line in Get-Content $out/SHA256SUMS) {
            $sum, $name = $line -split '  '
            (Get-FileHash "$out/$name").Hash | Should -Be $sum
        }
        @(Get-Content $out/SHA256SUMS).Count | Should -Be 5
    }
    It 'hold licences and what is in them: <_>' -ForEach 'EntraAuditTools-{0}.zip', 'EntraAuditTools.{0}.nupkg', 'entra-audit.{0}.nupkg' {
        $archive = [IO.Compression.ZipFile]::OpenRead((Join-Path $out ($_ -f $version)))
        try { $names = $archive.Entries.Name } finally { $archive.Dispose() }
        foreach ($name in 'THIRD-PARTY-NOTICES.txt', 'sbom.cdx.json') { $names | Should -Contain $name }
        $names | Where-Object { $_ -match '^(System\.Management\.Automation|PowerShellStandard|Markdig|.*Tests)' } | Should -BeNullOrEmpty
    }
    It 'name each package that an assembly is of: <_>' -ForEach 'EntraAuditTools', 'entra-audit' {
        $materials = Get-Content "$out/$_-$version.cdx.json" -Raw | ConvertFrom-Json
        $materials.bomFormat | Should -Be 'CycloneDX'
        $materials.metadata.component.version | Should -Be $version
        $notices = Get-Content "$RepositoryRoot/THIRD-PARTY-NOTICES.txt" | Select-String '^(\S+) (\d[\w.-]*)$' | ForEach-Object { $_.Line }
        $listed = $materials.components.ForEach({ "$($_.name) $($_.version)" })
        if ($_ -eq 'entra-audit') { $notices | Where-Object { $_ -notin $listed } | Should -BeNullOrEmpty }
        $listed | Should -Contain (@($notices) -match '^SQLite ')[0]
        $materials.components | Where-Object { -not $_.hashes } | Should -BeNullOrEmpty
    }
    It 'install from a repository, into a PowerShell that had nothing' {
        $repository = (New-Item -ItemType Directory "$TestDrive/repository").FullName
        # Windows finds the home of people by itself: there it is saved to a folder of this test's.
        $install = $IsWindows ? "Save-PSResource EntraAuditTools -Repository here -Prerelease -Path '$people'" : 'Install-PSResource EntraAuditTools -Repository here -Prerelease'
        $lines = Invoke-Pwsh -Environment $ofTheirs @"
            Register-PSResourceRepository -Name here -Uri '$repository' -Trusted
            try {
                Publish-PSResource -NupkgPath '$out/EntraAuditTools.$version.nupkg' -Repository here
                `$found = Find-PSResource EntraAuditTools -Repository here -Prerelease
                "`$(`$found.Version)-`$(`$found.Prerelease) `$(`$found.Tags -contains 'Entra')"
                $install
            }
            finally { Unregister-PSResourceRepository here }
"@
        $lines | Should -Be "$version True"

        $path = $IsWindows ? "`$env:PSModulePath = '$people' + [IO.Path]::PathSeparator + `$env:PSModulePath" : ''
        $lines = Invoke-Pwsh -Environment $ofTheirs @"
            $path
            (Import-AuditExport '$file').Added
            @(Get-AuditActivity).Count
            `$module = Get-Module EntraAuditTools
            "`$(`$module.Version)-`$(`$module.PrivateData.PSData.Prerelease)"
            `$module.ModuleBase
            (Get-Help Get-AuditActivity).Synopsis.Length -gt 20
"@
        $lines[0..2] | Should -Be '12', '12', $version
        $lines[3] | Should -BeLike "$($people -replace '\\', '?')*EntraAuditTools*$($manifest.ModuleVersion)"
        $lines[4] | Should -Be 'True'
    }
    It 'install the program from a feed' {
        $tools = Join-Path $TestDrive 'tools'
        $lines = Invoke-Pwsh -Environment $ofTheirs @"
            dotnet tool install entra-audit --version $version --source '$out' --tool-path '$tools' 2>&1 | Out-Null
            `$LASTEXITCODE
            `$env:ENTRAAUDIT_MIRROR = '$(New-TestMirror)'
            & '$tools/entra-audit' import '$file' | Out-Null
            `$LASTEXITCODE
            @(& '$tools/entra-audit' activity --json | ConvertFrom-Json).Count
"@
        $lines | Should -Be '0', '0', '12'
    }
    It 'are one and the same: the zip, the folder and the package' {
        $zip = Join-Path $TestDrive 'unpacked'
        [IO.Compression.ZipFile]::ExtractToDirectory("$out/EntraAuditTools-$version.zip", $zip)
        [IO.Compression.ZipFile]::ExtractToDirectory("$out/EntraAuditTools.$version.nupkg", "$zip-nupkg")
        $module = "$zip/EntraAuditTools/$($manifest.ModuleVersion)"
        $sums = Get-Content $module/FILES.sha256
        foreach ($line in $sums) {
            $sum, $name = $line -split '  '
            foreach ($folder in $module, "$zip-nupkg") { (Get-FileHash "$folder/$name").Hash | Should -Be $sum }
        }
        @(Get-ChildItem $module -Recurse -File).Count | Should -Be ($sums.Count + 1)
    }
}
