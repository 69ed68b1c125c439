# The program beside the module: both ask the same questions of the same mirror, and must not drift apart.

BeforeDiscovery {
    # A question with each of its forms: the cmdlet's parameters, and the program's options for them.
    $questions = @(
        @{ cmdlet = 'Get-AuditActivity'; given = @{} }
        @{ cmdlet = 'Get-AuditActivity'; given = @{ Search = 'member group'; ShowSecret = $true } }
        @{ cmdlet = 'Get-AuditActivity'; given = @{ Result = 'failure', 'timeout'; After = '2026-10-01T00:00Z'; Origin = 'DirectoryAudit'; Skip = 1 } }
        @{ cmdlet = 'Measure-AuditActivity'; given = @{} }
        @{ cmdlet = 'Measure-AuditActivity'; given = @{ By = 'Actor', 'Activity', 'Result', 'Day'; Category = '*Management'; First = 30 } }
        @{ cmdlet = 'Measure-AuditActivity'; given = @{ By = 'IPAddress'; FirstSeen = $true } }
        @{ cmdlet = 'Compare-AuditActivity'; given = @{ After = '2026-10-01T00:00Z'; Before = '2026-10-31T00:00Z'; By = 'Service', 'Activity' } }
        @{ cmdlet = 'Get-AuditActivityType'; given = @{ Seen = $true } }
        @{ cmdlet = 'Get-AuditActivityType'; given = @{ Service = 'Entitlement*' } }
        @{ cmdlet = 'Get-ProvisioningLog'; given = @{} }
        @{ cmdlet = 'Get-ProvisioningLog'; given = @{ Status = 'failure'; Application = 'Ledgerline' } }
        @{ cmdlet = 'Get-ProvisioningEvent'; given = @{ Identity = 'Kavya Lopez' } }
        @{ cmdlet = 'Get-ProvisioningEvent'; given = @{ First = 100; Activity = 'All' } }
        @{ cmdlet = 'Get-ProvisioningSummary'; given = @{ Before = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackage'; given = @{ AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackage'; given = @{ User = 'Noor Aldana'; CanRequest = $true; AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackageAssignment'; given = @{ State = 'All'; AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackageAssignment'; given = @{ ExpiringWithin = '60d'; AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Compare-AccessPackageAssignment'; given = @{ ReferenceTime = '2026-10-04T00:00Z'; DifferenceTime = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-ResourceAssignment'; given = @{ AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackageRequest'; given = @{ AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackageRequest'; given = @{ Status = 'PendingApproval', 'Denied'; AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AccessPackageActivity'; given = @{} }
        @{ cmdlet = 'Get-AppRoleAssignmentActivity'; given = @{ IncludeEntitlement = $true } }
        @{ cmdlet = 'Get-AccessPackageConflict'; given = @{ AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-ConnectedOrganization'; given = @{ State = 'All'; AsOf = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AuditCoverage'; given = @{ Before = '2026-11-01T00:00Z' } }
        @{ cmdlet = 'Get-AuditImport'; given = @{} }
        @{ cmdlet = 'Get-AuditImport'; given = @{ Rejected = $true } }
        @{ cmdlet = 'Get-AuditMirror'; given = @{} }
    ) | ForEach-Object { $_.shown = (@($_.cmdlet) + @($_.given.Keys | Sort-Object | ForEach-Object { "-$_" })) -join ' '; $_ }
    $firsts = @($questions | Group-Object { $_.cmdlet } | ForEach-Object { $_.Group[0] })
    $tables = 'Get-AccessPackageAssignment', 'Get-AccessPackageConflict', 'Get-ProvisioningLog', 'Get-ConnectedOrganization'
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    Import-SampleTenant $mirror
    # One record that can't be read, for the list of those.
    $bad = Join-Path $TestDrive 'bad.json'
    '[{ "id": "x1", "activityDisplayName": "Add user", "activityDateTime": "2026-10-01T10:00:00Z", "category": "UserManagement", "loggedByService": "Core Directory", "result": "success" }, { "id": "x2", "activityDisplayName": "Add user", "activityDateTime": null, "category": "UserManagement", "loggedByService": "Core Directory" }]' | Set-Content $bad
    Import-AuditExport $bad -Mirror $mirror -WarningAction Ignore -ErrorAction Ignore | Out-Null
    # The first search makes the index, which is larger than what Get-AuditMirror says before.
    Get-AuditActivity -Search x -First 1 -Mirror $mirror -WarningAction Ignore | Out-Null
    Set-AuditMirror $mirror
    $configuration = if ($env:ENTRAAUDIT_CONFIGURATION) { $env:ENTRAAUDIT_CONFIGURATION } else { 'Release' }
    $program = Join-Path $RepositoryRoot "src/EntraAuditTools.Cli/bin/$configuration/net8.0/entra-audit.dll"
    $dotnet = (Get-Command dotnet -CommandType Application | Select-Object -First 1).Source

    function Invoke-Program([string[]] $words) {
        # Standard output as lines; the code in $LASTEXITCODE.
        & $dotnet $program @words --mirror $mirror 2>$null
    }

    # The commands are declared where the questions are; the program's help lists both.
    $commands = @{
        'Get-AuditActivity' = 'activity'; 'Measure-AuditActivity' = 'measure'; 'Compare-AuditActivity' = 'compare-activity'; 'Get-AuditActivityType' = 'types'
        'Get-ProvisioningLog' = 'provisioning'; 'Get-ProvisioningEvent' = 'trail'; 'Get-ProvisioningSummary' = 'summary'
        'Get-AccessPackage' = 'packages'; 'Get-AccessPackageAssignment' = 'assignments'; 'Compare-AccessPackageAssignment' = 'compare'
        'Get-ResourceAssignment' = 'resources'; 'Get-AccessPackageRequest' = 'requests'; 'Get-AccessPackageActivity' = 'package-activity'
        'Get-AppRoleAssignmentActivity' = 'app-roles'; 'Get-AccessPackageConflict' = 'conflicts'; 'Get-ConnectedOrganization' = 'organizations'
        'Get-AuditCoverage' = 'coverage'; 'Get-AuditImport' = 'imports'; 'Get-AuditMirror' = 'mirror'
    }

    function ConvertTo-Option([hashtable] $given) {
        foreach ($name in $given.Keys | Sort-Object) {
            '--' + ($name -creplace '(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])', '-').ToLowerInvariant()
            if ($given[$name] -isnot [bool]) { $given[$name] }
        }
    }

    function Get-Flat($value, [string] $path = '') {
        # Every value of a record by its path. Times are points in time, however they are written; an option is named in the words of whoever asks.
        if ($null -eq $value) { return }
        if ($value -is [timespan]) { return "$path=$($value.ToString('c'))" }
        if ($value -is [datetimeoffset]) { return "$path=$($value.UtcDateTime.ToString('o'))" }
        if ($value -is [datetime]) { return "$path=$($value.ToUniversalTime().ToString('o'))" }
        if ($value -is [DateOnly]) { return "$path=$($value.ToString('yyyy-MM-dd'))" }
        if ($value -is [enum]) { return "$path=$([int]$value)" }
        if ($value -is [string] -or $value.GetType().IsPrimitive -or $value -is [decimal]) {
            $text = [string]::Format([cultureinfo]::InvariantCulture, '{0}', $value)
            $when = [datetimeoffset]::MinValue
            $isTime = $text -match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$'
            if ($isTime -and [datetimeoffset]::TryParse($text, [ref]$when)) { $text = $when.UtcDateTime.ToString('o') }
            return "$path=$($text -creplace '--show-secret', '-ShowSecret' -creplace '--complete', '-Complete')"
        }
        if ($value -is [Collections.IDictionary]) { foreach ($key in $value.Keys) { Get-Flat $value[$key] "$path.$key" }; return }
        if ($value -is [Collections.IEnumerable]) { $i = 0; foreach ($item in $value) { Get-Flat $item "$path[$i]"; $i++ }; return }
        foreach ($property in $value.PSObject.Properties) {
            # What the module hides, the Graph SDK's names for properties that are there, is no property of the record.
            if ($property.MemberType -notin 'Property', 'NoteProperty') { continue }
            Get-Flat $property.Value "$path.$($property.Name)"
        }
    }
}

AfterAll { Set-AuditMirror -Default }

Describe 'The program beside the module' {
    It 'is asked every question here' {
        $all = (Get-Command -Module EntraAuditTools -Verb Get, Measure, Compare).Name | Sort-Object
        $asked = $commands.Keys | Sort-Object
        $asked | Should -Be $all
    }
    It 'answers with the properties of the cmdlet''s records: <shown>' -ForEach $questions {
        $parameters = $given.Clone()
        $records = @(& $cmdlet @parameters -WarningAction Ignore)
        $options = @(ConvertTo-Option $given)
        $lines = @(Invoke-Program (@($commands[$cmdlet]) + $options + '--jsonl'))
        $LASTEXITCODE | Should -Be 0
        $lines | Should -HaveCount $records.Count
        # A question that nothing answers would prove nothing.
        $lines | Should -Not -BeNullOrEmpty
        for ($i = 0; $i -lt $records.Count; $i++) {
            $mine = @(Get-Flat ($lines[$i] | ConvertFrom-Json -AsHashtable -DateKind String) | Sort-Object)
            $other = @(Get-Flat $records[$i] | Sort-Object)
            # The mirror was found by the option here, by the session there.
            if ($cmdlet -eq 'Get-AuditMirror') { $mine, $other = @($mine -notmatch '^\.Basis='), @($other -notmatch '^\.Basis=') }
            $mine -join "`n" | Should -BeExactly ($other -join "`n")
        }
    }
    It 'has the names and the order of the properties in JSON and CSV: <shown>' -ForEach $firsts {
        $options = @(ConvertTo-Option $given)
        $record = & $cmdlet @given -WarningAction Ignore | Select-Object -First 1
        $names = @($record.PSObject.Properties | Where-Object { $_.MemberType -in 'Property', 'NoteProperty' } | ForEach-Object Name)
        $json = @((Invoke-Program (@($commands[$cmdlet]) + $options + '--json')) -join "`n" | ConvertFrom-Json -AsHashtable -DateKind String)
        @($json[0].Keys) | Should -Be $names
        # Who did it is several columns of an activity.
        if ($cmdlet -ne 'Get-AuditActivity') { @((Invoke-Program (@($commands[$cmdlet]) + $options + '--csv'))[0] -split ',') | Should -Be $names }
    }
    It 'shows the same text in its tables: <shown>' -ForEach ($firsts | Where-Object { $_.cmdlet -in $tables }) {
        $lines = @(Invoke-Program (@($commands[$cmdlet]) + @(ConvertTo-Option $given)))
        $table = @((& $cmdlet @given -First 50 -WarningAction Ignore | Format-Table | Out-String -Width 400) -split '\r?\n' | Where-Object { $_ })
        # The widths differ, and so where lines break and cells end: the headings and the beginnings of rows do not.
        $lines[0] -replace '\s' | Should -BeExactly ($table[0] -replace '\s')
        foreach ($line in $table | Select-Object -Skip 2 -First 3) { $lines -match ('^' + [regex]::Escape(($line -split ' ')[0])) | Should -Not -BeNullOrEmpty }
    }
    It 'shows times of a question in SQL alike' {
        $query = 'SELECT time FROM activities ORDER BY time LIMIT 1'
        @(Invoke-Program 'sql', $query)[2] | Should -BeExactly (Invoke-AuditQuery $query).time.ToString()
    }
}
