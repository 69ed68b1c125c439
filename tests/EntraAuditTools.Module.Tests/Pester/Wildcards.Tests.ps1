# The table of wildcards that Core's tests go by is what PowerShell itself answers.

BeforeDiscovery {
    $table = Join-Path $PSScriptRoot '../../EntraAuditTools.Core.Tests/Mirror/Sql/wildcards.tsv'
    $rows = foreach ($line in Get-Content -LiteralPath $table -Encoding utf8 | Select-Object -Skip 1) {
        $cells = $line.Split("`t")
        @{ pattern = $cells[0]; text = $cells[1]; like = $cells[2] }
    }
}

Describe 'The table of wildcards' {
    It 'has what -like answers in this PowerShell' -ForEach @{ rows = $rows } {
        $rows.Count | Should -BeGreaterThan 90
        foreach ($row in $rows) {
            $like = try { if ($row.text -like $row.pattern) { 'yes' } else { 'no' } } catch [Management.Automation.WildcardPatternException] { 'refused' }
            $like | Should -Be $row.like -Because "'$($row.text)' -like '$($row.pattern)'"
        }
    }
}
