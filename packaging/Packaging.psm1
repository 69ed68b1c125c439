# What `./build.ps1 -Task Package` and `-Task Reproduce` do. Two runs on the same commit give the same bytes, wherever the clone lies
# (docs/decisions/packages-byte-for-byte.md).

$script:Root = Split-Path $PSScriptRoot
# Larger than this a module is a nuisance to install.
$script:MostBytes = 20MB

function Invoke-DotNet {
    # A build server that stays behind would hold the output open, which whoever reads it waits for: a quarter of an hour.
    $before = $env:MSBUILDDISABLENODEREUSE
    $env:MSBUILDDISABLENODEREUSE = '1'
    try { & dotnet @args | Out-Host }
    finally { $env:MSBUILDDISABLENODEREUSE = $before }
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE." }
}

function Get-CommitTime {
    # What packages are dated by: when they were made says nothing about what is in them.
    $seconds = if (Get-Command git -ErrorAction Ignore) { git -C $Root log -1 --format=%ct 2>$null }
    if (-not $seconds) { throw 'Packages are made of a commit: this folder is no clone of the repository, or git is not installed.' }
    [datetimeoffset]::FromUnixTimeSeconds([long] $seconds)
}

function New-Zip {
    # An archive whose entries are in the order of their names and have one time. Entries: name → bytes.
    param([string] $Path, [Collections.IDictionary] $Entries, [datetimeoffset] $Time)
    if (Test-Path $Path) { Remove-Item $Path }
    $archive = [IO.Compression.ZipFile]::Open($Path, 'Create')
    try {
        $names = [string[]] $Entries.Keys
        [Array]::Sort($names, [StringComparer]::Ordinal)
        foreach ($name in $names) {
            $entry = $archive.CreateEntry($name, 'SmallestSize')
            $entry.LastWriteTime = $Time
            # Readable by all; Windows would leave this out.
            $entry.ExternalAttributes = 0x81A40000 -bor 0
            $stream = $entry.Open()
            try { $stream.Write($Entries[$name], 0, $Entries[$name].Length) } finally { $stream.Dispose() }
        }
    }
    finally { $archive.Dispose() }
}

function Get-FolderEntry {
    # The files of a folder as entries of an archive, below a prefix.
    param([string] $Folder, [string] $Prefix = '')
    $entries = @{}
    foreach ($file in Get-ChildItem $Folder -Recurse -File) {
        $entries[$Prefix + [IO.Path]::GetRelativePath($Folder, $file.FullName).Replace('\', '/')] = [IO.File]::ReadAllBytes($file.FullName)
    }
    $entries
}

function Set-PackageOrder {
    # Writes a .nupkg anew: NuGet gives one part a random name, and all of them the time of now.
    param([string] $Path, [datetimeoffset] $Time)
    $entries = @{}
    $archive = [IO.Compression.ZipFile]::OpenRead($Path)
    try {
        foreach ($entry in $archive.Entries) {
            $stream = $entry.Open()
            $memory = [IO.MemoryStream]::new()
            try { $stream.CopyTo($memory) } finally { $stream.Dispose() }
            $entries[$entry.FullName] = $memory.ToArray()
        }
    }
    finally { $archive.Dispose() }
    $random = @($entries.Keys) -match '\.psmdcp$'
    foreach ($name in $random) {
        $fixed = 'package/services/metadata/core-properties/core.psmdcp'
        $entries[$fixed] = $entries[$name]
        $entries.Remove($name)
        # Relations are named by hashes of chance too; only their targets mean something.
        $script:number = 0
        $text = [Text.Encoding]::UTF8.GetString($entries['_rels/.rels']).Replace("/$name", "/$fixed")
        $entries['_rels/.rels'] = [Text.Encoding]::UTF8.GetBytes(($text -replace ' Id="[^"]*"', { " Id=`"R$(($script:number++))`"" }))
    }
    New-Zip $Path $entries $Time
}

function New-BillOfMaterials {
    # What is in it, as CycloneDX (https://cyclonedx.org): the packages of a project that are shipped, with versions, licences and hashes.
    param([string] $Project, [string] $Name, [string] $Version, [string] $Path, [datetimeoffset] $Time)
    Push-Location $PSScriptRoot
    try {
        Invoke-DotNet tool restore --verbosity quiet
        # What only builds is left out: analyzers, and the reference assembly that stands in for PowerShell.
        Invoke-DotNet tool run dotnet-CycloneDX -- (Join-Path $Root $Project) --output (Split-Path $Path) --filename (Split-Path -Leaf $Path) `
            --output-format Json --disable-package-restore --exclude-dev --exclude-filter PowerShellStandard.Library@5.1.1 `
            --no-serial-number --set-name $Name --set-version $Version --set-nuget-purl
    }
    finally { Pop-Location }
    $text = [IO.File]::ReadAllText($Path) -replace '("timestamp": ")[^"]*', "`${1}$($Time.ToString('yyyy-MM-ddTHH:mm:ssZ'))" -replace '\r'
    [IO.File]::WriteAllText($Path, $text)
}

function Get-ModuleVersion {
    # The whole version, with the label of what is no release yet: 0.1.0-preview1.
    param([string] $Manifest)
    $data = Import-PowerShellDataFile $Manifest
    $label = $data.PrivateData.PSData['Prerelease']
    [pscustomobject]@{ Number = $data.ModuleVersion; Full = $label ? "$($data.ModuleVersion)-$label" : $data.ModuleVersion }
}

function New-Package {
    <#
    .SYNOPSIS
        Makes everything that is published in artifacts/package: the module as a package of the PowerShell Gallery and as a zip, the program as
        a .NET tool, what is in each (CycloneDX), and the SHA-256 of all of them.
    #>
    param(
        [string] $Configuration = 'Release',
        [string[]] $ReadyToRun = @(),
        # Where they are put; what was there is deleted.
        [string] $OutputPath = (Join-Path $Root artifacts/package),
        # Takes what was built before, as tests do that try the packages of what they test.
        [switch] $NoBuild
    )
    if (-not (Get-Command Compress-PSResource -ErrorAction Ignore)) { throw 'PSResourceGet 1.1 or later makes the package of the Gallery: use a newer PowerShell.' }
    $time = Get-CommitTime
    $common = '-c', $Configuration, '-p:ContinuousIntegrationBuild=true', '--nologo'
    if (-not $NoBuild) { Invoke-DotNet build (Join-Path $Root src/EntraAuditTools.PowerShell) @common "-p:ReadyToRunFor=$($ReadyToRun -join '+')" }
    $staged = Join-Path $Root artifacts/module/EntraAuditTools
    $version = Get-ModuleVersion (Join-Path $staged EntraAuditTools.psd1)

    $out = $OutputPath
    if (Test-Path $out) { Remove-Item $out -Recurse }
    $module = (New-Item (Join-Path $out "EntraAuditTools/$($version.Number)") -ItemType Directory).FullName
    Copy-Item (Join-Path $staged '*') $module -Recurse
    $materials = Join-Path $out "EntraAuditTools-$($version.Full).cdx.json"
    New-BillOfMaterials src/EntraAuditTools.PowerShell/EntraAuditTools.PowerShell.csproj EntraAuditTools $version.Full $materials $time
    Copy-Item $materials (Join-Path $module sbom.cdx.json)

    # The list is written last and does not name itself; `sha256sum -c FILES.sha256` checks it.
    Write-Checksum (Get-ChildItem $module -Recurse -File) $module (Join-Path $module FILES.sha256)
    New-Zip (Join-Path $out "EntraAuditTools-$($version.Full).zip") (Get-FolderEntry (Join-Path $out EntraAuditTools) 'EntraAuditTools/') $time
    # Made by PSResourceGet, as Publish-PSResource would make it.
    Compress-PSResource -Path $module -DestinationPath $out
    Set-PackageOrder (Join-Path $out "EntraAuditTools.$($version.Full).nupkg") $time

    $program = Join-Path $out "entra-audit-$($version.Full).cdx.json"
    if (-not $NoBuild) { Invoke-DotNet restore (Join-Path $Root src/EntraAuditTools.Cli) --verbosity quiet }
    New-BillOfMaterials src/EntraAuditTools.Cli/EntraAuditTools.Cli.csproj entra-audit $version.Full $program $time
    Invoke-DotNet pack (Join-Path $Root src/EntraAuditTools.Cli) @common -o $out "-p:BillOfMaterials=$program" @($NoBuild ? '--no-build' : @())
    Set-PackageOrder (Join-Path $out "entra-audit.$($version.Full).nupkg") $time

    $files = Get-ChildItem $out -File
    foreach ($file in $files | Where-Object Length -GT $MostBytes) { throw "$($file.Name) has $([Math]::Round($file.Length / 1MB, 1)) MB; $($MostBytes / 1MB) are too many." }
    Write-Checksum $files $out (Join-Path $out SHA256SUMS)
    Get-ChildItem $out -File | Select-Object Name, @{ n = 'MB'; e = { [Math]::Round($_.Length / 1MB, 2) } }
}

function Write-Checksum {
    # Lines as sha256sum writes and checks them, in the order of names.
    param([IO.FileInfo[]] $Files, [string] $Folder, [string] $Path)
    $lines = [string[]] @(foreach ($file in $Files) {
            '{0}  {1}' -f (Get-FileHash $file -Algorithm SHA256).Hash.ToLowerInvariant(), [IO.Path]::GetRelativePath($Folder, $file.FullName).Replace('\', '/')
        })
    [Array]::Sort($lines, [Comparison[string]] { param($a, $b) [string]::CompareOrdinal($a, 66, $b, 66, [int]::MaxValue) })
    [IO.File]::WriteAllText($Path, ($lines -join "`n") + "`n")
}

function Test-Reproduction {
    <#
    .SYNOPSIS
        Makes all packages of the commit twice, in clean clones in folders of different names, and compares them byte for byte.
    #>
    param([string[]] $ReadyToRun = @())
    $work = (New-Item (Join-Path ([IO.Path]::GetTempPath()) "entraaudit-$([guid]::NewGuid().ToString('N'))") -ItemType Directory).FullName
    try {
        $clones = 'one', 'another folder' | ForEach-Object { Join-Path $work $_ }
        # Both at the beginning: building takes minutes, in which somebody may commit.
        $commit = git -C $Root rev-parse HEAD
        foreach ($clone in $clones) {
            git clone --quiet --no-hardlinks $Root $clone
            if ($LASTEXITCODE -eq 0) { git -C $clone checkout --quiet $commit }
            if ($LASTEXITCODE -ne 0) { throw "The repository was not cloned: git ended with $LASTEXITCODE." }
        }
        $sums = foreach ($clone in $clones) {
            Import-Module (Join-Path $clone packaging/Packaging.psm1) -Force -Scope Local -Prefix Clone
            New-ClonePackage -ReadyToRun $ReadyToRun | Out-Null
            Get-FolderHash (Join-Path $clone artifacts/package)
        }
        $different = foreach ($file in @($sums[0].Keys) + @($sums[1].Keys) | Sort-Object -Unique) {
            if ($sums[0][$file] -ne $sums[1][$file]) { $file }
        }
        if ($different) { throw "Two builds differ in $(@($different).Count) of $($sums[0].Count) files: $($different -join ', ')." }
        [pscustomobject]@{ Commit = $commit; Files = $sums[0].Count; Result = 'the same, byte for byte' }
    }
    finally { Remove-Item $work -Recurse -Force }
}

function Get-FolderHash([string] $folder) {
    $hashes = @{}
    foreach ($file in Get-ChildItem $folder -Recurse -File) { $hashes[[IO.Path]::GetRelativePath($folder, $file.FullName)] = (Get-FileHash $file).Hash }
    $hashes
}

Export-ModuleMember -Function New-Package, Test-Reproduction, Set-PackageOrder
