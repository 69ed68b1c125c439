# What acts on a terminal, or hides from eyes: shared by the Pester files that hold that none of it reaches one. Dot-sourced in BeforeAll.

# As JSON writes it, and as it stands in a file: an OSC that sets a title, C1's CSI, an override of the direction, an isolate, a zero-width
# space, a soft hyphen, a tag, both separators, a byte-order mark. Half a surrogate pair has records rejected: that is a file of its own.
$script:HostileJson = '\u001b]0;x\u0007\u009b31m\u202e\u2066\u200b\u00ad\udb40\udc41\u2028\u2029\ufeff' +
    "$([char]0x9b)$([char]0x202e)$([char]0x200b)$([char]0xad)$([char]::ConvertFromUtf32(0xE0042))$([char]0x2028)"
$script:HostileText = "`e]0;x`a$([char]0x9b)31m$([char]0x202e)$([char]0x2066)$([char]0x200b)$([char]0xad)$([char]::ConvertFromUtf32(0xE0041))$([char]0x2028)$([char]0x2029)$([char]0xfeff)"

# None of these may reach a terminal. Written down here once more, and not taken from the module, which is what is tested.
$script:Forbidden = [regex]::new('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]')

function Get-Forbidden([string] $text) {
    # Which of them a text has, with a few characters around the first: empty for none.
    $found = $Forbidden.Matches($text)
    if ($found.Count -eq 0) { return }
    $first = $found[0]
    $start = [Math]::Max(0, $first.Index - 60)
    "$($found.Count)x, first U+$('{0:X4}' -f [int]$first.Value[0]) in '$($text.Substring($start, [Math]::Min(120, $text.Length - $start)) -replace '[^\x20-\x7e]', '?')'"
}

function Get-ForbiddenValue($object) {
    # Which of them any value of an object has, however deep: the engine's own serialization writes every property.
    $xml = [Management.Automation.PSSerializer]::Serialize($object, 6)
    $text = [regex]::Replace($xml, '_x([0-9A-F]{4})_', { param($match) [string][char][Convert]::ToInt32($match.Groups[1].Value, 16) })
    # Our own colours.
    Get-Forbidden ($text -replace "`e\[[0-9;]*m")
}

function ConvertTo-Hostile([string] $json) {
    # An export whose names, addresses, descriptions, reasons and values end in all of it; ids and times stay what they are.
    $names = 'displayName', 'description', 'userPrincipalName', 'mail', 'ipAddress', 'reason', 'resultReason', 'justification', 'value', 'newValue', 'oldValue',
        'name', 'key', 'groupType', 'details', 'reasonCode', 'errorCode', 'reviewResult', 'originId', 'addOnDescription', 'externalId', 'servicePrincipalName',
        'operationType', 'url', 'identity', 'tenantDisplayName', 'domainName', 'issuer', 'UserId', 'ObjectId', 'ClientIP', 'Name', 'NewValue', 'OldValue', 'provisioningAction', 'jobTitle', 'companyName', 'department'
    [regex]::Replace($json, '("(?:' + ($names -join '|') + ')"\s*:\s*")((?:[^"\\]|\\.)*)"', { param($m) "$($m.Groups[1].Value)$($m.Groups[2].Value)$HostileJson""" })
}

function Export-HostileTenant([string] $folder) {
    # The sample tenant's exports, hostile.
    foreach ($part in 'graph/directoryAudits', 'entitlement', 'directory', 'provisioning', 'unified-audit') {
        foreach ($file in Get-ChildItem "$Tenant/$part" -Recurse -File -Exclude *.gz, *.csv) {
            $target = Join-Path $folder ([IO.Path]::GetRelativePath($Tenant, $file.FullName))
            $null = New-Item (Split-Path $target) -ItemType Directory -Force
            [IO.File]::WriteAllText($target, (ConvertTo-Hostile ([IO.File]::ReadAllText($file.FullName))))
        }
    }
}
