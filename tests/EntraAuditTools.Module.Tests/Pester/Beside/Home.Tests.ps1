BeforeDiscovery {
    # As root nothing is forbidden: a file system that can only be read still is, where one can be mounted for a process alone.
    $isRoot = -not $IsWindows -and (id -u) -eq '0'
    $hows = if ($IsWindows) { } elseif (-not $isRoot) { 'that may not be written' } elseif ($IsLinux -and $(unshare --mount mount -t tmpfs tmpfs /mnt 2>$null; $LASTEXITCODE -eq 0)) { 'on a file system that can only be read' }
    $variants = @(@{ how = 'with a file where the folder of the mirror would be'; skip = $IsWindows }; foreach ($how in $hows) { @{ how = $how; skip = $false } })
    if (-not $hows) { $variants += @{ how = 'that may not be written'; skip = $true } }
}

BeforeAll {
    . $PSScriptRoot/../Common.ps1
    $file = New-ExportFile page
    function Start-WithHome([string] $how, [string] $script) {
        # PowerShell itself wants its folders there, or a home that refuses them in a way that it knows.
        $home_ = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $folders = '.cache/powershell', '.config/powershell', '.local/share/powershell/Modules'
        $variables = @{ HOME = $home_; XDG_DATA_HOME = $null; XDG_CACHE_HOME = $null; XDG_CONFIG_HOME = $null; ENTRAAUDIT_MIRROR = $null }
        $null = New-Item -ItemType Directory $home_
        if ($how -like '*file system*') {
            $mount = "mount -t tmpfs tmpfs '$home_' && cd '$home_' && mkdir -p $folders && cd / && mount -o remount,ro '$home_' && exec `"`$@`""
            return Invoke-Pwsh $script $variables -Through 'unshare', '--mount', 'sh', '-c', $mount, 'sh'
        }
        foreach ($folder in $folders) { $null = New-Item -ItemType Directory (Join-Path $home_ $folder) }
        if ($how -like 'with a file*') { $null = New-Item (Join-Path $home_ '.local/share/EntraAuditTools') } else { chmod -R a-w $home_ }
        try { Invoke-Pwsh $script $variables } finally { chmod -R u+w $home_ }
    }
}

Describe 'A home directory <how>' -ForEach $variants {
    It 'takes nothing from the module but its default mirror' -Skip:$skip {
        $mirror = New-TestMirror
        $lines = Start-WithHome $how @"
            Import-Module `$ModulePath
            function Show-Problem([scriptblock] `$what) { try { & `$what | Out-Null; 'no error' } catch { "`$_ | `$(`$_.ErrorDetails.RecommendedAction) | `$(`$_.FullyQualifiedErrorId)" } }
            (Get-AuditMirror).Exists
            Show-Problem { Import-AuditExport '$file' -ErrorAction Stop }
            Show-Problem { Get-AuditActivity -ErrorAction Stop }
            (Import-AuditExport '$file' -Mirror '$mirror').Added
            @(Get-AuditActivity -Mirror '$mirror').Count
            @(Get-AuditActivity -Search bob -Mirror '$mirror').Count
            `$env:ENTRAAUDIT_MIRROR = '$mirror'
            @(Get-AuditActivity).Count
            Set-AuditMirror '$mirror'
            (Test-AuditMirror).Result
"@
        $lines | Should -HaveCount 8
        $lines[0] | Should -Be 'False'
        $lines[1] | Should -Match '^The mirror .*mirror\.db. cannot be opened for this: (access is denied|it lies in a place that can only be read|a file lies where it needs a folder)\. \| .*name another mirror with -Mirror\. \| MirrorAccessDenied'
        $lines[2] | Should -Match '^There is no mirror at .* \| .*-Mirror.* \| MirrorNotFound'
        $lines[3..7] | Should -Be '12', '12', '7', '12', 'Passed'
    }
}
