# Values that can hold key material leave the mirror by no way unless -ShowSecret asks for them: each answer of each cmdlet, whole.
BeforeDiscovery {
    $module = if ($env:ENTRAAUDIT_MODULE) { $env:ENTRAAUDIT_MODULE } else { Join-Path $PSScriptRoot '../../../artifacts/module/EntraAuditTools' }
    $asking = (Import-PowerShellDataFile "$module/EntraAuditTools.psd1").CmdletsToExport -match '^(Get|Compare|Measure|Test)-' | ForEach-Object { @{ cmdlet = $_ } }
    # Where secrets stand: what it is, and which question shows it with -ShowSecret (null: none does, it stays in the mirror).
    $places = @(
        @{ place = 'KEYDESC'; shows = { Get-AuditActivity -ShowSecret } }, @{ place = 'DETAIL'; shows = { Get-AuditActivity -ShowSecret } }
        @{ place = 'INSIDE'; shows = { Get-AuditActivity -ShowSecret } }, @{ place = 'UNIFIED'; shows = { Get-AuditActivity -ShowSecret } }
        @{ place = 'PORTAL'; shows = { Get-AuditActivity -ShowSecret } }
        @{ place = 'PROVPROP'; shows = { Get-ProvisioningLog -ShowSecret } }, @{ place = 'PROVSOURCE'; shows = { Get-ProvisioningLog -ShowSecret } }
        @{ place = 'PROVSTEP'; shows = { Get-ProvisioningEvent -ShowSecret } }
        @{ place = 'REJECTED'; shows = { Get-AuditImport -Rejected -ShowSecret } }, @{ place = 'BROKEN'; shows = { Get-AuditImport -Rejected -ShowSecret } }
        @{ place = 'USER' }, @{ place = 'APP' }, @{ place = 'PACKAGE' }, @{ place = 'JOB' })
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    Set-AuditMirror $mirror
    function Write-Json([string] $name, $value) { $path = Join-Path $TestDrive "$name.json"; ConvertTo-Json $value -Depth 12 | Set-Content $path; $path }
    function S([string] $place) { "S3CR3T-$place" }
    $user = [guid]::NewGuid().Guid

    $key = New-Activity 1 -Activity 'Update application – Certificates and secrets management' -TargetType Application -Property KeyDescription -Old '[]' -New "[`"[KeyIdentifier=1,Secret=$(S KEYDESC)]`"]"
    $detail = New-Activity 2; $detail.additionalDetails = @(@{ key = 'client_secret'; value = S DETAIL })
    $inside = New-Activity 3 -Property Settings -Old '[]' -New (ConvertTo-Json @(@{ name = 'x'; password = (S INSIDE) }) -Compress)
    $unified = [ordered]@{ CreationTime = '2026-10-01T10:00:00'; Id = [guid]::NewGuid().Guid; Operation = 'Update application.'; OrganizationId = [guid]::NewGuid().Guid; RecordType = 8; ResultStatus = 'Success'; UserKey = 'x'; UserType = 0
        Workload = 'AzureActiveDirectory'; ObjectId = 'x'; UserId = 'a@contoso.example'; AzureActiveDirectoryEventType = 1; ExtendedProperties = @(@{ Name = 'additionalDetails'; Value = "{`"ClientSecret`":`"$(S UNIFIED)`"}" })
        ModifiedProperties = @(@{ Name = 'KeyDescription'; NewValue = "[`"$(S UNIFIED)`"]"; OldValue = '[]' }); Actor = @(@{ ID = 'a@contoso.example'; Type = 5 }); Target = @(@{ ID = 'App'; Type = 1 }) }
    $portal = New-Activity 4 -Property Credential -New (S PORTAL) | ConvertTo-PortalRow
    $entry = [ordered]@{ id = [guid]::NewGuid().Guid; activityDateTime = '2026-10-01T10:00:00Z'; tenantId = [guid]::NewGuid().Guid; jobId = 'job1'; cycleId = [guid]::NewGuid().Guid; changeId = [guid]::NewGuid().Guid; provisioningAction = 'create'
        durationInMilliseconds = 5; initiatedBy = @{ id = 'x'; displayName = 'Azure AD Provisioning Service'; initiatorType = 'system' }; servicePrincipal = @{ id = [guid]::NewGuid().Guid; displayName = 'App' }
        sourceSystem = @{ id = 'a'; displayName = 'Azure AD'; details = @{} }; targetSystem = @{ id = 'b'; displayName = 'App'; details = @{ SecretToken = (S PROVSOURCE) } }
        sourceIdentity = @{ id = $user; displayName = 'Ann'; identityType = 'User'; details = @{ password = (S PROVSOURCE); more = "{`"unicodePwd`":`"$(S PROVSOURCE)`"}" } }; targetIdentity = @{ id = 'y'; displayName = 'Ann'; identityType = 'User'; details = @{ secret = (S PROVSOURCE) } }
        provisioningStatusInfo = @{ status = 'success'; errorInformation = $null }; modifiedProperties = @(@{ displayName = 'password'; oldValue = $null; newValue = (S PROVPROP) })
        provisioningSteps = @(@{ name = 'EntryImportAdd'; provisioningStepType = 'import'; status = 'success'; description = 'Received'; details = @{ password = (S PROVSTEP); apiKey = (S PROVSTEP) } }, @{ name = 'EntryExportAdd'; provisioningStepType = 'export'; status = 'success'; description = 'Made'; details = @{ userPassword = (S PROVSTEP) } }) }
    $context = 'https://graph.microsoft.com/v1.0/$metadata#'
    $users = [ordered]@{ '@odata.context' = "${context}users"; value = @([ordered]@{ id = $user; displayName = 'Ann'; userPrincipalName = 'ann@contoso.example'; passwordProfile = @{ password = (S USER) } }) }
    $applications = [ordered]@{ '@odata.context' = "${context}applications"; value = @([ordered]@{ id = [guid]::NewGuid().Guid; appId = [guid]::NewGuid().Guid; displayName = 'App'; passwordCredentials = @(@{ secretText = (S APP); hint = 'S3C' }) }) }
    $packages = [ordered]@{ '@odata.context' = "${context}identityGovernance/entitlementManagement/accessPackages"; value = @([ordered]@{ id = [guid]::NewGuid().Guid; displayName = 'Package'; description = 'x'; clientSecret = (S PACKAGE) }) }
    $jobs = [ordered]@{ '@odata.context' = "${context}servicePrincipals('$([guid]::NewGuid())')/synchronization/jobs"; value = @([ordered]@{ id = 'job1'; templateId = 't'; synchronizationJobSettings = @(@{ name = 'SecretToken'; value = (S JOB) }); schedule = @{ state = 'Active'; interval = 'PT40M' }; status = @{ code = 'Active'; steadyStateFirstAchievedTime = '2026-10-01T10:00:00Z' } }) }
    $rejected = (ConvertTo-Json @((New-Activity 5)) -Depth 9 -Compress).TrimStart('[').TrimEnd(']') + "`n{`"activityDisplayName`":`"x`",`"activityDateTime`":`"yesterday`",`"targetResources`":[{`"modifiedProperties`":[{`"displayName`":`"KeyDescription`",`"newValue`":`"$(S REJECTED)`"}]}]}`n{`"activityDisplayName`":`"y`",`"clientSecret`":`"$(S BROKEN)`",,}"

    $portal | Export-Csv "$TestDrive/portal.csv" -Encoding utf8BOM
    Set-Content "$TestDrive/rejected.json" $rejected
    $files = @((Write-Json key $key), (Write-Json detail $detail), (Write-Json inside $inside), (Write-Json unified $unified), "$TestDrive/portal.csv", (Write-Json entry $entry), (Write-Json users $users), (Write-Json applications $applications),
        (Write-Json packages $packages), (Write-Json jobs $jobs), "$TestDrive/rejected.json")
    $said = @(Import-AuditExport $files -ObservedAt 2026-10-02T00:00Z -Verbose *>&1)

    function Get-Whole($all) {
        # All that anybody can get of records: every property, as text, as JSON, as views and the original. And what was said.
        $records = @($all | Where-Object { $_ -isnot [Management.Automation.InformationalRecord] -and $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.InformationRecord] })
        $all | Where-Object { $_ -notin $records } | ForEach-Object { "$_" }
        foreach ($record in $records) {
            [Management.Automation.PSSerializer]::Serialize($record, 8)
            ConvertTo-Json $record -Depth 9 -WarningAction Ignore
            "$record"
            if ($record.PSObject.Methods['GetOriginal']) { $record.GetOriginal() }
        }
        $records | Format-Table | Out-String -Width 250
        $records | Format-List | Out-String -Width 250
        $records | Format-Custom | Out-String -Width 250
        $records | ConvertTo-Csv
    }
}

AfterAll { Set-AuditMirror -Default }

Describe 'A secret' {
    It 'is in the mirror' {
        ($said | Where-Object { $_ -is [EntraAuditTools.ImportResult] }).Status | Should -Not -Contain 'Failed'
        (Get-AuditImport -Rejected).Count | Should -Be 2
        (Get-AuditMirror).Activities | Should -Be 6
    }

    It 'is in no message and no result of an import' {
        Get-Whole $said | Out-String | Should -Not -Match 'S3CR3T'
    }

    It 'is in no answer of <cmdlet>' -ForEach $asking {
        $more = @{ }
        if ((Get-Command $cmdlet).Parameters.ContainsKey('ReferenceTime')) { $more.ReferenceTime = '2026-10-01T00:00Z' }
        $forms = @(@{}) + $(if ($cmdlet -eq 'Get-AuditImport') { @{ Rejected = $true } })
        foreach ($form in $forms) { Get-Whole @(& $cmdlet @more @form -Verbose *>&1) | Out-String | Should -Not -Match 'S3CR3T' }
    }

    It 'is shown with -ShowSecret: <place>' -ForEach ($places | Where-Object { $_['shows'] }) {
        Get-Whole @(& $shows -WarningAction Ignore) | Out-String | Should -Match (S $place)
    }

    It 'is in no export, and in one with -ShowSecret' {
        (Export-AuditRecord "$TestDrive/masked.ndjson").Masked | Should -BeGreaterThan 5
        Get-Content "$TestDrive/masked.ndjson" -Raw | Should -Not -Match 'S3CR3T'
        Export-AuditRecord "$TestDrive/pseudonymized.ndjson" -Pseudonymize -WarningAction Ignore | Out-Null
        Get-Content "$TestDrive/pseudonymized.ndjson" -Raw | Should -Not -Match 'S3CR3T'
        Export-AuditRecord "$TestDrive/shown.ndjson" -ShowSecret | Out-Null
        foreach ($place in 'KEYDESC', 'DETAIL', 'INSIDE', 'UNIFIED', 'PORTAL', 'PROVPROP', 'PROVSOURCE', 'PROVSTEP', 'USER', 'APP', 'PACKAGE', 'JOB') { Get-Content "$TestDrive/shown.ndjson" -Raw | Should -Match (S $place) }
    }

    It 'is in no completion' {
        foreach ($line in 'Get-AuditActivity -Property ', 'Get-AuditActivity -Target ', 'Get-AuditActivity -Activity ', 'Get-ProvisioningLog -Property ') {
            (TabExpansion2 $line $line.Length).CompletionMatches | Out-String | Should -Not -Match 'S3CR3T'
        }
    }
}
