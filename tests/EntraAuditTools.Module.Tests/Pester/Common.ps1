# Shared by the Pester files: dot-sourced in BeforeAll. Everything written here is synthetic.

$script:RepositoryRoot = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
$script:ModulePath = if ($env:ENTRAAUDIT_MODULE) { $env:ENTRAAUDIT_MODULE } else { Join-Path $RepositoryRoot 'artifacts/module/EntraAuditTools' }

function Import-StagedModule {
    Import-Module $ModulePath -Force -ErrorAction Stop
}

function New-TestMirror {
    # A path of its own for every test; nothing is created.
    Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).db"
}

function New-Activity {
    # One directoryAudit record as Graph's REST answers it.
    param(
        [int] $Number,
        [string] $Time = '2026-10-01T10:00:00.1234567Z',
        [string] $Activity = 'Update user',
        [string] $Service = 'Core Directory',
        [string] $Category = 'UserManagement',
        [string] $Result = 'success',
        [string] $Reason = '',
        [string] $Upn = 'alice@contoso.example',
        [string] $Target = 'Bob Miller',
        [string] $TargetType = 'User',
        [string] $Property = 'AccountEnabled',
        [string] $Old = '[true]',
        [string] $New = '[false]'
    )
    $correlation = '00000000-0000-4000-8000-{0:d12}' -f $Number
    [ordered]@{
        id = "Directory_${correlation}_ABCDE_$Number"
        category = $Category
        correlationId = $correlation
        result = $Result
        resultReason = $Reason
        activityDisplayName = $Activity
        activityDateTime = $Time
        loggedByService = $Service
        operationType = 'Update'
        initiatedBy = [ordered]@{
            user = [ordered]@{ id = '11111111-0000-4000-8000-{0:d12}' -f [Math]::Abs($Upn.GetHashCode() % 1000); displayName = $null; userPrincipalName = $Upn; ipAddress = '203.0.113.7' }
            app = $null
        }
        targetResources = @(
            [ordered]@{
                id = '22222222-0000-4000-8000-{0:d12}' -f $Number
                displayName = $Target
                type = $TargetType
                userPrincipalName = $(if ($TargetType -eq 'User') { 'bob@contoso.example' })
                groupType = $null
                modifiedProperties = @([ordered]@{ displayName = $Property; oldValue = $Old; newValue = $New })
            }
        )
        additionalDetails = @([ordered]@{ key = 'UserType'; value = 'Member' })
    }
}

function New-ActivitySet {
    # Twelve activities of five days, newest last.
    New-Activity 1 -Time '2026-10-01T08:00:00Z'
    New-Activity 2 -Time '2026-10-01T09:00:00Z' -Activity 'Add user' -Upn 'carol@contoso.example' -Target 'Dan Brown'
    New-Activity 3 -Time '2026-10-01T10:00:00Z' -Activity 'Add member to group' -Category GroupManagement -Target 'Sales' -TargetType Group -Property 'Group.DisplayName' -Old $null -New '"Sales"'
    New-Activity 4 -Time '2026-10-02T08:00:00Z' -Activity 'Add member to group' -Category GroupManagement -Target 'Sales' -TargetType Group -Result failure -Reason 'Insufficient rights'
    New-Activity 5 -Time '2026-10-02T09:00:00Z' -Activity 'Delete user' -Target "O'Neil [x]"
    New-Activity 6 -Time '2026-10-03T08:00:00Z' -Activity 'Add member to role' -Category RoleManagement -Target 'Global Reader' -TargetType Role
    New-Activity 7 -Time '2026-10-03T09:00:00Z' -Activity 'User requests access package assignment' -Service 'Entitlement Management' -Category EntitlementManagement -Target 'Sales package' -TargetType AccessPackage
    New-Activity 8 -Time '2026-10-04T08:00:00Z' -Activity 'Add service principal credentials' -Category ApplicationManagement -Target 'Payroll' -TargetType ServicePrincipal -Property 'Credential' -Old $null -New '"c2VjcmV0LWtleS1tYXRlcmlhbA=="'
    New-Activity 9 -Time '2026-10-04T09:00:00Z' -Upn 'carol@contoso.example'
    New-Activity 10 -Time '2026-10-05T08:00:00Z' -Upn 'carol@contoso.example'
    New-Activity 11 -Time '2026-10-05T09:00:00Z' -Target "Eve`e[31m Red`nSecond line"
    New-Activity 12 -Time '2026-10-05T10:00:00.7654321Z' -Result failure -Reason 'Timed out'
}

function ConvertTo-Envelope {
    # The same record as diagnostic settings write it.
    param([Parameter(ValueFromPipeline)] $Record)
    process {
        [ordered]@{
            time = $Record.activityDateTime; resourceId = '/tenants/33333333-0000-4000-8000-000000000001/providers/Microsoft.aadiam'
            operationName = $Record.activityDisplayName; operationVersion = '1.0'; category = 'AuditLogs'; tenantId = '33333333-0000-4000-8000-000000000001'
            resultSignature = 'None'; durationMs = 0; callerIpAddress = '203.0.113.7'; correlationId = $Record.correlationId; identity = 'Alice'; Level = 4
            properties = $Record
        }
    }
}

function ConvertTo-PortalRow {
    # The same record as a row of the portal's download.
    param([Parameter(ValueFromPipeline)] $Record)
    process {
        $target = $Record.targetResources[0]
        $property = $target.modifiedProperties[0]
        [pscustomobject][ordered]@{
            'Date (UTC)' = $Record.activityDateTime; CorrelationId = $Record.correlationId; Service = $Record.loggedByService; Category = $Record.category
            Activity = $Record.activityDisplayName; Result = $Record.result; ResultReason = $Record.resultReason; 'User Agent' = ''; ActorType = 'User'
            ActorDisplayName = ''; ActorObjectId = $Record.initiatedBy.user.id; ActorUserPrincipalName = $Record.initiatedBy.user.userPrincipalName; IPAddress = '203.0.113.7'
            ActorHomeTenantId = ''; ActorHomeTenantName = ''; ActorServicePrincipalId = ''; ActorServicePrincipalName = ''
            Target1Type = $target.type; Target1DisplayName = $target.displayName; Target1ObjectId = $target.id; Target1UserPrincipalName = $target.userPrincipalName
            Target1ModifiedProperty1Name = $property.displayName; Target1ModifiedProperty1OldValue = $property.oldValue; Target1ModifiedProperty1NewValue = $property.newValue
            AdditionalDetail1Key = 'UserType'; AdditionalDetail1Value = 'Member'
        }
    }
}

function ConvertTo-LogAnalyticsRow {
    # The same record as a row of the AuditLogs table: nested values are JSON in cells.
    param([Parameter(ValueFromPipeline)] $Record)
    process {
        [pscustomobject][ordered]@{
            TimeGenerated = $Record.activityDateTime; AADOperationType = $Record.operationType; AADTenantId = '33333333-0000-4000-8000-000000000001'
            ActivityDateTime = $Record.activityDateTime; ActivityDisplayName = $Record.activityDisplayName
            AdditionalDetails = ConvertTo-Json $Record.additionalDetails -Depth 9 -Compress -AsArray; Category = $Record.category; CorrelationId = $Record.correlationId
            Id = $Record.id; Identity = 'Alice'; InitiatedBy = ConvertTo-Json $Record.initiatedBy -Depth 9 -Compress; LoggedByService = $Record.loggedByService
            OperationName = $Record.activityDisplayName; Result = $Record.result; ResultReason = $Record.resultReason; SourceSystem = 'Azure AD'
            TargetResources = ConvertTo-Json $Record.targetResources -Depth 9 -Compress -AsArray; TenantId = '44444444-0000-4000-8000-000000000001'; Type = 'AuditLogs'
        }
    }
}

function New-ExportFile {
    # A file in one of the shapes of exports; returns its path.
    param([Parameter(Mandatory)] [string] $Shape, [object[]] $Record = @(New-ActivitySet))
    $path = Join-Path $TestDrive "$Shape-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
    $json = { param($value) ConvertTo-Json -InputObject $value -Depth 9 -Compress }
    switch ($Shape) {
        'array' { & $json $Record | Set-Content $path }
        'page' { & $json ([ordered]@{ '@odata.context' = 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits'; value = $Record }) | Set-Content $path }
        'lines' { $Record | ForEach-Object { & $json $_ } | Set-Content $path }
        'pretty' { ConvertTo-Json -InputObject $Record -Depth 9 | Set-Content $path }
        'documents' { & $json $Record[0..5] | Set-Content $path; & $json $Record[6..($Record.Count - 1)] | Add-Content $path }
        'diagnostic' { $Record | ConvertTo-Envelope | ForEach-Object { & $json $_ } | Set-Content $path }
        'records' { & $json ([ordered]@{ records = @($Record | ConvertTo-Envelope) }) | Set-Content $path }
        'loganalytics' { $Record | ConvertTo-LogAnalyticsRow | Export-Csv $path -UseQuotes Always }
        'portal' { $Record | ConvertTo-PortalRow | Export-Csv $path -Encoding utf8BOM }
        'utf16' { & $json $Record | Set-Content $path -Encoding unicode }
        'gzip' {
            $stream = [IO.Compression.GZipStream]::new([IO.File]::Create($path), [IO.Compression.CompressionLevel]::Fastest)
            $bytes = [Text.Encoding]::UTF8.GetBytes((& $json $Record)); $stream.Write($bytes, 0, $bytes.Length); $stream.Dispose()
        }
        'zip' {
            $inner = New-ExportFile array $Record
            $archive = [IO.Compression.ZipFile]::Open($path, 'Create')
            [void][IO.Compression.ZipFileExtensions]::CreateEntryFromFile($archive, $inner, 'AuditLogs.json'); $archive.Dispose()
            Remove-Item $inner
        }
        default { throw "No shape $Shape." }
    }
    $path
}

filter Part {
    # A property of each record that has it. Records of an export differ, and strict mode does not let one ask a list for what none of its records has.
    param([string] $Name)
    if ($null -ne $_ -and $_.PSObject.Properties[$Name]) { $_.$Name }
}

function Get-EngineCommand {
    # What starts another engine like this one: a program, and the arguments before PowerShell's. In the .NET tool the program is dotnet.
    $program = [Environment]::ProcessPath
    $leading = if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
    elseif ([IO.Path]::GetFileNameWithoutExtension($program) -ne 'pwsh') { $program = Join-Path $PSHOME 'pwsh' }
    [pscustomobject]@{ Program = $program; Leading = [string[]] @($leading | Where-Object { $_ }) }
}

function Invoke-Pwsh {
    # Runs a script in a fresh engine and returns its output lines; for what one process cannot hold. Another program may start the engine.
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Environment = @{}, [string[]] $Through = @())
    $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).ps1"
    "Set-StrictMode -Off; `$ErrorActionPreference = 'Stop'; `$ModulePath = '$($ModulePath -replace "'", "''")'`n$Script" | Set-Content $file
    $engine = Get-EngineCommand
    $leading = @($engine.Leading)
    $before = @{}
    foreach ($name in @($Environment.Keys) + 'NO_COLOR') { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
    try {
        $env:NO_COLOR = '1'
        foreach ($name in $Environment.Keys) { [Environment]::SetEnvironmentVariable($name, $Environment[$name]) }
        $program, $arguments = @($Through) + $engine.Program + $leading + '-NoLogo', '-NoProfile', '-NonInteractive', '-File', $file
        & $program @arguments 2>&1 | ForEach-Object { "$_" }
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}

function Invoke-PwshAtOnce {
    # Runs scripts (Key, Script) in engines of their own, as many at a time as there are processors; answers the text that each wrote, by key.
    param([Parameter(Mandatory)] [object[]] $Scripts)
    $common = Join-Path $RepositoryRoot 'tests/EntraAuditTools.Module.Tests/Pester/Common.ps1'
    $drive = $TestDrive
    $pairs = $Scripts | ForEach-Object -ThrottleLimit ([Environment]::ProcessorCount) -Parallel {
        . $using:common
        $TestDrive = $using:drive
        [pscustomobject]@{ Key = $_.Key; Text = (Invoke-Pwsh $_.Script) -join "`n" }
    }
    $texts = @{}
    foreach ($pair in $pairs) { $texts[$pair.Key] = $pair.Text }
    $texts
}

function New-SessionOfMode {
    # A session in this process whose language is limited before the module is imported, as policies limit it.
    param([Management.Automation.PSLanguageMode] $Mode = 'ConstrainedLanguage')
    $state = [initialsessionstate]::CreateDefault2()
    $state.LanguageMode = $Mode
    $session = [runspacefactory]::CreateRunspace($state)
    $session.ThreadOptions = 'UseCurrentThread'
    $session.Open()
    # Written out: a value that such a session had in a variable is one that no other session imports a module by.
    Invoke-InSession $session "Import-Module '$($ModulePath -replace "'", "''")'" | Out-Null
    $session
}

function Invoke-InSession {
    # What a script answers in a session; its first error is thrown.
    param([runspace] $Session, [string] $Script, [hashtable] $Arguments = @{})
    $engine = [powershell]::Create($Session)
    try {
        $engine.AddScript($Script).AddParameters($Arguments).Invoke()
        if ($engine.HadErrors -and $engine.Streams.Error.Count) { throw $engine.Streams.Error[0] }
    }
    finally { $engine.Dispose() }
}
