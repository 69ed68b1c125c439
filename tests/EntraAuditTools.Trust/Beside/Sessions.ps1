# One PowerShell in which jobs import while a parallel loop and a runspace ask: counts never go down, and nothing fails.
param([string] $First, [string] $Second)
$ErrorActionPreference = 'Stop'
Import-Module $env:ENTRAAUDIT_MODULE
$jobs = foreach ($folder in $First, $Second) {
    Start-ThreadJob {
        Import-Module $env:ENTRAAUDIT_MODULE
        Import-AuditExport $using:folder -Recurse -WarningAction Ignore
    }
}
$null = Import-AuditExport (Get-ChildItem $First -Recurse -File | Select-Object -First 1).FullName -WarningAction Ignore

$runspace = [powershell]::Create().AddScript({
    Import-Module $env:ENTRAAUDIT_MODULE
    foreach ($i in 1..20) { (Get-AuditMirror).Activities }
})
$running = $runspace.BeginInvoke()
$parallel = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
    Import-Module $env:ENTRAAUDIT_MODULE
    $counts = foreach ($i in 1..10) {
        $null = Get-AuditActivity -First 20 | ForEach-Object { $_.GetOriginal() }
        (Get-AuditMirror).Activities
    }
    , $counts
}
$null = $jobs | Wait-Job
$results = $jobs | Receive-Job
$jobs | Remove-Job
$asked = @($runspace.EndInvoke($running))
if ($runspace.HadErrors) { throw $runspace.Streams.Error[0] }

foreach ($counts in @($parallel) + , $asked) {
    for ($i = 1; $i -lt $counts.Count; $i++) {
        if ($counts[$i] -lt $counts[$i - 1]) { throw "A count went down: $counts" }
    }
}
"reads $(($parallel | ForEach-Object Count | Measure-Object -Sum).Sum + $asked.Count)"
"sources $(@($results).Count)"
