#Requires -Version 7.4

<#
.SYNOPSIS
    Fetches what is new in Entra's logs, and what there is of entitlement management and the
    directory, and imports it. For every night.

.DESCRIPTION
    Asks Microsoft Graph through your own session (Connect-MgGraph): this script has no credential
    and asks for none, and the module EntraAuditTools opens no connection. Pages are kept as they
    came, a file each, in a folder that only you can read, and imported from there.

    Logs are fetched in windows of time, from where the last night came to, less -Overlap, because
    records arrive late. A window is declared as covered (Get-AuditCoverage) when all its pages came
    and all their records were taken in, and only up to -Overlap before now. A window that broke off
    is imported as far as it came and declares nothing; the windows after it are fetched
    nonetheless, and the next night begins with it again. How long a tenant keeps its logs is not
    known, so what lies before the first record that came in the first night is not declared either.

    Objects (access packages, users and so on) are listed wholly each night. Only a listing of which
    every page came is imported with -Complete, so that what it lacks is taken as gone.

    What Graph throttles (429, Retry-After) or fails (5xx, no answer, a page that is cut off) is
    tried again, -MaxRetry times. Permissions are tried before anything is fetched: a kind that is
    refused is left out, with the permission that it needs.

    The end is an object for each kind, and an exit code: 0 when all is whole, 1 when something is
    missing.

.PARAMETER Folder
    Where pages are kept, with the checkpoint (checkpoint.json). Made for you alone. Pages that were
    imported may be deleted: the mirror keeps every original.

.PARAMETER Mirror
    The mirror to import into. Nights of another mirror begin anew.

.PARAMETER Kind
    What to fetch; without it, all of these. A text with commas is taken too, since `pwsh -File`
    passes no lists.

.PARAMETER Group
    Object ids of groups whose members are listed: those that request policies name.

.PARAMETER ServicePrincipal
    Object ids of the service principals (enterprise applications) whose synchronization jobs are
    listed.

.PARAMETER Tenant
    Id of the tenant, for records that do not name theirs (audit logs, objects). Needed when a
    mirror holds several.

.PARAMETER Days
    How far back the first night goes, and no night further. Graph has 30 days with P1 or P2, 7
    without.

.PARAMETER Window
    How long a window is. What breaks off is one window.

.PARAMETER Overlap
    How late a record may arrive: so much is fetched again, and so much before now is not declared
    yet.

.PARAMETER MaxRetry
    How often a page is tried again.

.PARAMETER MaxWait
    The longest wait before a page is tried again. When Graph asks for a longer one, the window
    breaks off.

.PARAMETER Graph
    Where Graph is: https://graph.microsoft.us and the like for national clouds. Links to another
    host are not followed.

.PARAMETER Request
    What asks Graph: a script block that is given an address and answers with an
    HttpResponseMessage, with an object that has StatusCode, Headers and Content, or with the body's
    text alone. What it throws counts as no answer.

.PARAMETER Wait
    What waits: a script block that is given a time span.

.PARAMETER Alert
    What to look at after the import: a script block that is given the mirror, the kind of log, and
    the span that is settled since the last night (from, to). Spans follow each other: nothing is
    looked at twice, and nothing is left out. When it throws, the next night has the span again.

.EXAMPLE
    Connect-MgGraph -Scopes AuditLog.Read.All, Directory.Read.All, EntitlementManagement.Read.All -NoWelcome
    ./Sync-EntraExport.ps1 -Folder ~/entra/pages -Mirror ~/entra/mirror.db

    By hand, with all that Graph has.

.EXAMPLE
    pwsh -NoProfile -Command 'Connect-MgGraph -Identity -NoWelcome
        ./Sync-EntraExport.ps1 -Folder /srv/entra/pages -Mirror /srv/entra/mirror.db | Format-List
        exit $LASTEXITCODE'

    Every night, as a managed identity.

.EXAMPLE
    ./Sync-EntraExport.ps1 -Folder ~/entra/pages -Mirror ~/entra/mirror.db -Kind AuditActivity -Alert {
        param($Mirror, $Kind, $From, $To)
        Get-AuditActivity 'Add member to role*' -After $From -Before $To -Mirror $Mirror
    }

    Shows who was given a role since the last night.

.EXAMPLE
    ./Sync-EntraExport.ps1 -Folder ~/entra/pages -Mirror ~/entra/mirror.db -Kind AuditActivity -Request {
        param($Uri)
        $body = az rest --method get --url $Uri --output json
        if ($LASTEXITCODE) { throw 'az rest failed.' }
        $body
    }

    With the Azure CLI's session.

.EXAMPLE
    ./Sync-EntraExport.ps1 -Folder ~/entra/pages -Mirror ~/entra/mirror.db -WhatIf

    What would be fetched, and from when. Nothing is asked or written.

.OUTPUTS
    EntraAuditTools.SyncResult. Status is Whole, Partial (all pages came, but not every record could
    be taken in), BrokeOff, Refused or NotImported; Gaps has the windows that are missing, with the
    reason, Notes what the import says.
#>
[CmdletBinding(SupportsShouldProcess, PositionalBinding = $false)]
[OutputType('EntraAuditTools.SyncResult')]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Folder,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Mirror,
    [ArgumentCompletions('AuditActivity', 'ProvisioningLog', 'AccessPackageCatalog', 'AccessPackage', 'AccessPackageAssignmentPolicy',
        'AccessPackageAssignment', 'AccessPackageAssignmentRequest', 'ConnectedOrganization', 'User', 'Group', 'ServicePrincipal')]
    [string[]] $Kind,
    [string[]] $Group = @(),
    [string[]] $ServicePrincipal = @(),
    [string] $Tenant,
    [ValidateRange(1, 30)] [int] $Days = 30,
    [ValidateScript({ $_ -ge [timespan]::FromMinutes(1) }, ErrorMessage = 'A window is at least a minute.')]
    [timespan] $Window = [timespan]::FromDays(1),
    [ValidateScript({ $_ -ge [timespan]::Zero -and $_ -lt [timespan]::FromDays(1) }, ErrorMessage = 'The overlap is less than a day.')]
    [timespan] $Overlap = [timespan]::FromHours(2),
    [ValidateRange(0, 20)] [int] $MaxRetry = 5,
    [timespan] $MaxWait = [timespan]::FromMinutes(5),
    [uri] $Graph = 'https://graph.microsoft.com',
    [scriptblock] $Request,
    [scriptblock] $Wait = { param([timespan] $Time) Start-Sleep -Duration $Time },
    [scriptblock] $Alert,
    # When the night begins: for tests.
    [Parameter(DontShow)] [datetimeoffset] $Now = [datetimeoffset]::UtcNow
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What any tenant keeps of its logs, whatever its licence: a window that is older may be empty because its records are gone.
$kept = [timespan]::FromDays(7)
$clock = [Diagnostics.Stopwatch]::StartNew()
# Filters know seconds.
$Now = [datetimeoffset]::FromUnixTimeSeconds($Now.ToUnixTimeSeconds())

function Stop-Night([string] $Id, [string] $Text) {
    $PSCmdlet.ThrowTerminatingError([Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($Text), $Id,
            'InvalidOperation', $null))
}

# ---- What there is to fetch -----------------------------------------------------------------------------------------------------------

function New-Source {
    # One kind: its listing, the permission that it needs, the filter of its windows (logs), and what its import is told.
    param([string] $Kind, [string] $Path, [string] $Permission, [scriptblock] $Filter, [hashtable] $Import = @{}, [string] $Name = $Kind)
    [pscustomobject]@{ Kind = $Kind; Name = $Name; Path = $Path; Permission = $Permission; Filter = $Filter; Import = $Import }
}

function Format-Time([datetimeoffset] $Time) {
    $Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [cultureinfo]::InvariantCulture)
}

$management = 'identityGovernance/entitlementManagement'
$logs = 'AuditLog.Read.All and Directory.Read.All (who signs in also needs a role such as Reports Reader)'
$packages = 'EntitlementManagement.Read.All'
$all = @{ Complete = $true }
$sources = @(
    # The operators are those that the reference of each names: ge and le for the one, gt and lt for the other.
    New-Source AuditActivity 'auditLogs/directoryAudits' $logs -Filter { param($From, $To)
        "activityDateTime ge $(Format-Time $From) and activityDateTime le $(Format-Time $To)" }
    New-Source ProvisioningLog 'auditLogs/provisioning' $logs -Filter { param($From, $To)
        "activityDateTime gt $(Format-Time $From.AddSeconds(-1)) and activityDateTime lt $(Format-Time $To)" }
    New-Source AccessPackageCatalog "$management/catalogs" $packages -Import $all
    New-Source AccessPackage ("$management/accessPackages" +
        '?$expand=catalog,resourceRoleScopes($expand=role,scope),incompatibleAccessPackages,incompatibleGroups') $packages -Import $all
    New-Source AccessPackageAssignmentPolicy ("$management/assignmentPolicies" +
        '?$expand=accessPackage,catalog,customExtensionStageSettings($expand=customExtension)') $packages -Import $all
    New-Source AccessPackageAssignment "$management/assignments?`$expand=target,accessPackage,assignmentPolicy" $packages -Import $all
    # Requests that Graph no longer lists were made nonetheless.
    New-Source AccessPackageAssignmentRequest "$management/assignmentRequests?`$expand=requestor,accessPackage,assignment" $packages
    New-Source ConnectedOrganization "$management/connectedOrganizations?`$expand=internalSponsors,externalSponsors" $packages -Import $all
    New-Source User 'users?$select=id,displayName,userPrincipalName,mail,userType,accountEnabled' 'User.Read.All' -Import $all
    New-Source Group 'groups?$select=id,displayName' 'GroupMember.Read.All' -Import $all
    New-Source ServicePrincipal 'servicePrincipals?$select=id,appId,displayName,servicePrincipalType,appRoles' 'Application.Read.All' `
        -Import $all
)
if ($Kind) {
    $Kind = @($Kind -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    foreach ($word in $Kind) {
        if ($word -notin $sources.Kind) { Stop-Night KindUnknown "-Kind '$word' is none of $($sources.Kind -join ', ')." }
    }
    $sources = @($sources | Where-Object Kind -in $Kind)
}
foreach ($id in $Group -split ',' | Where-Object { $_ }) {
    $sources += New-Source GroupMember "groups/$([uri]::EscapeDataString($id))/members" 'GroupMember.Read.All' -Name "GroupMember $id" `
        -Import @{ Group = $id; Complete = $true }
}
foreach ($id in $ServicePrincipal -split ',' | Where-Object { $_ }) {
    $sources += New-Source SynchronizationJob "servicePrincipals/$([uri]::EscapeDataString($id))/synchronization/jobs" `
        'Synchronization.Read.All' -Name "SynchronizationJob $id" -Import @{ Application = $id }
}

# ---- Asking Graph ---------------------------------------------------------------------------------------------------------------------

function Get-Address([string] $Path, [string] $Option) {
    # The address of a listing; an option is name=value, whose value is escaped.
    if ($Option) {
        $name, $value = $Option -split '=', 2
        $Path += "$($Path.Contains('?') ? '&' : '?')$name=$([uri]::EscapeDataString($value))"
    }
    "$($Graph.AbsoluteUri.TrimEnd('/'))/v1.0/$Path"
}

function Get-Header($Headers, [string] $Name) {
    # The first value of a header, of whatever holds them; null when there is none.
    if ($Headers -is [Net.Http.Headers.HttpHeaders]) {
        $values = $null
        if ($Headers.TryGetValues($Name, [ref] $values)) { return @($values)[0] }
    }
    elseif ($Headers -is [Collections.IDictionary]) {
        foreach ($key in $Headers.Keys) {
            if ("$key" -eq $Name) { return "$(@($Headers[$key])[0])" }
        }
    }
    else {
        $property = if ($null -ne $Headers) { $Headers.PSObject.Properties[$Name] }
        if ($property) { return "$(@($property.Value)[0])" }
    }
}

function ConvertTo-Answer($Answer) {
    # What a request answered, as one form: Status, Headers, Bytes.
    $parts = @($Answer)
    if ($parts.Count -eq 0 -or $null -eq $parts[0]) { throw 'The request answered nothing.' }
    if ($parts[0] -is [byte]) { return [pscustomobject]@{ Status = 200; Headers = $null; Bytes = [byte[]] $parts } }
    # Lines of a program's output.
    if ($parts[0] -is [string]) {
        return [pscustomobject]@{ Status = 200; Headers = $null; Bytes = [Text.Encoding]::UTF8.GetBytes($parts -join "`n") }
    }
    $one = $parts[-1]
    if ($one -is [Net.Http.HttpResponseMessage]) {
        try {
            $bytes = $one.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult()
            return [pscustomobject]@{ Status = [int] $one.StatusCode; Headers = $one.Headers; Bytes = $bytes }
        }
        finally { $one.Dispose() }
    }
    $have = if ($one -is [Collections.IDictionary]) { [pscustomobject] $one } else { $one }
    if (-not $have.PSObject.Properties['StatusCode']) { throw "The request answered with a $($one.GetType().Name) that has no StatusCode." }
    $content = $have.PSObject.Properties['Content']?.Value
    [pscustomobject]@{
        Status = [int] $have.StatusCode
        Headers = $have.PSObject.Properties['Headers']?.Value
        Bytes = $content -is [byte[]] ? $content : [Text.Encoding]::UTF8.GetBytes("$content")
    }
}

function Send-Request([string] $Address) {
    # Asks once. Status 0 is no answer, with the reason.
    try { ConvertTo-Answer (& $Request $Address) }
    catch [Management.Automation.CommandNotFoundException] { throw }
    catch {
        # Errors of Invoke-MgGraphRequest and Invoke-WebRequest hold what was answered.
        for ($fault = $_.Exception; $fault; $fault = $fault.InnerException) {
            $response = $fault.PSObject.Properties['Response']?.Value
            if ($response -is [Net.Http.HttpResponseMessage]) {
                return [pscustomobject]@{ Status = [int] $response.StatusCode; Headers = $response.Headers
                    Bytes = [Text.Encoding]::UTF8.GetBytes("$($_.ErrorDetails)") }
            }
        }
        [pscustomobject]@{ Status = 0; Headers = $null; Bytes = [byte[]]::new(0); Reason = $_.Exception.GetBaseException().Message }
    }
}

function Read-Page([byte[]] $Bytes) {
    # Whether it is a whole page, what its next one is, and what Graph says when it is an error instead.
    $page = [pscustomobject]@{ IsWhole = $false; Next = $null; Error = $null }
    try { $document = [Text.Json.JsonDocument]::Parse([Text.Encoding]::UTF8.GetString($Bytes).TrimStart([char] 0xFEFF)) }
    catch { return $page }
    try {
        $root = $document.RootElement
        if ($root.ValueKind -ne 'Object') { return $page }
        foreach ($property in $root.EnumerateObject()) {
            if ($property.Name -eq 'value') { $page.IsWhole = $property.Value.ValueKind -eq 'Array' }
            elseif ($property.Name -eq '@odata.nextLink') { $page.Next = "$($property.Value)" }
            elseif ($property.Name -eq 'error') {
                $text = $property.Value.ValueKind -eq 'Object' ? (@($property.Value.EnumerateObject() |
                    Where-Object Name -in code, message | ForEach-Object { "$($_.Value)" }) -join ': ') : "$($property.Value)"
                $page.Error = ($text -replace '[\p{C}\p{Zl}\p{Zp}]', ' ')
                if ($page.Error.Length -gt 300) { $page.Error = $page.Error.Substring(0, 300) + '…' }
            }
        }
        if ($page.Error) { $page.IsWhole = $false }
    }
    finally { $document.Dispose() }
    $page
}

function Get-WaitTime($Answer, [int] $Try) {
    # What Graph asks for, in seconds or as a date by its own clock; else twice as long each time.
    $text = Get-Header $Answer.Headers 'Retry-After'
    $seconds, $date, $theirs = 0L, [datetimeoffset]::MinValue, [datetimeoffset]::MinValue
    $culture, $style = [cultureinfo]::InvariantCulture, [Globalization.DateTimeStyles]::AssumeUniversal
    if ([long]::TryParse($text, 'None', $culture, [ref] $seconds)) {
        # More than a day is a day here: it is longer than anybody waits.
        if ($seconds -gt 0) { return [timespan]::FromSeconds([Math]::Min($seconds, 86400)) }
    }
    elseif ([datetimeoffset]::TryParse($text, $culture, $style, [ref] $date)) {
        if (-not [datetimeoffset]::TryParse((Get-Header $Answer.Headers 'Date'), $culture, $style, [ref] $theirs)) {
            $theirs = [datetimeoffset]::UtcNow
        }
        if ($date -gt $theirs) { return $date - $theirs }
    }
    [timespan]::FromSeconds([Math]::Min([Math]::Pow(2, $Try), $MaxWait.TotalSeconds))
}

function Get-Page([string] $Address) {
    # A page, tried again where that helps: Bytes and Next, or Failure; IsRefused when a permission lacks.
    for ($try = 0; ; $try++) {
        $answer = Send-Request $Address
        $page = Read-Page $answer.Bytes
        $said = $page.Error ? " ($($page.Error))" : ''
        if ($answer.Status -eq 200 -and $page.IsWhole) {
            return [pscustomobject]@{ Bytes = $answer.Bytes; Next = $page.Next; Failure = $null; IsRefused = $false; Status = 200 }
        }
        $failure = switch ($answer.Status) {
            0 { "no answer ($($answer.Reason))" }
            200 { $page.Error ? "an error instead of a page$said" : 'what came is no whole page' }
            default { "status $_$said" }
        }
        $failed = [pscustomobject]@{ Bytes = $null; Next = $null; Failure = $failure; IsRefused = $answer.Status -in 401, 403
            Status = $answer.Status }
        if ($answer.Status -notin 0, 200, 408, 429 -and $answer.Status -lt 500) { return $failed }
        if ($try -ge $MaxRetry) {
            $failed.Failure += $try ? ", also after $try more $($try -eq 1 ? 'try' : 'tries')" : ''
            return $failed
        }
        $time = Get-WaitTime $answer $try
        if ($time -gt $MaxWait) {
            $failed.Failure += ", and is to be asked again after $([long] $time.TotalSeconds) s, which is longer than -MaxWait"
            return $failed
        }
        Write-Verbose "Graph answered with $failure; asked again after $([long] $time.TotalSeconds) s."
        & $Wait $time | Out-Null
    }
}

# ---- Keeping pages --------------------------------------------------------------------------------------------------------------------

function New-OwnFolder([string] $Path) {
    # Makes a folder that only its owner can read, with the folders above it.
    if (Test-Path -LiteralPath $Path -PathType Container) { return }
    $parent = Split-Path $Path
    if ($parent) { New-OwnFolder $parent }
    if (-not $IsWindows) {
        [void] [IO.Directory]::CreateDirectory($Path, [IO.UnixFileMode] 'UserRead, UserWrite, UserExecute')
        return
    }
    $security = [Security.AccessControl.DirectorySecurity]::new()
    $security.SetAccessRuleProtection($true, $false)
    $security.AddAccessRule([Security.AccessControl.FileSystemAccessRule]::new([Security.Principal.WindowsIdentity]::GetCurrent().User,
            'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'))
    [void] [IO.FileSystemAclExtensions]::CreateDirectory($security, $Path)
}

function Open-Own([string] $Path, [IO.FileMode] $Mode) {
    # Opens a file to write it, alone; one that is made is its owner's alone.
    $options = [IO.FileStreamOptions]::new()
    $options.Mode, $options.Access, $options.Share = $Mode, 'Write', 'None'
    if (-not $IsWindows) { $options.UnixCreateMode = [IO.UnixFileMode] 'UserRead, UserWrite' }
    [IO.FileStream]::new($Path, $options)
}

function Write-Whole([string] $Path, [byte[]] $Bytes) {
    # A file of this name is a whole one, whenever this is killed.
    $stream = Open-Own "$Path.part" Create
    try {
        $stream.Write($Bytes, 0, $Bytes.Length)
        $stream.Flush($true)
    }
    finally { $stream.Dispose() }
    [IO.File]::Move("$Path.part", $Path, $true)
}

function Receive-Listing([string] $Address, [string] $Kind) {
    # Fetches page after page. Failure is null when the last one came.
    $night = $Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", [cultureinfo]::InvariantCulture)
    $number = 0
    do { $into = Join-Path $Folder $Kind ('{0}-{1:d3}' -f $night, ++$number) } while (Test-Path -LiteralPath $into)
    $listing = [pscustomobject]@{ Folder = $into; Pages = 0; Last = $null; Failure = $null; IsRefused = $false }
    $asked = [Collections.Generic.HashSet[string]]::new()
    while ($Address) {
        $page = Get-Page $Address
        if ($page.Failure) {
            $listing.Failure, $listing.IsRefused = "Page $($listing.Pages + 1): $($page.Failure).", $page.IsRefused
            break
        }
        [void] $asked.Add($Address)
        New-OwnFolder $into
        $listing.Pages++
        $listing.Last = Join-Path $into ('page-{0:d5}.json' -f $listing.Pages)
        Write-Whole $listing.Last $page.Bytes
        $Address = $page.Next
        if (-not $Address) { break }
        $next = $Address -as [uri]
        # What a page says is followed to where the session's token belongs, and nowhere else.
        if (-not $next -or -not $next.IsAbsoluteUri -or $next.GetLeftPart('Authority') -ne $Graph.GetLeftPart('Authority')) {
            $listing.Failure = "Page $($listing.Pages) has a link to another host than $($Graph.Authority), which is not followed."
            break
        }
        if ($asked.Contains($Address)) {
            $listing.Failure = "Page $($listing.Pages) has a link to a page that came already."
            break
        }
    }
    $listing
}

# ---- Importing ------------------------------------------------------------------------------------------------------------------------

function Import-Page([string] $Path, [hashtable] $Options) {
    # Imports a file or the files of a folder. Failure is null when every one of them could be read to its end.
    $imported = [pscustomobject]@{ Results = @(); Failure = $null; Notes = @() }
    $failed, $warned = @(), @()
    if ($Tenant) { $Options = $Options + @{ Tenant = $Tenant } }
    try {
        $imported.Results = @(Import-AuditExport -LiteralPath $Path -Mirror $Mirror @Options -Confirm:$false -ErrorAction SilentlyContinue `
                -ErrorVariable failed -InformationAction Ignore -WarningAction SilentlyContinue -WarningVariable warned)
        $imported.Notes = @($warned | ForEach-Object { "$_" })
        if ($failed) { $imported.Failure = "$($failed[0])" }
    }
    catch { $imported.Failure = "$_" }
    $imported
}

function Get-Total($Results, [string] $Property) {
    $sum = 0L
    foreach ($one in $Results) { $sum += $one.$Property }
    $sum
}

function New-Result($Source, $From) {
    $result = [pscustomobject]@{
        PSTypeName = 'EntraAuditTools.SyncResult'; Kind = $Source.Name; Status = 'Whole'; From = $From; To = $Now; Pages = 0; Read = 0L
        Added = 0L; Rejected = 0L; CoveredFrom = $null; CoveredTo = $null; IsComplete = $false; Gaps = @(); Folders = @(); Notes = @()
        Reason = $null
    }
    $shown = [Management.Automation.PSPropertySet]::new('DefaultDisplayPropertySet', [string[]] ('Kind', 'Status', 'Added', 'Reason'))
    $result | Add-Member MemberSet PSStandardMembers ([Management.Automation.PSMemberInfo[]] @($shown))
    $result
}

function Add-Import($Result, $Listing, $Imported) {
    $Result.Pages += $Listing.Pages
    $Result.Folders += @($Listing.Folder | Where-Object { $Listing.Pages })
    $Result.Read += Get-Total $Imported.Results Read
    $Result.Added += Get-Total $Imported.Results Added
    $Result.Rejected += Get-Total $Imported.Results Rejected
    $Result.Notes += $Imported.Notes
}

function Set-Status($Result, [string] $Status, [string] $Reason) {
    # The worst is shown, with its first reason.
    $order = 'Whole', 'Partial', 'BrokeOff', 'NotImported', 'Refused'
    if ($order.IndexOf($Status) -le $order.IndexOf($Result.Status)) { return }
    $Result.Status, $Result.Reason = $Status, $Reason
}

function Get-Refusal($Source, [string] $Failure) {
    "Graph refuses it: $($Failure.TrimEnd('.')). It needs $($Source.Permission), consented to for what you connected with."
}

# ---- The checkpoint -------------------------------------------------------------------------------------------------------------------

function ConvertTo-Time($Value) {
    # ConvertFrom-Json makes a DateTime of what looks like one.
    if ($null -eq $Value) { return }
    if ($Value -is [datetime]) { return [datetimeoffset]::new($Value.ToUniversalTime()) }
    [datetimeoffset]::Parse("$Value", [cultureinfo]::InvariantCulture, 'AssumeUniversal')
}

function Read-Checkpoint {
    # Until when each kind was fetched wholly. Nothing of another mirror, another Graph or another tenant counts.
    $fresh = [ordered]@{ version = 1; mirror = $Mirror; graph = $Graph.GetLeftPart('Authority'); tenant = $Tenant; kinds = [ordered]@{} }
    if (-not (Test-Path -LiteralPath $checkpointPath)) { return $fresh }
    try {
        $read = Get-Content -LiteralPath $checkpointPath -Raw | ConvertFrom-Json -AsHashtable
        if ($read['version'] -ne 1) { throw "version '$($read['version'])' is unknown" }
        foreach ($name in 'mirror', 'graph', 'tenant') {
            if ("$($read[$name])" -ne "$($fresh[$name])") {
                Write-Warning "The checkpoint is of another $name ('$($read[$name])'): the night begins anew, $Days days back."
                return $fresh
            }
        }
        if (-not (Test-Path -LiteralPath $Mirror)) {
            Write-Warning "The mirror '$Mirror' is not there any more: the night begins anew, $Days days back."
            return $fresh
        }
        foreach ($name in $read['kinds'].Keys) {
            $stored = $read['kinds'][$name]
            $known = @{ fetchedUntil = ConvertTo-Time $stored['fetchedUntil']; alertedUntil = ConvertTo-Time $stored['alertedUntil'] }
            if ($known.fetchedUntil -gt $Now) {
                Write-Warning "$name was fetched until $(Format-Time $known.fetchedUntil), which is to come (the clock?): it begins anew."
                continue
            }
            $fresh.kinds[$name] = $known
        }
        $fresh
    }
    catch {
        Stop-Night CheckpointUnreadable ("The checkpoint '$checkpointPath' cannot be read: $_ Delete it, and the next night begins anew, " +
            "$Days days back.")
    }
}

function Save-Checkpoint {
    $kinds = [ordered]@{}
    foreach ($name in $checkpoint.kinds.Keys) {
        $known = $checkpoint.kinds[$name]
        $kinds[$name] = [ordered]@{
            fetchedUntil = Format-Time $known.fetchedUntil
            alertedUntil = if ($known.alertedUntil) { Format-Time $known.alertedUntil }
        }
    }
    $text = ConvertTo-Json ([ordered]@{ version = 1; mirror = $checkpoint.mirror; graph = $checkpoint.graph; tenant = $checkpoint.tenant
            kinds = $kinds }) -Depth 5
    Write-Whole $checkpointPath ([Text.Encoding]::UTF8.GetBytes($text))
}

# ---- A log, and a listing -------------------------------------------------------------------------------------------------------------

function Get-Start($Source, [switch] $Quiet) {
    # From when on a log is fetched, and whether records of then are surely still kept.
    $oldest = $Now.AddDays(-$Days)
    $known = $checkpoint.kinds[$Source.Kind]
    if (-not $known) { return [pscustomobject]@{ Time = $oldest; IsKept = $false } }
    $start = $known.fetchedUntil - $Overlap
    if ($start -lt $oldest) {
        if (-not $Quiet) {
            Write-Warning ("$($Source.Kind) was fetched until $(Format-Time $known.fetchedUntil), longer ago than -Days ($Days): what " +
                'lies between is not fetched.')
        }
        $start = $oldest
    }
    [pscustomobject]@{ Time = $start; IsKept = $Now - $start -lt $kept }
}

function Sync-Log($Source) {
    $start = Get-Start $Source
    $result = New-Result $Source $start.Time
    $isKept, $isUnbroken, $silent = $start.IsKept, $true, 0
    for ($from = $start.Time; $from -lt $Now; $from = $to) {
        $to = $from + $Window -lt $Now ? $from + $Window : $Now
        $listing = Receive-Listing (Get-Address $Source.Path "`$filter=$(& $Source.Filter $from $to)") $Source.Kind
        $imported = [pscustomobject]@{ Results = @(); Failure = $null; Notes = @() }
        if ($listing.Pages) { $imported = Import-Page $listing.Folder @{} }
        Add-Import $result $listing $imported

        if ($listing.Failure -or $imported.Failure) {
            $isUnbroken = $false
            $why = $listing.IsRefused ? (Get-Refusal $Source $listing.Failure) : ($listing.Failure ?? $imported.Failure)
            $result.Gaps += [pscustomobject]@{ From = $from; To = $to; Reason = $why }
            Set-Status $result ($listing.IsRefused ? 'Refused' : $listing.Failure ? 'BrokeOff' : 'NotImported') `
                "$(Format-Time $from) – $(Format-Time $to): $why"
            # Later windows are fetched nonetheless, since logs go; not from a Graph that gives nothing at all.
            $silent = $listing.Pages ? 0 : $silent + 1
            if ($listing.IsRefused -or $imported.Failure -or $silent -ge 2) {
                if ($to -lt $Now) { $result.Gaps += [pscustomobject]@{ From = $to; To = $Now; Reason = 'not asked for any more' } }
                break
            }
            continue
        }

        $silent = 0
        # Only the import of all pages shows whether the span is whole: the last page, which is known then, declares it.
        $first = $imported.Results.FirstTime | Where-Object { $_ } | Sort-Object | Select-Object -First 1
        $coversFrom = $isKept -or ($first -and $first -lt $from) ? $from : $first
        $isKept = $isKept -or $first
        $coversTo = $to -lt $Now - $Overlap ? $to : $Now - $Overlap
        if ((Get-Total $imported.Results Rejected) + (Get-Total $imported.Results NotSupported)) {
            $why = 'records could not be taken in (Get-AuditImport -Rejected), so that it is not declared as covered'
            $result.Gaps += [pscustomobject]@{ From = $from; To = $to; Reason = $why }
            Set-Status $result 'Partial' "$(Format-Time $from) – $(Format-Time $to): $why."
        }
        elseif ($null -ne $coversFrom -and $coversFrom -lt $coversTo) {
            $declared = Import-Page $listing.Last @{ CoversFrom = $coversFrom; CoversTo = $coversTo }
            if ($declared.Failure) {
                # The next night has it again, and declares it then.
                $isUnbroken = $false
                $result.Gaps += [pscustomobject]@{ From = $from; To = $to; Reason = $declared.Failure }
                Set-Status $result 'NotImported' "$(Format-Time $from) – $(Format-Time $to): $($declared.Failure)"
            }
            else {
                $result.CoveredFrom ??= $coversFrom
                $result.CoveredTo = $coversTo
            }
        }
        if ($isUnbroken) {
            # What was fetched stays so, wherever the rest of the night ends.
            $known = $checkpoint.kinds[$Source.Kind] ?? @{ fetchedUntil = $null; alertedUntil = $null }
            $known.alertedUntil ??= $start.Time
            $known.fetchedUntil = $to
            $checkpoint.kinds[$Source.Kind] = $known
            Save-Checkpoint
        }
    }
    $result
}

function Sync-Listing($Source) {
    $observed = $Now + $clock.Elapsed
    $result = New-Result $Source $null
    $listing = Receive-Listing (Get-Address $Source.Path) $Source.Kind
    $options = $Source.Import + @{ ObservedAt = $observed }
    if ($listing.Failure) {
        $why = $listing.IsRefused ? (Get-Refusal $Source $listing.Failure) : $listing.Failure
        Set-Status $result ($listing.IsRefused ? 'Refused' : 'BrokeOff') $why
        # Not all there is: nothing is taken as gone.
        $options.Remove('Complete')
    }
    if (-not $listing.Pages) { return $result }
    $imported = Import-Page $listing.Folder $options
    Add-Import $result $listing $imported
    if ($imported.Failure) { Set-Status $result 'NotImported' $imported.Failure }
    elseif ($result.Rejected) { Set-Status $result 'Partial' 'Records could not be taken in (Get-AuditImport -Rejected).' }
    else { $result.IsComplete = $options.ContainsKey('Complete') }
    $result
}

# ---- The night ------------------------------------------------------------------------------------------------------------------------

$location = $ExecutionContext.SessionState.Path
$Folder = $location.GetUnresolvedProviderPathFromPSPath($Folder)
$Mirror = $location.GetUnresolvedProviderPathFromPSPath($Mirror)
$checkpointPath = Join-Path $Folder 'checkpoint.json'
if (-not (Get-Command Import-AuditExport -ErrorAction Ignore)) {
    Stop-Night ModuleMissing 'The module EntraAuditTools is not there: install it, or import it first.'
}
if ($Request) { }
elseif (-not (Get-Command Invoke-MgGraphRequest -ErrorAction Ignore)) {
    Stop-Night RequestMissing ('Invoke-MgGraphRequest is not there: Install-PSResource Microsoft.Graph.Authentication, or say with ' +
        '-Request what asks Graph.')
}
elseif (-not $WhatIfPreference -and -not (Get-MgContext)) {
    Stop-Night SessionMissing 'There is no session with Graph: run Connect-MgGraph first.'
}
else {
    $Request = { param($Uri) Invoke-MgGraphRequest -Method GET -Uri $Uri -OutputType HttpResponseMessage -SkipHttpErrorCheck }
}

$checkpoint = Read-Checkpoint
$wanted = @(
    foreach ($source in $sources) {
        $what = $source.Filter ? "$(Format-Time (Get-Start $source -Quiet).Time) – $(Format-Time $Now)" : 'all'
        $what = "$($source.Name), $what"
        if ($PSCmdlet.ShouldProcess($what, "Fetch and import into $Mirror")) { $source }
    }
)
if (-not $wanted) { exit 0 }

New-OwnFolder $Folder
if (-not $IsWindows -and ([IO.File]::GetUnixFileMode($Folder) -band [IO.UnixFileMode] 'GroupRead, GroupWrite, OtherRead, OtherWrite')) {
    Write-Warning "Others can read or write '$Folder', where pages of your logs are kept: chmod 700 '$Folder'"
}
try { $lock = Open-Own (Join-Path $Folder 'sync.lock') OpenOrCreate }
catch {
    Stop-Night NightAtWork "Another night is at work in '$Folder', or it cannot be written: $($_.Exception.GetBaseException().Message)"
}

$isWhole = $true
try {
    # Permissions first, one page of one record for each: what is refused is known before hours of fetching.
    $refused = @{}
    foreach ($alike in $wanted | Group-Object Permission) {
        $page = Get-Page (Get-Address $alike.Group[0].Path '$top=1')
        if ($page.IsRefused) { $refused[$alike.Name] = $page.Failure }
    }
    foreach ($source in $wanted) {
        if ($refused.ContainsKey($source.Permission)) {
            $result = New-Result $source $null
            Set-Status $result 'Refused' (Get-Refusal $source $refused[$source.Permission])
        }
        else { $result = $source.Filter ? (Sync-Log $source) : (Sync-Listing $source) }
        $isWhole = $isWhole -and $result.Status -eq 'Whole'
        $result
    }

    # Alerts look at what is settled: fetched, imported, and old enough that nothing arrives any more.
    foreach ($source in $wanted | Where-Object Filter) {
        $known = $checkpoint.kinds[$source.Kind]
        if (-not $known) { continue }
        $settled = $known.fetchedUntil -lt $Now - $Overlap ? $known.fetchedUntil : $Now - $Overlap
        if ($known.alertedUntil -ge $settled) { continue }
        try {
            if ($Alert) { & $Alert $Mirror $source.Kind $known.alertedUntil $settled }
            $known.alertedUntil = $settled
            Save-Checkpoint
        }
        catch {
            $isWhole = $false
            Write-Error "-Alert failed for $($source.Kind), and has this span again next night: $_" -ErrorAction Continue
        }
    }
}
finally { $lock.Dispose() }
exit ($isWhole ? 0 : 1)
