# The page of everyday questions: each line, as it stands there, on the sample tenant, in a terminal of 120 columns.

BeforeDiscovery {
    $page = Join-Path $PSScriptRoot '../../../docs/everyday-questions.md'
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $questions = [regex]::Matches((Get-Content $page -Raw), '(?ms)^### (?<number>\d+)\. (?<question>[^\r\n]+)\s+```powershell\s+(?<line>[^\r\n]+)\s+```\s+(?:Columns: (?<columns>.+?)\. )?Answer: (?<answer>[^\r\n]+)') | ForEach-Object {
        $columns = $_.Groups['columns'].Value
        @{
            number = [int]$_.Groups['number'].Value; question = $_.Groups['question'].Value; line = $_.Groups['line'].Value
            columns = @($columns -split ', ' | Where-Object { $_ }); answer = @([regex]::Matches($_.Groups['answer'].Value, '`([^`]+)`') | ForEach-Object { $_.Groups[1].Value })
        }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $page = Get-Content (Join-Path $RepositoryRoot 'docs/everyday-questions.md') -Raw
    # PowerShell breaks between words in the cultures of some languages only: English is one.
    $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
    [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = 'en-US'
    Set-AuditMirror (New-TestMirror)
    if (Test-Path "$Tenant/entitlement/assignments") {
        # As the page says that the tenant goes in.
        Push-Location $Tenant
        . ([scriptblock]::Create([regex]::Match($page, '(?s)```powershell\s+(.*?)```').Groups[1].Value)) *>$null
        Pop-Location
    }
}

AfterAll {
    Set-AuditMirror -Default
    [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before
}

Describe 'The everyday questions' {
    It 'are thirty, a line each' -TestCases @{ numbers = @($questions | ForEach-Object { $_.number }) } {
        $numbers | Should -Be (1..30)
        [regex]::Matches($page, '(?m)^### ').Count | Should -Be 30
    }
}

Describe '<number>. <question>' -Skip:(-not $hasTenant) -ForEach $questions {
    It 'has its columns and its answer: <line>' {
        # As people type it: a session is not strict, the suite is.
        Set-StrictMode -Off
        $shown = & ([scriptblock]::Create($line)) 3>&1 | Tee-Object -Variable said | Where-Object { $_ -isnot [Management.Automation.WarningRecord] } | Out-String -Width 120
        "$($said | Where-Object { $_ -is [Management.Automation.WarningRecord] })" | Should -Not -Match 'This mirror knows no'
        $lines = $shown -split '\r?\n'
        # Out-String breaks no lines of lists and stories, as a terminal does; tables are as wide as they are told.
        if ($columns) {
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
            $rule = [array]::IndexOf($lines, ($lines | Where-Object { $_ -match '^ *-+( +-+)* *$' } | Select-Object -First 1))
            $rule | Should -BeGreaterThan 0 -Because 'a table has a head'
            $head = $lines[0..($rule - 1)] -join ' '
            foreach ($column in $columns) { $head | Should -MatchExactly ([regex]::Escape($column)) }
            @($lines[($rule + 1)..$lines.Count] | Where-Object { $_ }).Count | Should -BeGreaterThan 0
        }
        # An answer may go on in the next line of its cell.
        foreach ($part in $answer) { $shown | Should -Match ([regex]::Escape($part)) }
    }
}
