# The pages that walk through a case: their lines as they stand, one after the other, on the sample tenant, and the answers that they promise.
BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $pages = foreach ($name in 'access-review', 'provisioning-incident', 'what-did-this-account-do') {
        $text = Get-Content (Join-Path $PSScriptRoot "../../../docs/$name.md") -Raw
        $steps = [regex]::Matches($text, '(?ms)^## (?<number>\d+)\. (?<question>[^\r\n]+)$(?<why>.*?)^```powershell\r?\n(?<code>.*?)^```\s+Answer: (?<answer>[^\r\n]+)') | ForEach-Object {
            @{ number = [int]$_.Groups['number'].Value; question = $_.Groups['question'].Value; code = $_.Groups['code'].Value; answer = @([regex]::Matches($_.Groups['answer'].Value, '`([^`]+)`') | ForEach-Object { $_.Groups[1].Value }) }
        }
        @{ name = $name; steps = $steps; blocks = [regex]::Matches($text, '(?m)^```powershell').Count; headings = [regex]::Matches($text, '(?m)^## \d+\. ').Count }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
    [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = 'en-US'
    Set-AuditMirror (New-TestMirror)
    if (Test-Path "$Tenant/entitlement/assignments") {
        Push-Location $Tenant
        . ([scriptblock]::Create([regex]::Match((Get-Content (Join-Path $RepositoryRoot 'docs/everyday-questions.md') -Raw), '(?s)```powershell\s+(.*?)```').Groups[1].Value)) *>$null
        Pop-Location
    }
    Push-Location $TestDrive
}

AfterAll {
    Pop-Location
    Set-AuditMirror -Default
    [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before
}

Describe 'docs/<name>.md' -Skip:(-not $hasTenant) -ForEach $pages {
    It 'has an answer to each of its questions' {
        @($steps).Count | Should -Be $headings
        @($steps).Count | Should -Be $blocks -Because 'no line stands there that is not run'
        @($steps.number) | Should -Be (1..@($steps).Count)
    }
    It 'answers <number>. <question>' -ForEach $steps {
        # As people type it, in one session: a variable of one question is there in the next.
        Set-StrictMode -Off
        $shown = . ([scriptblock]::Create($code)) 3>&1 | Tee-Object -Variable said | Where-Object { $_ -isnot [Management.Automation.WarningRecord] } | Out-String -Width 120
        if ($who) { Set-Variable who $who -Scope Script }
        "$($said | Where-Object { $_ -is [Management.Automation.WarningRecord] })" | Should -Not -Match 'This mirror knows no'
        foreach ($part in $answer) { $shown | Should -Match ([regex]::Escape($part)) }
    }
}
