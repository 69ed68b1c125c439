# Whatever takes long says how far it is; what nobody looks at costs nothing.
BeforeDiscovery { $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments') }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    Import-SampleTenant $mirror
    # A session of its own, whose progress can be looked at; every question is long enough here.
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '$ModulePath'; Set-AuditMirror '$mirror'; `$WarningPreference = 'SilentlyContinue'").Invoke()
    $class = (Get-Command Get-AuditActivity).ImplementingType.Assembly.GetType('EntraAuditTools.PowerShell.Messages.QuestionProgress')
    $after = $class.GetProperty('FirstAfterMilliseconds', [Reflection.BindingFlags]'Static, NonPublic')
    function Get-Shown([string] $command) {
        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        $null = $shell.AddScript($command).Invoke()
        $shell.HadErrors | Should -BeFalse
        , @($shell.Streams.Progress)
    }
}

AfterAll { $after.SetValue($null, 1000); $shell.Dispose(); Set-AuditMirror -Default }

Describe 'Progress' -Skip:(-not $hasTenant) {
    It 'of a long question counts rows and has a rate: <_>' -ForEach 'Get-AccessPackageRequest', 'Get-AccessPackageConflict', 'Get-AccessPackageAssignment', 'Get-ResourceAssignment' {
        $after.SetValue($null, 0)
        $shown = Get-Shown "$_ | Out-Null"
        $shown | Should -Not -BeNullOrEmpty
        $shown[0].Activity | Should -Be $_
        $shown[0].StatusDescription | Should -Match '^([\d.,]+ results?, )?([\d.,]+ rows read, [\d.,]+ a second|reading for [\d.,]+ seconds)$'
        $shown[-1].RecordType | Should -Be 'Completed'
    }
    It 'is not there for a question that is quick' {
        $after.SetValue($null, 100000)
        Get-Shown 'Get-AccessPackageRequest | Out-Null' | Should -BeNullOrEmpty
    }
    It 'is not there where it is not wanted: <_>' -ForEach 'Get-AccessPackageRequest -ProgressAction SilentlyContinue', '$ProgressPreference = "SilentlyContinue"; Get-AccessPackageRequest', 'Get-AccessPackageRequest -ProgressAction Ignore' {
        $after.SetValue($null, 0)
        Get-Shown "& { $_ } | Out-Null" | Should -BeNullOrEmpty
    }
    It 'leaves a pipeline that stops early alone' {
        $after.SetValue($null, 0)
        (Get-Shown 'Get-AccessPackageRequest | Select-Object -First 1 | Out-Null').Count | Should -BeGreaterOrEqual 0
        $shell.Commands.Clear()
        $shell.AddScript('@(Get-AccessPackageRequest | Select-Object -First 1).Count').Invoke() | Should -Be 1
    }
    It 'of work on the mirror says how much in a second: <_>' -ForEach 'records', '' {
        $words = $_
        $work = (Get-Command Get-AuditActivity).ImplementingType.Assembly.GetType('EntraAuditTools.PowerShell.Messages.WorkProgress')
        $instance = [Activator]::CreateInstance($work, [Reflection.BindingFlags]'Instance, Public, NonPublic', $null, @('Working', $words), $null)
        $progress = [Activator]::CreateInstance($work.GetMethods([Reflection.BindingFlags]'Instance, NonPublic').Where({ $_.Name -eq 'Of' })[0].GetParameters()[0].ParameterType, @('Pages', [long]500, [long]500, [long]1000))
        $of = $work.GetMethods([Reflection.BindingFlags]'Instance, NonPublic').Where({ $_.Name -eq 'Of' })[0]
        $null = $of.Invoke($instance, @($progress, [long]1000))
        $record = $of.Invoke($instance, @($progress, [long]3000))
        $record.StatusDescription | Should -Match "^Pages: 500 of 1[,.]000$(if ($words) { " $words" }), 250 a second$"
        $record.PercentComplete | Should -Be 50
    }
}
