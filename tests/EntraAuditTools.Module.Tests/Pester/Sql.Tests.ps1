# Questions in SQL: the page of twenty, and what the cmdlet makes of rows, parameters and mistakes.

BeforeDiscovery {
    $page = Get-Content (Join-Path $PSScriptRoot '../../../docs/sql.md') -Raw
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $queries = [regex]::Matches($page, '(?ms)^### (?<number>\d+)\. (?<question>[^\r\n]+)\s+```sql\s+(?<sql>.*?)```') | ForEach-Object {
        @{ number = [int]$_.Groups['number'].Value; question = $_.Groups['question'].Value; sql = $_.Groups['sql'].Value }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    Set-AuditMirror (New-TestMirror)
    if (Test-Path "$Tenant/entitlement/assignments") { Import-SampleTenant (Get-AuditMirror).Path }
}

AfterAll { Set-AuditMirror -Default }

Describe 'The page of queries' {
    It 'has twenty' -TestCases @{ numbers = @($queries | ForEach-Object { $_.number }) } { $numbers | Should -Be (1..20) }
}

Describe 'Query <number>: <question>' -Skip:(-not $hasTenant) -ForEach $queries {
    It 'has an answer' { @(Invoke-AuditQuery $sql -WarningVariable said).Count | Should -BeGreaterThan 0; $said | Should -BeNullOrEmpty }
}

Describe 'Invoke-AuditQuery' -Skip:(-not $hasTenant) {
    It 'answers with objects of the columns, typed' {
        $row = Invoke-AuditQuery "SELECT time, activity_id, 1.5 AS part, x'00ff' AS bytes, NULL AS none, activity FROM activities LIMIT 1"
        $row.PSObject.Properties.Name | Should -Be 'time', 'activity_id', 'part', 'bytes', 'none', 'activity'
        $row.time | Should -BeOfType ([DateTimeOffset])
        $row.activity_id | Should -BeOfType ([long])
        $row.part | Should -Be 1.5
        , $row.bytes | Should -BeOfType ([byte[]])
        $row.none | Should -BeNullOrEmpty
        $row.activity | Should -BeOfType ([string])
    }

    It 'shows times alike in every culture, and they stay times: <culture>' -TestCases @{ culture = 'en-US' }, @{ culture = 'ar-SA' } {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $culture
            $rows = @(Invoke-AuditQuery 'SELECT time, activity FROM activities ORDER BY time LIMIT 3')
            $shown = $rows[0].time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", [cultureinfo]::InvariantCulture)
            ($rows | Format-Table | Out-String -Width 200) | Should -Match "(?m)^$shown "
            ($rows | Format-List | Out-String) | Should -Match "(?m)^time +: $shown"
            ($rows | ConvertTo-Csv)[1] | Should -BeLike "`"$shown`",*"
            $rows[0].time.ToString() | Should -BeExactly $shown
            $rows[0].time.ToString('yyyy', [cultureinfo]::InvariantCulture) | Should -Be '2026'
            ($rows[0] | ConvertTo-Json) | Should -Match '"time": "2026-\d\d-\d\dT'
        }
        finally { [cultureinfo]::CurrentCulture = $before }

        $rows[1].time -gt $rows[0].time | Should -BeTrue
        ($rows | Sort-Object time -Descending)[0].time | Should -Be $rows[2].time
        (Invoke-AuditQuery 'SELECT @time AS time' @{ time = $rows[0].time }).time.UtcTicks | Should -Be $rows[0].time.UtcTicks
        @(Get-AuditActivity -After $rows[0].time -Before $rows[2].time).Count | Should -BeGreaterThan 0
    }

    It 'leaves times as text where that is asked for' {
        (Invoke-AuditQuery 'SELECT min(time) AS first FROM activities' -TimeAsText).first | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$'
    }

    It 'counts as the other commands do' {
        (Invoke-AuditQuery 'SELECT count(*) AS n FROM activities').n | Should -Be @(Get-AuditActivity).Count
        (Invoke-AuditQuery 'SELECT count(*) AS n FROM provisioning_entries').n | Should -Be @(Get-ProvisioningLog).Count
        $add = Get-AuditActivity -Activity 'Add user' | ForEach-Object Time
        @(Invoke-AuditQuery 'SELECT time FROM activities WHERE activity = @a ORDER BY time DESC' @{ a = 'Add user' }).time | Should -Be $add
    }

    It 'takes values of all usual types, also wrapped ones' {
        $since = [datetime]::SpecifyKind('2026-10-01', 'Utc')
        $expected = @(Get-AuditActivity -After $since).Count
        (Invoke-AuditQuery 'SELECT count(*) AS n FROM activities WHERE time >= @since' @{ since = $since }).n | Should -Be $expected
        (Invoke-AuditQuery 'SELECT count(*) AS n FROM activities WHERE time >= @since' @{ since = [psobject][DateTimeOffset]$since }).n | Should -Be $expected
        (Invoke-AuditQuery 'SELECT @a AS a, @b AS b' @{ a = $true; b = "O'Brien" }).b | Should -Be "O'Brien"
        @(Invoke-AuditQuery 'SELECT value FROM json_each(@list)' @{ list = 'x', 'y' }).value | Should -Be 'x', 'y'
    }

    It 'takes queries from the pipeline' {
        $rows = 'SELECT 1 AS x', 'SELECT 2 AS x' | Invoke-AuditQuery
        $rows.x | Should -Be 1, 2
    }

    It 'goes on where the reader of the pipeline stops' {
        (Invoke-AuditQuery 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n' | Select-Object -First 3).x | Should -Be 1, 2, 3
    }

    It 'is stopped' {
        $shell = [powershell]::Create().AddScript({ param($module, $mirror)
                Import-Module $module
                Invoke-AuditQuery 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n' -Mirror $mirror
            }).AddArgument($ModulePath).AddArgument((Get-AuditMirror).Path)
        $running = $shell.BeginInvoke()
        Start-Sleep -Seconds 3
        $running.IsCompleted | Should -BeFalse
        $stopping = $shell.BeginStop($null, $null)
        $stopping.AsyncWaitHandle.WaitOne(30000) | Should -BeTrue
        $shell.Dispose()
    }

    It 'says what is wrong: <sql>' -TestCases @(
        @{ sql = 'SELECT * FROM activites'; id = 'InvalidQuery'; words = 'no such table: activites'; advice = 'Nearest: activities*' }
        @{ sql = 'DELETE FROM activity'; id = 'InvalidQuery'; words = 'only reads'; advice = '*view_columns*' }
        @{ sql = "ATTACH 'x.db' AS x"; id = 'InvalidQuery'; words = 'cannot be attached'; advice = '*view_columns*' }
        @{ sql = 'SELECT @who'; id = 'InvalidParameter'; words = '@who'; advice = '*name*' }
        @{ sql = 'SELECT 1; SELECT 2'; id = 'InvalidQuery'; words = 'more than one statement'; advice = '*one SELECT*' }
    ) {
        $problem = { Invoke-AuditQuery $sql } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike "$id,*"
        $problem.Exception.Message | Should -Match ([regex]::Escape($words))
        $problem.ErrorDetails.RecommendedAction | Should -BeLike $advice
    }

    It 'completes views, columns of the views that are named, and says what they hold' {
        function Complete([string] $line) { (TabExpansion2 $line $line.Length).CompletionMatches }
        (Complete "Invoke-AuditQuery 'SELECT time FROM activity_").CompletionText | Should -Be "'SELECT time FROM activity_targets'", "'SELECT time FROM activity_changes'"
        $column = Complete "Invoke-AuditQuery 'SELECT * FROM access_packages WHERE desc"
        $column.CompletionText | Should -Be "'SELECT * FROM access_packages WHERE description'"
        $column.ToolTip | Should -Be 'what it is for'
    }

    It 'masks what can be a secret' {
        $mirror = New-TestMirror
        $record = New-Activity -Property 'KeyDescription' -Old '[]' -New '["[KeyIdentifier=6f2b,KeyType=Password,KeyUsage=Verify,DisplayName=ci,Value=Zm9vYmFyc2VjcmV0]"]'
        $record.targetResources[0].modifiedProperties += [ordered]@{ displayName = 'ClientSecret'; oldValue = ''; newValue = '"hunter2-hunter2"' }
        ConvertTo-Json @($record) -Depth 8 | Import-AuditExport -Mirror $mirror | Out-Null
        $shown = Invoke-AuditQuery 'SELECT * FROM activity_changes' -Mirror $mirror
        "$($shown.new_value)" | Should -Not -Match 'hunter2'
        "$((Invoke-AuditQuery 'SELECT * FROM activity_changes' -Mirror $mirror -ShowSecret).new_value)" | Should -Match 'hunter2'
        "$((Get-AuditActivity -Mirror $mirror).Targets.ModifiedProperties.NewValue)" | Should -Be "$($shown.new_value)"
    }
}
