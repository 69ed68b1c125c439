BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
    $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
    $commands = Get-Command -Module EntraAuditTools -CommandType Cmdlet | ForEach-Object { @{ name = $_.Name; parameters = @($_.Parameters.Keys | Where-Object { $_ -notin $common -or $_ -in 'First', 'Skip', 'IncludeTotalCount', 'WhatIf', 'Confirm' } ) } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    Import-StagedModule
}

Describe 'Help of <name>' -ForEach $commands {
    BeforeAll { $help = Get-Help $name -Full }

    It 'says what it is for' {
        $help.Synopsis | Should -Not -Match '^\s*Get-|^\s*$'
        ($help.Description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }
    It 'describes every parameter, and no other' {
        $described = $help.parameters.parameter
        $described.name | Sort-Object | Should -Be ($parameters | Sort-Object)
        foreach ($parameter in $described) { ($parameter.description | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) needs a description" }
    }
    It 'tells the truth about parameters' {
        $fresh = (Get-Command $name).ImplementingType::new()
        foreach ($parameter in $help.parameters.parameter) {
            $actual = (Get-Command $name).Parameters[$parameter.name]
            $aliases = if ($actual.Aliases) { $actual.Aliases -join ', ' } else { 'none' }
            $parameter.aliases | Should -Be $aliases -Because "-$($parameter.name) has these aliases"
            $fromPipeline = $actual.ParameterSets.Values.ValueFromPipeline -contains $true -or $actual.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true
            $parameter.pipelineInput | Should -BeLike "$fromPipeline*" -Because "-$($parameter.name)"
            if ($parameter.type.name -ne 'SwitchParameter' -and $parameter.required -ne 'true') {
                # Those of paging are the engine's, not the class's.
                $value = if ($fresh.PSObject.Properties[$parameter.name]) { $fresh.($parameter.name) }
                $parameter.defaultValue | Should -Be $(if ($null -eq $value) { 'None' } else { $value -join ', ' }) -Because "-$($parameter.name) is that when it is not given"
            }
            $parameter.globbing | Should -Be "$([bool]($actual.Attributes | Where-Object { $_ -is [SupportsWildcards] }))" -Because "-$($parameter.name)"
        }
    }
    It 'has three examples, each explained, that parse and name real parameters' {
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterOrEqual 3
        foreach ($example in $examples) {
            ($example.remarks | Out-String).Trim() | Should -Not -BeNullOrEmpty
            $errors = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput($example.code, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty -Because $example.code
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $command = Get-Command $call.GetCommandName() -Module EntraAuditTools -ErrorAction Ignore
                if (-not $command) { continue }
                foreach ($used in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) { $command.Parameters.Keys | Should -Contain $used.ParameterName -Because $example.code }
            }
        }
    }
    It 'declares what it emits' { (Get-Command $name).OutputType | Should -Not -BeNullOrEmpty }
}

Describe 'about_EntraAuditTools' {
    It 'is found' { Get-Help about_EntraAuditTools | Out-String | Should -Match 'Nothing is sent anywhere' }
    It 'names every cmdlet' {
        $text = Get-Help about_EntraAuditTools | Out-String
        foreach ($command in Get-Command -Module EntraAuditTools -CommandType Cmdlet) { $text | Should -Match $command.Name }
    }
}

Describe 'The manifest' {
    It 'is valid' { Test-ModuleManifest (Join-Path $ModulePath 'EntraAuditTools.psd1') -ErrorAction Stop | Should -Not -BeNullOrEmpty }
    It 'lists the cmdlets by name, all of them' {
        $listed = (Import-PowerShellDataFile (Join-Path $ModulePath 'EntraAuditTools.psd1')).CmdletsToExport
        $listed | Should -Not -Match '\*'
        $assembly = (Get-Command Get-AuditActivity).ImplementingType.Assembly
        $declared = $assembly.GetExportedTypes() | ForEach-Object { $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $listed | Sort-Object | Should -Be ($declared | Sort-Object)
    }
    It 'loads the module at the first use of a command' {
        Invoke-Pwsh "`$env:PSModulePath = '$(Split-Path $ModulePath)' + [IO.Path]::PathSeparator + `$env:PSModulePath; (Get-AuditMirror -Mirror '$TestDrive/none.db').Exists; (Get-Module EntraAuditTools).Path" |
            Should -Be @('False', (Join-Path (Resolve-Path $ModulePath) 'EntraAuditTools.PowerShell.dll'))
    }
    It 'ships the files that it lists' {
        foreach ($file in (Import-PowerShellDataFile (Join-Path $ModulePath 'EntraAuditTools.psd1')).FileList) { Join-Path $ModulePath $file | Should -Exist }
    }
}
