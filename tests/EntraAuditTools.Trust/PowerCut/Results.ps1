# Imports, and writes down each result as soon as it is given.
param([string] $Results, [Parameter(ValueFromRemainingArguments)] [string[]] $Path)
$ErrorActionPreference = 'Stop'
Import-Module $env:ENTRAAUDIT_MODULE
Import-AuditExport $Path -Recurse -WarningAction Ignore | ForEach-Object { [System.IO.File]::AppendAllText($Results, "$($_.Source)`n") }
