BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Export-AuditRecord' {
    BeforeEach {
        $mirror = New-TestMirror
        $import = Import-AuditExport (New-ExportFile array) -Mirror $mirror
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
    }

    It 'writes the originals, which import again alike' {
        $export = Export-AuditRecord "$folder/all.ndjson" -ShowSecret -Mirror $mirror
        $export | Should -BeOfType EntraAuditTools.AuditRecordExport
        $export.Path | Should -Be (Join-Path $folder all.ndjson)
        $export.Mirror | Should -Be $mirror
        $export.Records | Should -Be 12
        $export.IsVerbatim | Should -BeTrue
        $export.Sha256 | Should -Be (Get-FileHash $export.Path).Hash
        $export.Bytes | Should -Be (Get-Item $export.Path).Length
        $again = New-TestMirror
        (Import-AuditExport $export.Path -Mirror $again -WarningAction Ignore).Added | Should -Be 12
        (Get-AuditActivity -Mirror $again -WarningAction Ignore).Id | Should -Be (Get-AuditActivity -Mirror $mirror -WarningAction Ignore).Id
        ($export | Out-String) | Should -Match 'IsVerbatim\s+: True'
    }

    It 'takes the time and the kind as questions do, and what an import brought from the pipeline' {
        (Export-AuditRecord "$folder/a" -After 2026-10-03T00:00Z -Before 2026-10-04T00:00Z -Mirror $mirror).Records | Should -Be 2
        (Export-AuditRecord "$folder/b" -Kind ProvisioningLog -Mirror $mirror -WarningVariable said -WarningAction SilentlyContinue).Records | Should -Be 0
        $said | Should -Match 'the file is empty'
        ($import | Export-AuditRecord "$folder/c" -Mirror $mirror).Records | Should -Be 12
        @() | Export-AuditRecord "$folder/d" -Mirror $mirror | Should -BeNullOrEmpty
        Test-Path "$folder/d" | Should -BeFalse
        { Export-AuditRecord "$folder/e" -Kind Nothing -Mirror $mirror } | Should -Throw '*AuditActivity*'
    }

    It 'replaces a file only with -Force, and never the mirror' {
        Export-AuditRecord "$folder/all" -Mirror $mirror | Out-Null
        { Export-AuditRecord "$folder/all" -Mirror $mirror } | Should -Throw -ErrorId 'ExportExists*'
        Export-AuditRecord "$folder/all" -Mirror $mirror -Force | Should -Not -BeNullOrEmpty
        { Export-AuditRecord $mirror -Mirror $mirror -Force } | Should -Throw -ErrorId 'ExportPlaceInUse*'
        Export-AuditRecord "$folder/whatif" -Mirror $mirror -WhatIf | Should -BeNullOrEmpty
        (Get-ChildItem $folder).Name | Should -Be all
    }

    It 'gives other names with a key, the same ones with the same key' {
        $key = ConvertTo-SecureString 'a key of some length' -AsPlainText
        $one = Export-AuditRecord "$folder/1" -Pseudonymize -Key $key -Mirror $mirror
        $two = Export-AuditRecord "$folder/2" -Pseudonymize -Key 'a key of some length' -Mirror $mirror
        $bytes = Export-AuditRecord "$folder/3" -Pseudonymize -Key ([Text.Encoding]::UTF8.GetBytes('a key of some length')) -Mirror $mirror
        $one.Sha256 | Should -Be $two.Sha256
        $one.Sha256 | Should -Be $bytes.Sha256
        $one.Pseudonymized | Should -BeTrue
        $one.IsVerbatim | Should -BeFalse
        $text = Get-Content "$folder/1" -Raw
        $text | Should -Not -Match 'alice|contoso|Miller|22222222-0000|203\.0\.113'
        $text | Should -Match '"activityDisplayName":"Update user"'
        Export-AuditRecord "$folder/4" -Pseudonymize -Mirror $mirror -WarningVariable said -WarningAction SilentlyContinue | ForEach-Object Sha256 | Should -Not -Be $one.Sha256
        $said | Should -Match 'not kept'
        { Export-AuditRecord "$folder/5" -Pseudonymize -Key short -Mirror $mirror } | Should -Throw -ErrorId 'KeyTooShort*'
        { Export-AuditRecord "$folder/5" -Pseudonymize -ShowSecret -Mirror $mirror } | Should -Throw
    }

    It 'writes rows of one kind as CSV and Parquet, by -As or by the name of the file' {
        $csv = Export-AuditRecord "$folder/a.csv" -Kind AuditActivity -Mirror $mirror
        $csv.Format | Should -Be Csv
        $csv.Records | Should -Be 12
        $rows = Import-Csv $csv.Path
        $rows | Should -HaveCount 12
        $rows.record_id | Sort-Object | Should -Be ((Get-AuditActivity -Mirror $mirror -WarningAction Ignore).Id | Sort-Object)
        $parquet = Export-AuditRecord "$folder/a.bin" -As Parquet -Kind AuditActivity -Mirror $mirror
        $parquet.Format | Should -Be Parquet
        $parquet.Records | Should -Be 12
        $bytes = [IO.File]::ReadAllBytes($parquet.Path)
        [Text.Encoding]::ASCII.GetString($bytes, 0, 4) | Should -Be PAR1
        [Text.Encoding]::ASCII.GetString($bytes, $bytes.Length - 4, 4) | Should -Be PAR1
        { Export-AuditRecord "$folder/b.csv" -Mirror $mirror } | Should -Throw -ErrorId 'ExportKind*' -ExpectedMessage '*one kind*'
        { Export-AuditRecord "$folder/b.csv" -Kind AccessPackage* -Mirror $mirror } | Should -Throw -ErrorId 'ExportKind*'
        (Get-ChildItem $folder).Name | Should -Be a.bin, a.csv
    }

    It 'makes a key file once, and says so' {
        $one = Export-AuditRecord "$folder/1" -Pseudonymize -KeyFile "$folder/my.key" -Mirror $mirror -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -Match 'was made'
        $two = Export-AuditRecord "$folder/2" -Pseudonymize -KeyFile "$folder/my.key" -Mirror $mirror -WarningVariable said
        $said | Should -BeNullOrEmpty
        $one.Sha256 | Should -Be $two.Sha256
        { Export-AuditRecord "$folder/3" -Pseudonymize -KeyFile "$folder/my.key" -Key 'a key of some length' -Mirror $mirror } | Should -Throw -ErrorId 'KeysContradict*'
    }

    It 'tells once in a session that others can read the mirror' -Skip:$IsWindows {
        & chmod 644 $mirror
        $null = Get-AuditActivity -First 1 -Mirror $mirror -WarningVariable first -WarningAction SilentlyContinue
        $null = Get-AuditActivity -First 1 -Mirror $mirror -WarningVariable second -WarningAction SilentlyContinue
        @($first) -match 'chmod 600' | Should -HaveCount 1
        @($second) -match 'chmod 600' | Should -BeNullOrEmpty
        (Test-AuditMirror -Quick -Mirror $mirror).Notes | Should -Match 'chmod 600'
    }
}
