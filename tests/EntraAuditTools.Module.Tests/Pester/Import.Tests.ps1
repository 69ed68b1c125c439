BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Import-AuditExport' {
    BeforeEach { $mirror = New-TestMirror }

    It 'takes the shape <_>' -ForEach 'array', 'page', 'lines', 'pretty', 'documents', 'diagnostic', 'records', 'loganalytics', 'portal', 'utf16', 'gzip', 'zip' {
        $result = Import-AuditExport (New-ExportFile $_) -Mirror $mirror
        $result | Should -HaveCount 1
        $result.Read | Should -Be 12
        $result.Added | Should -Be 12
        $result.Rejected | Should -Be 0
        $result.FirstTime.UtcDateTime | Should -Be ([datetime]::new(2026, 10, 1, 8, 0, 0))
        $result.LastTime.UtcDateTime.ToString('s') | Should -Be '2026-10-05T10:00:00'
        @(Get-AuditActivity -Mirror $mirror).Count | Should -Be 12
    }

    It 'knows <_> and Graph for the same events' -ForEach 'diagnostic', 'loganalytics', 'portal' {
        Import-AuditExport (New-ExportFile array) -Mirror $mirror | Out-Null
        $again = Import-AuditExport (New-ExportFile $_) -Mirror $mirror
        $again.Added | Should -Be 0
        @(Get-AuditActivity -Mirror $mirror).Count | Should -Be 12
    }

    It 'adds nothing when the file is imported again' {
        $file = New-ExportFile page
        Import-AuditExport $file -Mirror $mirror | Out-Null
        $again = Import-AuditExport $file -Mirror $mirror
        $again.Status | Should -Be 'AlreadyImported'
        $again.Added | Should -Be 0
        $forced = Import-AuditExport $file -Mirror $mirror -Force
        $forced.Status | Should -Be 'Imported'
        $forced.Added | Should -Be 0
        $forced.Unchanged | Should -Be 12
    }

    It 'imports nothing and makes nothing with -WhatIf' {
        $file = New-ExportFile array
        Invoke-Pwsh "Import-Module `$ModulePath; Import-AuditExport '$file' -Mirror '$mirror' -WhatIf; @{ id = 1 } | Import-AuditExport -Mirror '$mirror' -WhatIf" | Should -Match '^What if: '
        $mirror | Should -Not -Exist
    }

    It 'says with -WhatIf what each file is, and whether it was imported' {
        $folder = (New-Item -ItemType Directory "$TestDrive/look-$([guid]::NewGuid().ToString('N'))").FullName
        foreach ($shape in 'page', 'portal', 'zip', 'gzip', 'utf16') { Move-Item (New-ExportFile $shape) "$folder/$shape.x" }
        'hello' | Set-Content "$folder/note.txt"
        Set-Content "$folder/empty.json" $null -NoNewline
        Import-AuditExport "$folder/page.x" -Mirror $mirror | Out-Null
        $before = (Get-FileHash $mirror).Hash
        $said = (Invoke-Pwsh "Import-Module `$ModulePath; Import-AuditExport '$folder' -Mirror '$mirror' -WhatIf") -join "`n"
        $said | Should -Match 'page\.x \(AuditActivity, Graph, already imported \(import 1, \d{4}-\d\d-\d\d \d\d:\d\dZ\)\)'
        $said | Should -Match 'portal\.x \(AuditActivity, Portal CSV, not imported yet\)'
        $said | Should -Match 'zip\.x \(\S+: AuditActivity, Graph, not imported yet\)'
        $said | Should -Match 'gzip\.x \(AuditActivity, Graph, not imported yet\)'
        $said | Should -Match 'utf16\.x \(AuditActivity, Graph, not imported yet\)'
        $said | Should -Match 'note\.txt \(no export but '
        $said | Should -Match 'empty\.json \(.* is empty\)'
        (Get-AuditImport -Mirror $mirror) | Should -HaveCount 1
        (Get-FileHash $mirror).Hash | Should -Be $before
    }

    It 'does not ask or suppress output by itself' {
        $file = New-ExportFile array
        $ConfirmPreference = 'High'
        Import-AuditExport $file -Mirror $mirror | Should -BeOfType EntraAuditTools.ImportResult
    }
}

Describe 'Import-AuditExport paths' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'exports'
        New-Item -ItemType Directory "$folder/sub" -Force | Out-Null
        $records = @(New-ActivitySet)
        Move-Item (New-ExportFile array $records[0..3]) "$folder/a.json"
        Move-Item (New-ExportFile lines $records[4..7]) "$folder/[b].json"
        Move-Item (New-ExportFile diagnostic $records[8..11]) "$folder/sub/c.json"
    }
    BeforeEach { $mirror = New-TestMirror }

    It 'takes a folder' { @(Import-AuditExport $folder -Mirror $mirror).Count | Should -Be 2 }
    It 'takes a folder with -Recurse' { (Import-AuditExport $folder -Recurse -Mirror $mirror | Measure-Object Added -Sum).Sum | Should -Be 12 }
    It 'takes wildcards' { (Import-AuditExport "$folder/a*" -Mirror $mirror).Added | Should -Be 4 }
    It 'takes brackets with -LiteralPath' { (Import-AuditExport -LiteralPath "$folder/[b].json" -Mirror $mirror).Added | Should -Be 4 }
    It 'takes a path relative to the current location' {
        Push-Location $folder
        try { (Import-AuditExport ./a.json -Mirror $mirror).Added | Should -Be 4 } finally { Pop-Location }
    }
    It 'takes a path on a drive of PowerShell' {
        New-PSDrive -Name Exports -PSProvider FileSystem -Root $folder | Out-Null
        try { (Import-AuditExport Exports:/a.json -Mirror $mirror).Added | Should -Be 4 } finally { Remove-PSDrive Exports }
    }
    It 'takes files and folders of Get-ChildItem, each file once' {
        $results = Get-ChildItem $folder -Recurse | Import-AuditExport -Mirror $mirror
        $results | Should -HaveCount 3
        ($results | Measure-Object Added -Sum).Sum | Should -Be 12
    }
    It 'takes full names from the pipeline' { ((Get-ChildItem $folder -File).FullName | Where-Object { $_ -like '*a.json' } | Import-AuditExport -Mirror $mirror).Added | Should -Be 4 }

    It 'goes on after a path that is not there' {
        $results = Import-AuditExport "$folder/nope.json", "$folder/a.json" -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue
        $results.Added | Should -Be 4
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
    It 'refuses a path of another provider' {
        { Import-AuditExport Env:PATH -Mirror $mirror -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFileSystem,*'
    }
    It 'goes on after a file that is no export' {
        'just some text' | Set-Content "$TestDrive/notes.txt"
        $results = Import-AuditExport "$TestDrive/notes.txt", "$folder/a.json" -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue
        @($results | Where-Object Added -eq 4) | Should -HaveCount 1
        $failed | Should -Not -BeNullOrEmpty
        $failed[0].TargetObject | Should -Not -BeNullOrEmpty
    }
    It 'says that an empty folder is empty' {
        New-Item -ItemType Directory "$TestDrive/empty" | Out-Null
        { Import-AuditExport "$TestDrive/empty" -Mirror $mirror -ErrorAction Stop } | Should -Throw -ErrorId 'FolderEmpty,*'
    }
    It 'does not import the mirror itself' {
        $records = @(New-ActivitySet)
        $own = Join-Path $TestDrive 'own'; New-Item -ItemType Directory $own | Out-Null
        Move-Item (New-ExportFile array $records) "$own/a.json"
        Import-AuditExport $own -Mirror "$own/mirror.db" | Out-Null
        (Import-AuditExport $own -Mirror "$own/mirror.db" -ErrorAction Stop).Status | Should -Be 'AlreadyImported'
    }
    It 'keeps the script alive when the rest of the pipeline has enough' {
        $lines = Invoke-Pwsh "Import-Module `$ModulePath; Import-AuditExport '$folder' -Recurse -Mirror '$mirror' | Select-Object -First 1 | ForEach-Object { `$_.Added }; 'alive'"
        $lines | Should -Be @('4', 'alive')
    }
}

Describe 'Import-AuditExport from the pipeline' {
    BeforeAll {
        function Get-Shown { @(Get-AuditActivity -Mirror $mirror) }
        $records = @(New-ActivitySet)
    }
    BeforeEach { $mirror = New-TestMirror }

    It 'takes hashtables' { ($records | Import-AuditExport -Mirror $mirror).Added | Should -Be 12 }
    It 'takes plain hashtables twice and adds nothing the second time' {
        $plain = { $records | ForEach-Object { [hashtable]$_ } }
        (& $plain | Import-AuditExport -Mirror $mirror).Added | Should -Be 12
        (& $plain | Import-AuditExport -Mirror $mirror).Added | Should -Be 0
    }
    It 'takes a page as Invoke-MgGraphRequest returns it' { (@{ '@odata.context' = 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits'; value = $records } | Import-AuditExport -Mirror $mirror).Added | Should -Be 12 }
    It 'takes objects of ConvertFrom-Json, with their times' {
        $objects = Get-Content (New-ExportFile array $records) -Raw | ConvertFrom-Json
        ($objects | Import-AuditExport -Mirror $mirror).Added | Should -Be 12
        (Get-Shown)[0].Time.UtcTicks | Should -Be ([datetimeoffset]'2026-10-05T10:00:00.7654321Z').UtcTicks
        # Not a second event, although the spelling of the times differs.
        (Import-AuditExport (New-ExportFile array $records) -Mirror $mirror).Added | Should -Be 0
    }
    It 'takes an array that was not unrolled' { (Import-AuditExport -InputObject $records -Mirror $mirror).Added | Should -Be 12 }
    It 'takes JSON text' { ($records | ForEach-Object { $_ | ConvertTo-Json -Depth 9 -Compress } | Import-AuditExport -Mirror $mirror).Added | Should -Be 12 }
    It 'takes the output lines of a command' { ((ConvertTo-Json $records -Depth 9) -split '\r?\n' | Import-AuditExport -Mirror $mirror).Added | Should -Be 12 }
    It 'takes lines of Get-Content of <_>' -ForEach 'pretty', 'lines', 'portal' {
        $file = New-ExportFile $_ $records
        $result = Get-Content $file | Import-AuditExport -Mirror $mirror
        $result.Added | Should -Be 12
        $result.Source | Should -BeLike "*$(Split-Path -Leaf $file)"
    }
    It 'takes Get-Content <_>' -ForEach '-Raw', '-ReadCount 0', '-ReadCount 3', '-AsByteStream', '-AsByteStream -Raw' {
        $file = New-ExportFile lines $records
        $options = $_
        $result = Invoke-Expression "Get-Content '$file' $options" | Import-AuditExport -Mirror $mirror
        $result.Added | Should -Be 12
    }
    It 'takes rows of Import-Csv of <_>' -ForEach 'portal', 'loganalytics' { (Import-Csv (New-ExportFile $_ $records) | Import-AuditExport -Mirror $mirror).Added | Should -Be 12 }
    It 'takes text of ConvertTo-Csv' { ($records | ConvertTo-PortalRow | ConvertTo-Csv | Import-AuditExport -Mirror $mirror).Added | Should -Be 12 }
    It 'takes deserialised objects' {
        $records | ForEach-Object { [pscustomobject]$_ } | Export-Clixml "$TestDrive/records.xml" -Depth 9
        (Import-Clixml "$TestDrive/records.xml" | Import-AuditExport -Mirror $mirror).Added | Should -Be 12
    }
    It 'takes activities of another mirror with their originals' {
        $records | Import-AuditExport -Mirror $mirror | Out-Null
        $other = New-TestMirror
        (Get-AuditActivity -Mirror $mirror -ShowSecret | Import-AuditExport -Mirror $other).Added | Should -Be 12
        (Get-AuditActivity -Mirror $other -First 1).Original | Should -Be (Get-AuditActivity -Mirror $mirror -First 1).Original
    }
    It 'refuses activities whose secrets are masked' {
        $records | Import-AuditExport -Mirror $mirror | Out-Null
        $other = New-TestMirror
        $result = Get-AuditActivity -Mirror $mirror | Import-AuditExport -Mirror $other -ErrorVariable failed -ErrorAction SilentlyContinue
        $result.Added | Should -Be 11
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ActivityMasked,*'
    }
    It 'folds AdditionalProperties in, and takes local times as what they are' {
        $record = [pscustomobject]@{
            Id = 'Directory_fold_1'; ActivityDateTime = [datetime]::new(2026, 10, 1, 12, 0, 0, [DateTimeKind]::Utc).ToLocalTime(); ActivityDisplayName = 'Update user'; Category = 'UserManagement'
            LoggedByService = 'Core Directory'; Result = 'success'; CorrelationId = '00000000-0000-4000-8000-000000000099'; AdditionalDetails = @(); TargetResources = @()
            InitiatedBy = [pscustomobject]@{ User = [pscustomobject]@{ Id = '1'; AdditionalProperties = @{ userPrincipalName = 'zoe@contoso.example' } }; AdditionalProperties = @{} }
            AdditionalProperties = @{ '@odata.context' = 'https://graph.microsoft.com/v1.0/$metadata#auditLogs/directoryAudits/$entity' }
        }
        ($record | Import-AuditExport -Mirror $mirror).Added | Should -Be 1
        $shown = Get-Shown
        $shown.Time.UtcDateTime | Should -Be ([datetime]::new(2026, 10, 1, 12, 0, 0))
        $shown.InitiatedBy.UserPrincipalName | Should -Be 'zoe@contoso.example'
        $shown.Original | Should -Not -Match 'AdditionalProperties'
    }
    It 'takes objects of the Graph SDK''s making' {
        # The SDK makes an object for everything that is absent, and keeps what its model lacks in AdditionalProperties.
        Add-Type -ErrorAction Stop @'
            using System; using System.Collections.Generic;
            namespace TestGraphSdk {
                public class Identity { public string Id { get; set; } public string DisplayName { get; set; } public string UserPrincipalName { get; set; } public string IPAddress { get; set; } public IDictionary<string, object> AdditionalProperties { get; } = new Dictionary<string, object>(); }
                public class Initiator { public Identity App { get; set; } = new Identity(); public Identity User { get; set; } = new Identity(); public IDictionary<string, object> AdditionalProperties { get; } = new Dictionary<string, object>(); }
                public class Change { public string DisplayName { get; set; } public string OldValue { get; set; } public string NewValue { get; set; } }
                public class Target { public string Id { get; set; } public string DisplayName { get; set; } public string Type { get; set; } public Change[] ModifiedProperties { get; set; } }
                public class DirectoryAudit {
                    public DateTime? ActivityDateTime { get; set; } public string ActivityDisplayName { get; set; } public KeyValuePair<string, string>[] AdditionalDetails { get; set; } = new KeyValuePair<string, string>[0];
                    public string Category { get; set; } public string CorrelationId { get; set; } public string Id { get; set; } public Initiator InitiatedBy { get; set; } = new Initiator();
                    public string LoggedByService { get; set; } public string OperationType { get; set; } public string Result { get; set; } public string ResultReason { get; set; }
                    public Target[] TargetResources { get; set; } public IDictionary<string, object> AdditionalProperties { get; } = new Dictionary<string, object>();
                }
            }
'@
        $audit = [TestGraphSdk.DirectoryAudit]@{
            ActivityDateTime = [datetime]::new(2026, 10, 1, 8, 0, 0, [DateTimeKind]::Utc); ActivityDisplayName = 'Update user'; Category = 'UserManagement'; CorrelationId = $records[0].correlationId
            Id = $records[0].id; LoggedByService = 'Core Directory'; OperationType = 'Update'; Result = 'success'; ResultReason = ''
            TargetResources = @([TestGraphSdk.Target]@{ Id = $records[0].targetResources[0].id; DisplayName = 'Bob Miller'; Type = 'User'; ModifiedProperties = @([TestGraphSdk.Change]@{ DisplayName = 'AccountEnabled'; OldValue = '[true]'; NewValue = '[false]' }) })
        }
        $audit.InitiatedBy.User.UserPrincipalName = 'alice@contoso.example'
        $audit.InitiatedBy.User.AdditionalProperties['userType'] = 'Member'
        ($audit | Import-AuditExport -Mirror $mirror).Added | Should -Be 1
        $shown = Get-Shown
        $shown.InitiatedBy.Type | Should -Be 'User'
        $shown.InitiatedBy.UserPrincipalName | Should -Be 'alice@contoso.example'
        $shown.Targets[0].ModifiedProperties[0].NewValue | Should -Be 'false'
        ($shown.Original | ConvertFrom-Json).InitiatedBy.App | Should -BeNullOrEmpty
        ($shown.Original | ConvertFrom-Json).InitiatedBy.User.userType | Should -Be 'Member'
        ($records[0] | Import-AuditExport -Mirror $mirror).Added | Should -Be 0
    }
    It 'survives an object that contains itself' {
        $record = [pscustomobject](New-Activity 50)
        $record | Add-Member self $record
        ($record | Import-AuditExport -Mirror $mirror).Added | Should -Be 1
    }
    It 'rejects what is no record, keeps it, and takes the rest' {
        $result = $records[0], @{ note = 'no activity' }, $records[1] | Import-AuditExport -Mirror $mirror -WarningAction SilentlyContinue
        $result.Added | Should -Be 2
        $result.Rejected + $result.NotSupported | Should -Be 1
    }
    It 'mixes records with files' {
        $results = $records[0], (Get-Item (New-ExportFile lines $records[1..5])), $records[6] | Import-AuditExport -Mirror $mirror
        $results | Should -HaveCount 3
        ($results | Measure-Object Added -Sum).Sum | Should -Be 7
    }
    It 'takes nothing from nothing' { @() | Import-AuditExport -Mirror $mirror | Should -BeNullOrEmpty }
}

Describe 'Import-AuditExport options' {
    BeforeEach { $mirror = New-TestMirror }

    It 'gives records without a tenant the one of -Tenant' {
        Import-AuditExport (New-ExportFile portal) -Mirror $mirror -Tenant '33333333-0000-4000-8000-000000000009' | Out-Null
        Get-AuditActivity -Mirror $mirror | ForEach-Object TenantId | Select-Object -Unique | Should -Be '33333333-0000-4000-8000-000000000009'
    }
    It 'keeps the tenant that a record names' {
        Import-AuditExport (New-ExportFile diagnostic) -Mirror $mirror -Tenant '33333333-0000-4000-8000-000000000009' | Out-Null
        Get-AuditActivity -Mirror $mirror | ForEach-Object TenantId | Select-Object -Unique | Should -Be '33333333-0000-4000-8000-000000000001'
    }
    It 'reads unknown headers with -ColumnMap' {
        $file = Join-Path $TestDrive 'unknown.csv'
        New-ActivitySet | ConvertTo-PortalRow | Select-Object @{ n = 'Wann'; e = 'Date (UTC)' }, CorrelationId, Service, Category, @{ n = 'Was'; e = 'Activity' }, Result, ResultReason, ActorUserPrincipalName, Target1DisplayName | Export-Csv $file
        $result = Import-AuditExport $file -Mirror $mirror -ColumnMap @{ Wann = 'activityDateTime'; Was = 'activityDisplayName' }
        $result.Added | Should -Be 12
        (Get-AuditActivity -Mirror $mirror -First 1).Activity | Should -Be 'Update user'
    }
    It 'asks in which order dates are written, takes nothing in, and goes by -DateFormat' {
        $file = Join-Path $TestDrive 'dates.csv'
        New-ActivitySet | ConvertTo-PortalRow | Select-Object @{ n = 'Date (UTC)'; e = { '02/10/2026 08:01' } }, CorrelationId, Service, Category, Activity, Result, ResultReason, ActorUserPrincipalName, Target1DisplayName | Export-Csv $file
        Import-AuditExport $file -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DateOrderUnknown,*'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*-DateFormat*'
        (Import-AuditExport $file -Mirror $mirror -DateFormat dd/MM/yyyy).Added | Should -Be 12
        Get-AuditActivity -Mirror $mirror | ForEach-Object { $_.Time.Month } | Select-Object -Unique | Should -Be 10
    }
    It 'reads what Export-Csv made of its own objects' {
        Import-AuditExport (New-ExportFile array) -Mirror $mirror | Out-Null
        $file = Join-Path $TestDrive 'own.csv'
        Get-AuditActivity -Mirror $mirror | Export-Csv $file
        $again = Import-AuditExport $file -Mirror $mirror -WarningVariable warned
        $again.Added + $again.Updated + $again.Rejected | Should -Be 0
        $again.Unchanged | Should -Be 12
        $warned | Should -BeNullOrEmpty
        (Import-AuditExport $file -Mirror (Join-Path $TestDrive 'other.db')).Added | Should -Be 12
    }
    It 'asks for rows of Import-Csv too' {
        $file = Join-Path $TestDrive 'rows.csv'
        New-ActivitySet | ConvertTo-PortalRow | Select-Object @{ n = 'Date (UTC)'; e = { '02/10/2026 08:01' } }, CorrelationId, Service, Category, Activity, Result | Export-Csv $file
        Import-Csv $file | Import-AuditExport -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DateOrderUnknown,*'
        (Import-Csv $file | Import-AuditExport -Mirror $mirror -DateFormat MonthFirst).Added | Should -Be 12
        Get-AuditActivity -Mirror $mirror | ForEach-Object { $_.Time.Month } | Select-Object -Unique | Should -Be 2
    }
    It 'refuses a -DateFormat that says nothing' {
        { Import-AuditExport (New-ExportFile array) -Mirror $mirror -DateFormat english } | Should -Throw -ErrorId 'DateFormatInvalid,*'
    }
    It 'completes -DateFormat' {
        $typed = 'Import-AuditExport x.csv -DateFormat '
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Select-Object -First 4 | Should -Be DayFirst, MonthFirst, YearFirst, dd/MM/yyyy
    }
    It 'declares a span as covered' {
        Import-AuditExport (New-ExportFile array) -Mirror $mirror -CoversFrom 2026-10-01T00:00Z -CoversTo 2026-10-06T00:00Z | Out-Null
        Get-AuditActivity -Mirror $mirror -After 2026-10-01T00:00Z -Before 2026-10-06T00:00Z -WarningVariable warned | Out-Null
        $warned | Should -BeNullOrEmpty
        Get-AuditActivity -Mirror $mirror -After 2026-10-01T00:00Z -Before 2026-10-07T00:00Z -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
        @($warned).Count | Should -Be 1
    }
    It 'refuses a mirror that is a text file' {
        'not a database, and long enough to be read as a page of one' * 100 | Set-Content $mirror
        $failed = $null
        try { Import-AuditExport (New-ExportFile array) -Mirror $mirror } catch { $failed = $_ }
        $failed.FullyQualifiedErrorId | Should -BeLike 'NotAMirror,*'
        $failed.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'Import-AuditExport says what went wrong' {
    BeforeEach {
        $mirror = New-TestMirror
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N')); New-Item -ItemType Directory $folder | Out-Null
    }

    It 'writes an error for a file that is cut off, keeps what is in it, and goes on' {
        $text = Get-Content (New-ExportFile page) -Raw
        $text.Substring(0, $text.Length - 300) | Set-Content "$folder/a.json" -NoNewline
        Move-Item (New-ExportFile lines) "$folder/b.json"
        $results = Import-AuditExport $folder -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $results.Status | Should -Be 'Partial', 'Imported'
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'SourceCutOff,*'
        { Import-AuditExport "$folder/a.json" -Mirror $mirror -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'SourceCutOff,*'
        (Get-AuditImport -Mirror $mirror | Where-Object Source -like '*a.json')[0].Status | Should -Be 'Partial'
    }
    It 'writes a warning for a kind that is not taken in, and remembers it' {
        '[{"id":"1","createdDateTime":"2026-10-01T08:00:00Z","userPrincipalName":"ada@contoso.example","appDisplayName":"Office","ipAddress":"192.0.2.1","clientAppUsed":"Browser","status":{"errorCode":0}}]' | Set-Content "$folder/s.json"
        $result = Import-AuditExport "$folder/s.json" -Mirror $mirror -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction Stop
        $result.Status | Should -Be 'NotSupported'
        "$warned" | Should -Match 'left out'
        (Get-AuditImport -Mirror $mirror).Status | Should -Be 'NotSupported'
    }
    It 'remembers a file that is no export' {
        'hello' | Set-Content "$folder/h.txt"
        Import-AuditExport "$folder/h.txt" -Mirror $mirror -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $import = Get-AuditImport -Mirror $mirror
        $import.Status | Should -Be 'Failed'
        "$($import.Notes)" | Should -Match 'not an export'
    }
    It 'tells files of one name apart, and ends with a total that is no result' {
        foreach ($hour in '08', '09') {
            $sub = "$folder/y=2026/m=10/d=01/h=$hour/m=00"; New-Item -ItemType Directory $sub | Out-Null
            Move-Item (New-ExportFile diagnostic) "$sub/PT1H.json"
        }
        $results = Import-AuditExport $folder -Recurse -Mirror $mirror -InformationVariable told -WarningAction SilentlyContinue
        $results | Should -HaveCount 2
        "$told" | Should -Match '^In all 2 sources'
        $table = $results | Format-Table | Out-String -Width 120
        $table | Should -Match 'PT1H 2026-10-01T08'
        $table | Should -Match 'PT1H 2026-10-01T09'
    }
    It 'does not warn of companion files that came in the same command' {
        $sample = Join-Path $RepositoryRoot 'seeds/sample-tenant/portal'
        Get-ChildItem $sample -Filter 'ProvisioningLogs_*.csv' | Import-AuditExport -Mirror $mirror -WarningVariable warned -WarningAction SilentlyContinue | Should -HaveCount 3
        $warned | Should -BeNullOrEmpty
        $other = New-TestMirror
        Import-AuditExport (Get-ChildItem $sample -Filter 'ProvisioningLogs_2*.csv').FullName -Mirror $other -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
        "$warned" | Should -Match 'ProvisioningSteps'
    }
    It 'shows no control character of a file''s name' -Skip:$IsWindows {
        $name = "$folder/x`e]0;a`a$([char]0x202e).json"
        [IO.File]::WriteAllText($name, 'hello')
        Import-AuditExport $folder -Mirror $mirror -ErrorVariable failed -ErrorAction SilentlyContinue
        $text = ($failed | Out-String) + $failed[0].ErrorDetails.Message + $failed[0].Exception.Message + $failed[0].TargetObject
        $text | Should -Not -Match "`e\]|`a|$([char]0x202e)"
    }
    It 'ends at once when the mirror cannot be used' {
        Move-Item (New-ExportFile lines) "$folder/a.json"
        $long = Join-Path $TestDrive "$('x' * 300).db"
        { Import-AuditExport $folder -Mirror $long -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'MirrorAccessDenied,*'
    }
}
