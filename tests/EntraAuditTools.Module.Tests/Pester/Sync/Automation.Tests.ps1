# The examples for automation, run as they stand: the runbook against a small Graph and a storage account that is a folder, the steps of the
# workflow, and the lines for cron.
BeforeDiscovery {
    $steps = [regex]::Matches((Get-Content (Join-Path $PSScriptRoot '../../../../examples/github-actions.yml') -Raw), '(?m)^      - name: (?<name>.+)\n(?:        .+\n)*?        run: \|\n(?<script>(?:          .*\n|\n)+)') | ForEach-Object {
        @{ name = $_.Groups['name'].Value; script = $_.Groups['script'].Value -replace '(?m)^          ' }
    }
    $lines = Get-Content (Join-Path $PSScriptRoot '../../../../examples/entra-audit.cron') | Where-Object { $_ -match '^\d' } | ForEach-Object { @{ line = $_ -replace '^(\S+\s+){5}' } }
}

BeforeAll {
    . $PSScriptRoot/../Common.ps1
    . $PSScriptRoot/SmallGraph.ps1
    Import-StagedModule
    $examples = Join-Path $RepositoryRoot examples
    $path = $env:PSModulePath
    $env:PSModulePath = (Split-Path $ModulePath) + [IO.Path]::PathSeparator + $env:PSModulePath
    $client = [Net.Http.HttpClient]::new()
    # An account of storage: a folder for each container, and what was asked of it. Stands in for Az and for Microsoft.Graph.Authentication.
    $global:AutomationTest = @{ Root = Join-Path $TestDrive storage; Signed = @() }
    function global:Connect-AzAccount { [CmdletBinding()] param([switch] $Identity) $global:AutomationTest.Signed += "az $Identity" }
    function global:Connect-MgGraph { [CmdletBinding()] param([switch] $Identity, [switch] $NoWelcome) $global:AutomationTest.Signed += "graph $Identity" }
    function global:New-AzStorageContext { [CmdletBinding()] param([string] $StorageAccountName, [switch] $UseConnectedAccount) @{ Account = $StorageAccountName } }
    function global:Get-AzStorageBlob { [CmdletBinding()] param($Container, $Context, $Prefix) Get-ChildItem "$($global:AutomationTest.Root)/$Container" -Filter "$Prefix*" -ErrorAction Ignore | Select-Object Name }
    function global:Get-AzStorageBlobContent { [CmdletBinding()] param($Container, $Context, $Blob, $Destination, [switch] $Force) Copy-Item "$($global:AutomationTest.Root)/$Container/$Blob" $Destination -Force:$Force }
    function global:Set-AzStorageBlobContent {
        [CmdletBinding()] param($Container, $Context, $Blob, $File, [switch] $Force)
        $null = New-Item -ItemType Directory "$($global:AutomationTest.Root)/$Container" -Force
        Copy-Item $File "$($global:AutomationTest.Root)/$Container/$Blob" -Force:$Force
    }
    function New-Event([int] $Number, [string] $Time, [hashtable] $More = @{}) { @{ Time = [datetimeoffset] $Time; Json = ConvertTo-Json (New-Activity $Number -Time $Time @More) -Depth 9 -Compress } }
    function Invoke-Runbook([string] $Now) {
        $asker = $client
        $more = @{
            Graph = $graph.Address; Now = [datetimeoffset] $Now; Days = 4; MaxRetry = 1; Wait = { }
            Request = { param($Uri) $asker.GetAsync($Uri, 'ResponseHeadersRead').GetAwaiter().GetResult() }.GetNewClosure()
        }
        & "$examples/Invoke-NightlyRunbook.ps1" -StorageAccount contoso -Kind AuditActivity -Sync "$examples/Sync-EntraExport.ps1" -SyncArgument $more -WarningAction SilentlyContinue
    }
}

AfterAll {
    $env:PSModulePath = $path
    $client.Dispose()
    Remove-Item Function:Connect-AzAccount, Function:Connect-MgGraph, Function:New-AzStorageContext, Function:Get-AzStorageBlob, Function:Get-AzStorageBlobContent, Function:Set-AzStorageBlobContent
    Remove-Variable AutomationTest -Scope Global
}

Describe 'Invoke-NightlyRunbook.ps1' {
    BeforeEach {
        $graph = Start-SmallGraph
        $graph.State.Listings['auditLogs/directoryAudits'] = @(
            foreach ($day in 1..4) { New-Event $day "2026-10-0${day}T06:00:00Z" }
            New-Event 9 '2026-10-04T09:00:00Z' @{ Result = 'failure'; Activity = 'Delete user' }
        )
        $global:AutomationTest.Root = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $global:AutomationTest.Signed = @()
        $blob = Join-Path $global:AutomationTest.Root 'entra-audit/mirror.db'
    }
    AfterEach { Stop-SmallGraph $graph }

    It 'keeps the mirror in the storage account from one night to the next' {
        $first = @(Invoke-Runbook '2026-10-05T03:00:00Z')
        $global:AutomationTest.Signed | Should -Be 'az True', 'graph True'
        @($first | Where-Object { $_ -is [EntraAuditTools.AuditActivity] }).Activity | Should -Be 'Delete user'
        @(Get-AuditActivity -Mirror $blob).Count | Should -Be 5
        $graph.State.Listings['auditLogs/directoryAudits'] += New-Event 10 '2026-10-05T06:00:00Z' @{ Result = 'failure'; Activity = 'Update policy' }
        $graph.State.Log.Clear()
        $second = @(Invoke-Runbook '2026-10-06T03:00:00Z')
        # From where the last night came to, not anew; and only what is new is told.
        "$($graph.State.Log)" | Should -Not -Match 'ge 2026-10-01'
        @($second | Where-Object { $_ -is [EntraAuditTools.AuditActivity] }).Activity | Should -Be 'Update policy'
        @(Get-AuditActivity -Mirror $blob).Count | Should -Be 6
        $test = Test-AuditMirror -Mirror $blob -WarningAction Ignore
        $test.Result | Should -Be Passed -Because "$($test.Problems)"
    }

    It 'puts the mirror back and fails, where something of the night is missing' {
        Add-Fault $graph @{ Match = 'ge 2026-10-03'; Status = 503; Body = 'unavailable'; Left = 99 }
        { Invoke-Runbook '2026-10-05T03:00:00Z' } | Should -Throw 'Something is missing of this night*'
        @(Get-AuditActivity -Mirror $blob).Count | Should -BeGreaterThan 0
    }

    It 'leaves nothing on the disk of the sandbox, and the blob alone where the mirror is damaged' {
        $null = Invoke-Runbook '2026-10-05T03:00:00Z'
        $bytes = [IO.File]::ReadAllBytes($blob)
        for ($i = 12288; $i -lt [Math]::Min($bytes.Length, 40960); $i++) { $bytes[$i] = 0x5a }
        [IO.File]::WriteAllBytes($blob, $bytes)
        $hash = (Get-FileHash $blob).Hash
        { Invoke-Runbook '2026-10-06T03:00:00Z' } | Should -Throw
        (Get-FileHash $blob).Hash | Should -Be $hash
        Get-ChildItem ([IO.Path]::GetTempPath()) -Filter 'entra-*' -Directory | Where-Object Name -match '^entra-[0-9a-f]{32}$' | Should -BeNullOrEmpty
    }
}

Describe 'github-actions.yml' {
    It 'has these steps, and actions by commit' -ForEach @(@{ names = $steps.name }) {
        $names | Should -Be 'Modules', 'Fetch and import', 'State', 'Check and copy'
        foreach ($uses in (Get-Content "$examples/github-actions.yml") -match 'uses:') { $uses | Should -Match 'uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d' }
    }
    It 'installs what the steps need' -ForEach @($steps | Where-Object name -eq Modules) {
        function Install-PSResource { [CmdletBinding()] param([Parameter(Position = 0)] [string[]] $Name, [switch] $Prerelease, [switch] $TrustRepository) "$Name $Prerelease" }
        & ([scriptblock]::Create($script)) | Should -Be 'EntraAuditTools True', 'Microsoft.Graph.Authentication Pester False'
    }
    It 'ends <name> as a step should: <code>' -ForEach @(
        # A Graph that nobody answers for, five tests that nothing is known for, a mirror that is whole.
        foreach ($step in $steps | Where-Object name -ne Modules) { $step + @{ code = switch ($step.name) { 'Fetch and import' { 1 } 'State' { 5 } default { 0 } } } }
    ) {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))).FullName
        New-Activity 1 | Import-AuditExport -Mirror "$folder/mirror.db" | Out-Null
        $whole = "`$env:PSModulePath = '$(Split-Path $ModulePath)$([IO.Path]::PathSeparator)' + `$env:PSModulePath
            Import-Module '$((Get-Module Pester).Path -replace '\.psm1$', '.psd1')'
            Set-Location '$RepositoryRoot'
            function Connect-MgGraph { param([switch] `$Identity, [switch] `$NoWelcome) }
            function Get-MgContext { 'signed in' }
            function Invoke-MgGraphRequest { param(`$Method, `$Uri, `$OutputType, [switch] `$SkipHttpErrorCheck) throw 'nobody answers' }
            function Start-Sleep { }
            `$env:ENTRA_FOLDER = '$folder'; `$env:ENTRA_PACKAGE = 'Release signing'
            & { $script }
            exit `$LASTEXITCODE"
        $said = Invoke-Pwsh $whole
        $LASTEXITCODE | Should -Be $code -Because ($said -join "`n")
        if ($name -eq 'State') {
            @($said -match '^Failed: ').Count | Should -Be 5
            @(Get-Content "$folder/state.txt") -match 'Not known|not covered|not hold' | Should -Not -BeNullOrEmpty
        }
        if ($name -eq 'Check and copy') { Test-Path "$folder/backup.db" | Should -BeTrue }
    }
}

Describe 'entra-audit.cron' -Skip:$IsWindows {
    BeforeAll {
        $bin = (New-Item -ItemType Directory "$TestDrive/bin").FullName
        $program = Join-Path $RepositoryRoot "src/EntraAuditTools.Cli/bin/$(if ($env:ENTRAAUDIT_CONFIGURATION) { $env:ENTRAAUDIT_CONFIGURATION } else { 'Release' })/net8.0/entra-audit.dll"
        "#!/bin/sh`nexec '$((Get-Command dotnet -CommandType Application | Select-Object -First 1).Source)' '$program' `"`$@`"" | Set-Content "$bin/entra-audit" -NoNewline
        chmod +x "$bin/entra-audit"
        function Invoke-Line([string] $line, [string] $folder) {
            $env:ENTRAAUDIT_MIRROR = "$folder/mirror.db"
            $old = $env:PATH
            $env:PATH = "$bin$([IO.Path]::PathSeparator)$env:PATH"
            try { @(sh -c ($line -replace '/srv/entra', $folder) 2>&1 | ForEach-Object { "$_" }) } finally { $env:PATH = $old; $env:ENTRAAUDIT_MIRROR = $null }
        }
        $night = (New-Item -ItemType Directory "$TestDrive/night/exports" -Force).Parent.FullName
        ConvertTo-Json @(New-Activity 1) -Depth 9 | Set-Content "$night/exports/audit.json"
        $null = Import-AuditExport "$night/exports/audit.json" -Mirror "$night/mirror.db"
    }
    It 'writes nothing after a good night: <line>' -ForEach $lines {
        Invoke-Line $line $night | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
    }
    It 'writes where there is no mirror, or what is to be seen: <line>' -ForEach $lines {
        $empty = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))).FullName
        Invoke-Line $line $empty | Should -Not -BeNullOrEmpty
    }
    It 'shows what failed' -ForEach @($lines | Where-Object line -like '*--result failure*') {
        $bad = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('N')))).FullName
        New-Activity 1 -Result failure | Import-AuditExport -Mirror "$bad/mirror.db" | Out-Null
        (Invoke-Line $line $bad) -join "`n" | Should -Match 'failure'
    }
}
