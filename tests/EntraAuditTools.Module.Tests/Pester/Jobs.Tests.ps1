# Objects that come from a job, from remoting or from a file answer like those of the session: by the names of their properties where the
# module was not there when they were read, and as real records where it was.
BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $kinds = 'activity', 'evidence', 'import', 'measure', 'first seen', 'comparison', 'package', 'package of a user', 'assignment', 'change', 'request', 'resource', 'grant', 'conflict', 'organization', 'package activity', 'role activity', 'entry', 'event', 'summary', 'user', 'reference' | ForEach-Object { @{ kind = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    Import-SampleTenant $mirror
    Set-AuditMirror $mirror
    $WarningPreference = 'SilentlyContinue'

    $producers = @{
        'activity' = { Get-AuditActivity -First 5 }
        'evidence' = { (Get-AuditActivity -First 2).Evidence }
        'import' = { Get-AuditImport | Select-Object -First 4 }
        'measure' = { Measure-AuditActivity -By Actor -First 3 }
        'first seen' = { Measure-AuditActivity -By Actor -FirstSeen -First 3 }
        'comparison' = { Compare-AuditActivity -By Actor -Before 2026-10-31T00:00Z -First 3 }
        'package' = { Get-AccessPackage -AsOf $At | Select-Object -First 3 }
        'package of a user' = { Get-AccessPackage -User (Get-AccessPackageAssignment -AsOf $At -First 1).User -AsOf $At }
        'assignment' = { Get-AccessPackageAssignment -AsOf $At -First 5 }
        'change' = { Compare-AccessPackageAssignment 2026-10-09 $At -First 5 }
        'request' = { Get-AccessPackageRequest -AsOf $At -First 5 }
        'resource' = { Get-ResourceAssignment -AsOf $At -First 5 }
        'grant' = { (Get-ResourceAssignment -AsOf $At -First 5).Grants }
        'conflict' = { Get-AccessPackageConflict -AsOf $At -First 5 }
        'organization' = { Get-ConnectedOrganization -AsOf $At -First 2 }
        'package activity' = { Get-AccessPackageActivity -First 5 }
        'role activity' = { Get-AppRoleAssignmentActivity -First 3 }
        'entry' = { Get-ProvisioningLog -First 3 }
        'event' = { Get-ProvisioningEvent -First 3 }
        'summary' = { Get-ProvisioningSummary | Select-Object -First 2 }
        'user' = { (Get-AccessPackageAssignment -AsOf $At -First 2).User }
        'reference' = { (Get-AccessPackageAssignment -AsOf $At -First 2).AccessPackage }
    }
    $consumers = @(
        { $input | Get-AuditActivity }, { $input | Measure-AuditActivity }, { $input | Compare-AuditActivity -Before 2026-10-31T00:00Z }
        { $input | Get-AuditImport }, { $input | Get-AccessPackage -AsOf $At }, { $input | Get-AccessPackageAssignment -AsOf $At }
        { $input | Compare-AccessPackageAssignment 2026-10-09 $At }, { $input | Get-AccessPackageConflict -AsOf $At }
        { $input | Get-AccessPackageRequest -AsOf $At }, { $input | Get-ResourceAssignment -AsOf $At }, { $input | Get-AccessPackageActivity }
        { $input | Get-AppRoleAssignmentActivity }, { $input | Get-ProvisioningLog }, { $input | Get-ProvisioningEvent }
    )
    # As a job sends them: one level deep, unless a record says otherwise.
    function ConvertTo-Sent($objects) { [Management.Automation.PSSerializer]::Serialize(@($objects), 1) }
    function Get-Answer($objects, [scriptblock] $consumer) {
        # An object that a command cannot take is an answer too, which the suite would stop at.
        $ErrorActionPreference = 'Continue'
        $found = @($objects | & $consumer 2>&1)
        if ($wrong = @($found | Where-Object { $_ -is [Management.Automation.ErrorRecord] })) { return "error $($wrong[0].FullyQualifiedErrorId)" }
        "$($found.Count): " + (($found | ForEach-Object { ConvertTo-Json $_ -Depth 1 -Compress -WarningAction Ignore }) -join "`n")
    }
    $bare = [powershell]::Create([initialsessionstate]::CreateDefault2())
}

AfterAll { $bare.Dispose(); Set-AuditMirror -Default }

Describe 'Objects from elsewhere' -Skip:(-not $hasTenant) {
    It 'are taken like those of the session: <kind>' -ForEach $kinds {
        $live = @(& $producers[$kind])
        $live | Should -Not -BeNullOrEmpty
        $sent = ConvertTo-Sent $live
        $back = @([Management.Automation.PSSerializer]::Deserialize($sent))
        # A session without the module makes no records of them.
        $bare.Commands.Clear()
        $null = $bare.AddScript('param($sent) , [Management.Automation.PSSerializer]::Deserialize($sent)').AddArgument($sent)
        $flat = @($bare.Invoke()[0])
        $flat[0].PSTypeNames[0] | Should -BeLike 'Deserialized.EntraAuditTools.*'
        $taken = 0
        foreach ($consumer in $consumers) {
            $expected = Get-Answer $live $consumer
            if ($expected -notlike 'error *') { $taken++ }
            Get-Answer $back $consumer | Should -BeExactly $expected -Because "$kind, $consumer"
            Get-Answer $flat $consumer | Should -BeExactly $expected -Because "$kind without the module, $consumer"
        }
        if ($kind -notin 'organization', 'reference') { $taken | Should -BeGreaterThan 0 }
    }

    It 'come from Start-Job and go on here' {
        $assignments = Start-Job { Import-Module $using:ModulePath; Get-AccessPackageAssignment -Mirror $using:mirror -AsOf $using:At -First 5 } | Receive-Job -Wait -AutoRemoveJob
        $assignments[0] | Should -BeOfType EntraAuditTools.AccessPackageAssignment
        ($assignments | Get-AccessPackageRequest -AsOf $At).RequestId | Should -Be (Get-AccessPackageAssignment -AsOf $At -First 5 | Get-AccessPackageRequest -AsOf $At).RequestId
        $imports = Start-Job { Import-Module $using:ModulePath; Get-AuditImport -Mirror $using:mirror } | Receive-Job -Wait -AutoRemoveJob
        ($imports | Where-Object Kind -eq AuditActivity | Measure-AuditActivity -By Result | Measure-Object Count -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'come from Export-Clixml, and go into a job' {
        Get-AuditImport | Export-Clixml "$TestDrive/imports.xml"
        $back = Import-Clixml "$TestDrive/imports.xml"
        $back[0] | Should -BeOfType EntraAuditTools.AuditImport
        $job = Start-Job -ArgumentList $ModulePath, $mirror, $back { param($module, $mirror, $imports) Import-Module $module; ($imports | Get-AuditActivity -Mirror $mirror -WarningAction Ignore | Measure-Object).Count }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be @($back | Get-AuditActivity).Count
    }

    It 'keep their times to the tick, also as values of -After' {
        $first = Measure-AuditActivity -By Actor -FirstSeen -First 1
        $back = [Management.Automation.PSSerializer]::Deserialize((ConvertTo-Sent $first))
        $expected = @(Get-AuditActivity -After $first.First).Id
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            @(Get-AuditActivity -After $back.First).Id | Should -Be $expected
            ($back | Out-String) | Should -BeExactly ($first | Out-String)
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
        $coverage = @(Get-AuditCoverage)[0]
        $again = [Management.Automation.PSSerializer]::Deserialize((ConvertTo-Sent $coverage))
        $again.Day | Should -Be $coverage.Day
        $again.First | Should -Be $coverage.First
    }

    It 'say what the check is to expect' {
        $result = Get-AuditMirror
        $back = [Management.Automation.PSSerializer]::Deserialize((ConvertTo-Sent ($result | Select-Object ChainHead)))
        ($back | Test-AuditMirror -WarningAction Ignore).Result | Should -Be Passed
    }
}
