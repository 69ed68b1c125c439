BeforeAll {
    . $PSScriptRoot/../Common.ps1
    # A page of 20,000 records that have all their own people, targets and ids: ConvertFrom-Json fails on it in what is allowed here.
    $record = ConvertTo-Json -InputObject (New-Activity 123456789 -Upn 'person123456789@contoso.example' -Target 'Target 123456789') -Depth 9 -Compress
    $file = Join-Path $TestDrive 'large.json'
    $writer = [IO.StreamWriter]::new($file)
    $writer.Write('{"value":[')
    foreach ($number in 0..19999) { $writer.Write($(if ($number) { ',' }) + $record.Replace('123456789', '{0:d9}' -f $number)) }
    $writer.Write(']}')
    $writer.Dispose()
    $mirror = New-TestMirror
}

Describe 'In 400 MB, which is what a sandbox of Azure Automation has' {
    # macOS does not say what a process took at most.
    It 'imports <what> and answers' -Skip:$IsMacOS -ForEach @{ what = 'a page of 20,000 records' } {
        # What .NET may use for objects is limited besides: who needs more for a moment fails, however much the machine has.
        $lines = Invoke-Pwsh -Environment @{ DOTNET_GCHeapHardLimit = '0x8000000' } @"
            Import-Module `$ModulePath
            Set-AuditMirror '$mirror'
            (Import-AuditExport '$file').Added
            (Get-AuditActivity | Measure-Object).Count
            @(Get-AuditActivity -Target 'Target 000019*' -First 5).Count
            @(Get-AuditActivity -Search 'person000000007').Count
            @(Measure-AuditActivity -By Actor).Count
            (Backup-AuditMirror '$TestDrive/copy.db').Imports
            [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
"@
        $lines[0..($lines.Count - 2)] | Should -Be '20000', '20000', '5', '1', '20000', '1'
        [long] $lines[-1] | Should -BeGreaterThan 50MB
        [long] $lines[-1] | Should -BeLessThan 400MB
    }
}
