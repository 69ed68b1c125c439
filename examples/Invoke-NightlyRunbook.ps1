#Requires -Version 7.4

<#
.SYNOPSIS
    A night in an Azure Automation sandbox: fetches, imports, answers, and keeps the mirror in a
    storage account.

.DESCRIPTION
    A sandbox has 400 MB of memory and forgets its disk, so the mirror lives in a blob: it is taken
    out, fed by Sync-EntraExport.ps1 (publish that one in the same account), checked, copied whole
    and put back. Nothing is put back that does not pass its check. The night is done as the managed
    identity of the account: it needs Storage Blob Data Contributor on the container, and the
    permissions of Graph that Sync-EntraExport.ps1 names.

    In the account: PowerShell 7.4 or later, and the modules EntraAuditTools, Az.Accounts, Az.Storage
    and Microsoft.Graph.Authentication. One run at a time: two would each put back their own mirror.

    The output is what is new since the last night, and the state of each kind that was fetched. The
    job fails when something is missing, after the mirror was put back.

.PARAMETER StorageAccount
    The storage account.

.PARAMETER Container
    Its container, which nobody else should read: the mirror has all that the logs say.

.PARAMETER Blob
    The blob of the mirror. The first night makes it.

.PARAMETER Kind
    What to fetch, separated by commas; all without it.

.PARAMETER Sync
    The script that fetches.

.PARAMETER SyncArgument
    More for that script.
#>
param(
    [Parameter(Mandatory)] [string] $StorageAccount,
    [string] $Container = 'entra-audit',
    [string] $Blob = 'mirror.db',
    [string] $Kind = 'AuditActivity,ProvisioningLog',
    [string] $Sync = './Sync-EntraExport.ps1',
    [hashtable] $SyncArgument = @{}
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module EntraAuditTools

$null = Connect-AzAccount -Identity
$null = Connect-MgGraph -Identity -NoWelcome
$place = @{ Container = $Container; Context = (New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount) }

$folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "entra-$([guid]::NewGuid().ToString('N'))")
try {
    $mirror = Join-Path $folder mirror.db
    # What cannot be told from "it is not there" must not begin a mirror anew over the one that is.
    if (Get-AzStorageBlob @place -Prefix $Blob | Where-Object Name -eq $Blob) {
        $null = Get-AzStorageBlobContent @place -Blob $Blob -Destination $mirror -Force
    }
    $checkpoint = "$Blob.checkpoint.json"
    $pages = New-Item -ItemType Directory (Join-Path $folder pages)
    if (Get-AzStorageBlob @place -Prefix $checkpoint | Where-Object Name -eq $checkpoint) {
        $file = Join-Path $pages checkpoint.json
        $null = Get-AzStorageBlobContent @place -Blob $checkpoint -Destination $file -Force
        # It is of the mirror that came with it; where that stands, each sandbox decides anew.
        $read = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable -DateKind String
        $read.mirror = $mirror
        ConvertTo-Json $read -Depth 9 | Set-Content $file
    }

    $before = if (Test-Path $mirror) { @(Get-AuditImport -Mirror $mirror)[0].Started } else { [datetimeoffset]::MinValue }
    $night = @(& $Sync -Folder $pages -Mirror $mirror -Kind ($Kind -split ',') @SyncArgument)
    $whole = $LASTEXITCODE -eq 0
    $night

    # New is what came with tonight's imports, whenever it happened.
    $new = @{ Mirror = $mirror; ImportedAfter = $before; WarningAction = 'Ignore' }
    Get-AuditActivity @new -Result failure
    Get-AuditActivity @new 'Add*member to role*'
    Measure-AuditActivity @new -By Actor -FirstSeen | Where-Object IsNew

    if (-not (Test-AuditMirror -Mirror $mirror -Quick -Quiet)) { throw 'The mirror does not pass its check: it was not put back, and the blob is as it was.' }
    $copy = Backup-AuditMirror (Join-Path $folder copy.db) -Mirror $mirror
    # The checkpoint last: with an older one the next night fetches again what the mirror has, which adds nothing.
    $null = Set-AzStorageBlobContent @place -Blob $Blob -File $copy.Path -Force
    if (Test-Path "$pages/checkpoint.json") { $null = Set-AzStorageBlobContent @place -Blob $checkpoint -File "$pages/checkpoint.json" -Force }
    if (-not $whole) { throw 'Something is missing of this night: see Gaps and Notes above. The next night fetches it again.' }
}
finally { Remove-Item $folder -Recurse -Force }
