# Every view on the sample tenant at 80, 120 and 200 columns, plain and coloured, as approved text: approved-views/TYPE.VIEW.KIND.txt.
# After a change that is meant: ENTRAAUDIT_APPROVE=1 dotnet test --filter PesterTests, read the difference, commit the files.
BeforeDiscovery {
    $module = if ($env:ENTRAAUDIT_MODULE) { $env:ENTRAAUDIT_MODULE } else { Join-Path $PSScriptRoot '../../../artifacts/module/EntraAuditTools' }
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $views = foreach ($file in Get-ChildItem $module -Filter *.format.ps1xml) {
        foreach ($view in ([xml](Get-Content $file -Raw)).Configuration.ViewDefinitions.View) {
            $kind = ($view.ChildNodes.Name -like '*Control')[0] -replace 'Control'
            foreach ($type in @($view.ViewSelectedBy.TypeName)) { @{ type = $type -replace '^EntraAuditTools\.'; view = $view.Name; kind = $kind } }
        }
    }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $approved = Join-Path $PSScriptRoot '../approved-views'
    $culture = [cultureinfo]::CurrentCulture
    $rendering = $PSStyle.OutputRendering

    if (Test-Path "$tenant/entitlement/assignments") {
        $mirror = New-TestMirror
        Set-AuditMirror $mirror
        Import-SampleState $mirror
        # From the pipeline: what a file is called differs from one checkout to another.
        foreach ($part in 'graph/directoryAudits', 'provisioning/provisioningObjectSummary') {
            foreach ($page in Get-ChildItem "$tenant/$part" -File | Sort-Object Name) { Get-Content $page -Raw | Import-AuditExport -WarningAction SilentlyContinue | Out-Null }
        }
        foreach ($jobs in Get-ChildItem "$tenant/provisioning/synchronizationJob*" | Sort-Object Name) { Import-AuditExport $jobs -ObservedAt 2026-10-31T23:40Z -WarningAction SilentlyContinue | Out-Null }
    }

    function New-Record([string] $type, [hashtable] $values) {
        # A record whose values a run would change: durations, paths, sizes, the time of the import.
        $record = New-Object "EntraAuditTools.$type"
        foreach ($name in $values.Keys) {
            $value = $values[$name]
            $property = $record.GetType().GetProperty($name)
            if ($name -eq 'Notes' -or $name -eq 'Tenants') { $value = $property.PropertyType.GetConstructors()[0].Invoke(@(, [string[]]$value)) }
            elseif ($value -is [string] -and $property.PropertyType -in [DateTimeOffset], [Nullable[DateTimeOffset]]) { $value = [DateTimeOffset]::Parse($value, [cultureinfo]::InvariantCulture) }
            $property.SetValue($record, ($value -as $property.PropertyType) ?? $value)
        }
        $record
    }

    $counts = @{ Read = 1447L; Added = 1440L; Updated = 3L; Unchanged = 2L; Rejected = 2L; NotSupported = 0L; FirstTime = '2026-09-01T06:12:09.4Z'; LastTime = '2026-10-31T22:58:41Z'; Sha256 = 'ab' * 32 }
    $import = $counts + @{ Source = '/home/admin/exports/2026-10/AuditLogs_2026-10-31.json'; Kind = 'Audit logs'; Shape = 'Graph JSON'; Status = 'Partial'; ImportId = 12L; Notes = @('First rejected: line 11: "activityDateTime" is no time.') }

    $update = @{ Path = '/home/admin/.local/share/EntraAuditTools/audit.db'; Backup = '/home/admin/.local/share/EntraAuditTools/audit.db.before-update'; Imports = 12; Originals = 1810L; Activities = 1441L; ActivitiesBefore = 1447L; ProvisioningEntries = 312L; ProvisioningEntriesBefore = 312L; States = 610L; StatesBefore = 598L; Rejected = 1L; RejectedBefore = 2L; InitiatorsChanged = 203L; TimesChanged = 4L; Duration = [timespan]'00:00:02.5' }

    # What each view is shown with: answers of the sample tenant; only what differs from run to run is made up.
    $sample = @{
        'AccessPackage#User' = { Get-AccessPackage -User 'Noor Aldana' -AsOf $At }
        'AccessPackage#Assigned' = { Get-AccessPackage -User 'Ingrid Solberg' -Assigned -AsOf $At }
        'AccessPackage' = { Get-AccessPackage -AsOf $At }
        'AccessPackageAssignment' = { Get-AccessPackageAssignment -AsOf $At }
        'AccessPackageAssignmentChange' = { Compare-AccessPackageAssignment -After $Earlier -Before $At -WarningAction SilentlyContinue }
        'AccessPackageConflict' = { Get-AccessPackageConflict -AsOf $At }
        'ResourceAssignment' = { Get-ResourceAssignment -AsOf $At }
        'ResourceGrant' = { (Get-ResourceAssignment -AsOf $At).Grants }
        'ConnectedOrganization' = { Get-ConnectedOrganization -AsOf $At }
        'AccessPackageRequest' = { Get-AccessPackageRequest -AsOf $At }
        'AccessPackageRequestEvent' = { (Get-AccessPackageRequest -AsOf $At -First 3).Events }
        'AccessPackageApproval' = { (Get-AccessPackageRequest -AsOf $At).Approvals }
        'AccessPackageRequestDecision' = { (Get-AccessPackage -User 'Noor Aldana' -AsOf $At).Decisions }
        'AccessPackagePolicy' = { (Get-AccessPackage -AsOf $At).Policies }
        'AccessPackageResourceRole' = { (Get-AccessPackage -AsOf $At).ResourceRoles }
        'AccessPackageActivity' = { Get-AccessPackageActivity }
        'AppRoleAssignmentActivity' = { Get-AppRoleAssignmentActivity }
        'EntitlementSubject' = { (Get-AccessPackageAssignment -AsOf $At).User }
        'EntitlementReference' = { (Get-AccessPackageAssignment -AsOf $At).AccessPackage }
        'EntitlementResource' = { (Get-AccessPackage -AsOf $At).ResourceRoles.Resource }
        'AuditActivity' = { Get-AuditActivity -Before $At -First 40 }
        'AuditInitiator' = { (Get-AuditActivity -Before $At -First 40).InitiatedBy }
        'AuditTarget' = { (Get-AuditActivity -Before $At -First 40).Targets }
        'ModifiedProperty' = { (Get-AuditActivity -Before $At -First 200).Targets.ModifiedProperties }
        'AuditDetail' = { (Get-AuditActivity -Before $At -First 200).AdditionalDetails }
        'AuditEvidence' = { New-Record AuditEvidence @{ ImportId = 12L; Source = '/home/admin/exports/2026-10/AuditLogs_2026-10-31.json'; Sha256 = 'ab' * 32; ImportedAt = '2026-11-01T06:00:00Z'; RecordId = 'Directory_6f1c0a3e_4K2QX_118' } }
        'ImportResult' = { New-Record ImportResult ($import + @{ Duration = [timespan]'00:00:01.2345' }) }
        'AuditImport' = { New-Record AuditImport ($import + @{ Started = '2026-11-01T06:00:00Z'; Finished = '2026-11-01T06:00:01.2Z'; Bytes = 3812345L; ToolVersion = '0.1.0'; ImportedBy = 'eva' }) }
        'RejectedRecord' = { New-Record RejectedRecord @{ ImportId = 12L; Source = '/home/admin/exports/2026-10/AuditLogs_2026-10-31.json'; Line = 11L; ByteOffset = 20811L; Reason = '"activityDateTime" is no time.'; Text = '{"id":"Directory_x","activityDisplayName":"Update user","activityDateTime":"yesterday"}' } }
        'AuditCoverage' = { Get-AuditCoverage -After 2026-10-25T00:00Z -Before $At }
        'AuditActivityType' = { Get-AuditActivityType -First 8 }
        'AuditMirrorInfo' = { New-Record AuditMirrorInfo @{ Path = '/home/admin/.local/share/EntraAuditTools/audit.db'; Basis = 'Default'; Exists = $true; Bytes = 41812992L; SchemaVersion = 3; Activities = 1447L; ProvisioningEntries = 312L; SynchronizationJobs = 10L; AccessPackages = 12L; AccessPackageAssignments = 259L; Imports = 14L; Rejected = 2L; Tenants = @('6f1c0a3e-0000-4000-8000-00000000c0de'); FirstTime = '2026-09-01T06:12:09Z'; LastTime = '2026-10-31T22:58:41Z'; LastImport = '2026-11-01T06:00:00Z' } }
        'AuditMirrorBackup' = { New-Record AuditMirrorBackup @{ Path = '/home/admin/backups/mirror-20261101T060000Z.db'; Mirror = '/home/admin/.local/share/EntraAuditTools/mirror.db'; Bytes = 41812992L; Imports = 14L; Originals = 1759L; Checks = @('Pages', 'Chain'); Notes = @('One import did not finish and is not covered yet: the next import covers what is there then.'); ChainHead = '51084cf17490f15cb3330348d63581838736070effbf799d769331dd08f0fe71'; Duration = [timespan]'00:00:01.2345' } }
        'AuditMirrorCopy' = { New-Record AuditMirrorCopy @{ Source = '/home/admin/.local/share/EntraAuditTools/mirror.db'; Destination = 'postgresql://eva@db.contoso.example/audit'; Bytes = 41812992L; Imports = 14L; Records = 1759L; Verified = @('Pages', 'Chain', 'Rows'); Notes = @(); ChainHead = '51084cf17490f15cb3330348d63581838736070effbf799d769331dd08f0fe71'; Duration = [timespan]'00:00:03.2345' } }
        'AuditMirrorInitialization' = { New-Record AuditMirrorInitialization @{ Server = 'postgresql://eva@db.contoso.example/audit'; Owner = 'eva'; ReaderRole = 'audit_audit_reader'; OriginalReaderRole = 'audit_audit_original_reader'; OriginalReaders = @('eva'); ImporterRole = 'audit_audit_importer'; Readers = @('adam', 'analysts'); Importers = @('nightly'); TenantReaderRole = 'audit_audit_tenant_reader'; TenantReaders = @('contoso_admin: 0ec71234-a6dd-4adb-8eaf-d3ec2403d98f'); IsNew = $true; Notes = @("'nightly' is a member of 'audit_audit_importer', but does not inherit its rights (NOINHERIT): ALTER ROLE nightly INHERIT.") } }
        'AuditRecordRemoval' = { New-Record AuditRecordRemoval @{ Path = '/home/admin/.local/share/EntraAuditTools/mirror.db'; Before = '2026-09-01T00:00:00Z'; Activities = 1250L; ProvisioningEntries = 37L; Originals = 1402L; BytesBefore = 41812992L; Bytes = 30015488L; Notes = @('The full-text index went with them: the next -Search makes it again.', 'Copies beside the mirror were made before, and hold what they held: mirror.db.schema3.bak. Delete them too.'); ChainHead = '51084cf17490f15cb3330348d63581838736070effbf799d769331dd08f0fe71'; Duration = [timespan]'00:00:03.2345' } }
        'AuditRecordExport' = { New-Record AuditRecordExport @{ Path = '/home/admin/shared/for-support.ndjson'; Mirror = '/home/admin/.local/share/EntraAuditTools/mirror.db'; Format = 'NdJson'; Records = 1759L; Masked = 8L; Pseudonymized = $true; Bytes = 2412992L; Sha256 = 'ab' * 32; Notes = @(); Duration = [timespan]'00:00:01.2345' } }
        'AuditMirrorOptimization' = { New-Record AuditMirrorOptimization @{ Path = '/home/admin/.local/share/EntraAuditTools/mirror.db'; BytesBefore = 41812992L; Bytes = 30015488L; HasSearchIndex = $true; Notes = @(); Duration = [timespan]'00:00:03.2345' } }
        'AuditMirrorTest' = { New-Record AuditMirrorTest @{ Path = '/home/admin/.local/share/EntraAuditTools/audit.db'; Problems = @((New-Record AuditMirrorProblem @{ Check = 'Chain'; ImportId = 7L; Message = 'Originals of import 7 (block 12, 331 records) were changed.' }), (New-Record AuditMirrorProblem @{ Check = 'Pages'; Message = 'SQLite: row 12 missing from index activity_key.' })); Notes = @('One import did not finish and is not covered yet: the next import covers what is there then.'); Checks = @('Pages', 'Chain'); Imports = 14L; Originals = 1759L; Links = 15L; ChainHead = '51084cf17490f15cb3330348d63581838736070effbf799d769331dd08f0fe71'; Duration = [timespan]'00:00:01.2345' } }
        'AuditMirrorUpdate' = { New-Record AuditMirrorUpdate $update }
        'AuditActivityMeasure#Wide' = { Measure-AuditActivity -By Activity, Service, Category, Result, Day -Before $At -WarningAction SilentlyContinue }
        'AuditActivityComparison' = { Compare-AuditActivity -By Activity, Result -Before $At -WarningAction SilentlyContinue }
        'AuditActivityFirstSeen' = { Measure-AuditActivity -By Actor, IPAddress -FirstSeen -Before $At -WarningAction SilentlyContinue }
        'ProvisioningLogEntry' = { Get-ProvisioningLog -Before $At -First 60 }
        'ProvisioningStep' = { (Get-ProvisioningLog -Before $At -Status Failure -First 4).Steps }
        'ProvisioningIdentity' = { (Get-ProvisioningLog -Before $At -First 4).SourceIdentity }
        'ProvisioningEvent' = { Get-ProvisioningEvent }
        'ProvisioningSummary' = { Get-ProvisioningSummary -After 2026-10-01T00:00Z -Before $At -WarningAction SilentlyContinue }
        'ProvisioningErrorCount' = { (Get-ProvisioningSummary -After 2026-09-01T00:00Z -Before $At -WarningAction SilentlyContinue).TopErrors }
        'ProvisioningOutcome' = { (Get-ProvisioningSummary -After 2026-09-01T00:00Z -Before $At -WarningAction SilentlyContinue).Outcomes }
        'ProvisioningQuarantine' = { (Get-ProvisioningSummary -After 2026-09-01T00:00Z -Before $At -WarningAction SilentlyContinue).Quarantine }
    }
    $shown = @{}
    function Get-Sample([string] $type) {
        if (-not $shown.ContainsKey($type)) { $shown[$type] = @(& $sample[$type] | Where-Object { $null -ne $_ } | Select-Object -First 5) }
        $shown[$type]
    }

    $constrained = New-SessionOfMode ConstrainedLanguage

    function Get-Picture($objects, [string] $view, [string] $kind) {
        foreach ($width in 80, 120, 200) {
            foreach ($style in 'PlainText', 'Ansi') {
                # The engine breaks lines between words in some languages only.
                [cultureinfo]::CurrentCulture = 'en-US'
                $PSStyle.OutputRendering = $style
                $text = $(switch ($kind) {
                        'Table' { $objects | Format-Table -View $view }
                        'List' { $objects | Select-Object -First 2 | Format-List -View $view }
                        'Custom' { $objects | Select-Object -First 2 | Format-Custom -View $view }
                    }) | Out-String -Width $width
                $PSStyle.OutputRendering = 'PlainText'
                "== $width columns, $(if ($style -eq 'Ansi') { 'coloured' } else { 'plain' })"
                ($text -replace [char]27, '␛' -replace '(?<=Import \d+, )\d{4}-\d\d-\d\d \d\d:\d\d(?=Z)', '2026-11-01 06:00' -split '\r?\n').ForEach({ $_.TrimEnd() }) -join "`n"
            }
        }
    }
}

AfterAll {
    $constrained.Dispose()
    Set-AuditMirror -Default
    [cultureinfo]::CurrentCulture = $culture
    $PSStyle.OutputRendering = $rendering
}

Describe 'View' -Skip:(-not $hasTenant) {
    It 'shows <type> as the <kind> <view>' -ForEach $views {
        $objects = Get-Sample $type
        $objects | Should -Not -BeNullOrEmpty -Because 'every view is looked at with something in it'
        $file = Join-Path $approved ("$type.$view.$kind.txt" -replace '#', '-')
        $picture = ((Get-Picture $objects $view $kind) -join "`n").TrimEnd() + "`n"
        if ($env:ENTRAAUDIT_APPROVE) {
            $null = New-Item $approved -ItemType Directory -Force
            [IO.File]::WriteAllText($file, $picture)
        }
        Test-Path $file | Should -BeTrue -Because 'a new view is looked at and approved'
        $picture -replace '\r' | Should -BeExactly ((Get-Content $file -Raw) -replace '\r')

        # What a policy limits the language of sees the same.
        [cultureinfo]::CurrentCulture = 'en-US'
        $show = "param(`$objects, `$view) `$objects | Select-Object -First 2 | Format-$kind -View `$view | Out-String -Width 120"
        $arguments = @{ objects = @($objects); view = $view }
        Invoke-InSession $constrained $show $arguments | Should -BeExactly (& ([scriptblock]::Create($show)) @arguments)
    }

    It 'shows the times of <type> in the <kind> <view> in local time where the session does, and says so' -ForEach @($views | Where-Object type -ne AuditActivityComparison) {
        $objects = Get-Sample $type
        $show = { ($objects | Select-Object -First 2 | & "Format-$kind" -View $view | Out-String -Width 900) }
        $zone = $env:TZ
        try {
            # Where the machine's zone cannot be set, it is what it is.
            $env:TZ = 'Asia/Kolkata'; [TimeZoneInfo]::ClearCachedData()
            [cultureinfo]::CurrentCulture = 'en-US'
            $utc = & $show
            Set-AuditMirror -TimeZone Local
            $local = & $show
            $expected = [regex]::Replace($utc, '\d{4}-\d\d-\d\d \d\d:\d\d(?<s>:\d\d(?<f>\.\d+)?)?(?<z>Z)?', {
                    param($found)
                    $time = [datetimeoffset]::Parse(($found.Value -replace 'Z') + 'Z', [cultureinfo]::InvariantCulture).ToLocalTime()
                    $time.ToString('yyyy-MM-dd HH:mm') + $(if ($found.Groups['s'].Success) { $time.ToString(':ss') + $found.Groups['f'].Value }) + $(if ($found.Groups['z'].Success) { $time.ToString('zzz') })
                }) -replace '\(UTC\)', '(local)' -replace 'Day \(local\)', 'Day (UTC)'
            # Days alone may be others, and headings wrap elsewhere.
            $plain = { param($text) $text -replace '\d{4}-\d\d-\d\d(?! \d\d:)', 'DAY' -replace '-{3,}' -replace '\s+' }
            & $plain $local | Should -BeExactly (& $plain $expected)
            Set-AuditMirror -TimeZone Utc
            & $show | Should -BeExactly $utc
        }
        finally { $env:TZ = $zone; [TimeZoneInfo]::ClearCachedData(); Set-AuditMirror -TimeZone Utc }
    }

    It 'writes the times that are compared to the minute where local days are others' {
        try {
            Set-AuditMirror -TimeZone Local
            $text = Get-Sample AuditActivityComparison | Select-Object -First 1 | Out-String -Width 200
            $from = ([datetimeoffset]'2026-10-25T00:00Z').ToLocalTime().ToString('yyyy-MM-dd HH:mm') -replace ' 00:00'
            $text | Should -BeLike "*Times (local): $from*"
        }
        finally { Set-AuditMirror -TimeZone Utc }
    }

    It 'leaves objects and files in UTC where views show local time' {
        $before = Get-AuditActivity -First 3 | ConvertTo-Csv
        try {
            Set-AuditMirror -TimeZone Local -WhatIf
            (Get-AuditActivity -First 1 | Out-String) | Should -Match 'Time \(UTC\)'
            Set-AuditMirror -TimeZone Local
            Get-AuditActivity -First 3 | ConvertTo-Csv | Should -BeExactly $before
            (Get-AuditActivity -First 1).Time.Offset | Should -Be ([timespan]::Zero)
            # Another runspace has its own views, and so its own zone: headings and times agree.
            $other = [powershell]::Create().AddScript('param($module, $mirror) Import-Module $module; Get-AuditActivity -Mirror $mirror -First 1 | Out-String').AddArgument($ModulePath).AddArgument($mirror)
            $other.Invoke() | Should -Match 'Time \(UTC\)'
            $other.Dispose()
            # Imported anew it shows what the session wants.
            Import-Module $ModulePath -Force
            (Get-AuditActivity -First 1 | Out-String) | Should -Match 'Time \(local\)'
            Set-AuditMirror -TimeZone Utc
            Import-Module $ModulePath -Force
            (Get-AuditActivity -First 1 | Out-String) | Should -Match 'Time \(UTC\)'
        }
        finally { Set-AuditMirror -TimeZone Utc }
    }

    It 'has no approved text of a view that is gone' -ForEach @(@{ views = $views }) {
        $known = foreach ($view in $views) { "$($view.type).$($view.view).$($view.kind).txt" -replace '#', '-' }
        Get-ChildItem $approved -File | Where-Object Name -notin $known | Should -BeNullOrEmpty
    }
}
