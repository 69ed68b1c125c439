# What others wrote acts on no terminal and hides from no eyes, whatever shows it: each view, each stream, completion (SECURITY.md).
BeforeDiscovery {
    $module = if ($env:ENTRAAUDIT_MODULE) { $env:ENTRAAUDIT_MODULE } else { Join-Path $PSScriptRoot '../../../artifacts/module/EntraAuditTools' }
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $views = foreach ($file in Get-ChildItem $module -Filter *.format.ps1xml) {
        foreach ($view in ([xml](Get-Content $file -Raw)).Configuration.ViewDefinitions.View) {
            $kind = ($view.ChildNodes.Name -like '*Control')[0] -replace 'Control'
            # What a view shows as it is, and not through a method of ours, are numbers, times and texts that were made visible when they were read.
            $plain = @($view.SelectNodes('.//PropertyName').InnerText -notlike 'View*')
            foreach ($type in @($view.ViewSelectedBy.TypeName)) { @{ type = $type -replace '^EntraAuditTools\.'; view = $view.Name; kind = $kind; plain = $plain } }
        }
    }
    # Those that answer; what changes a mirror has tests of its own below.
    $asking = (Import-PowerShellDataFile "$module/EntraAuditTools.psd1").CmdletsToExport -match '^(Get|Compare|Measure|Test)-' | ForEach-Object { @{ cmdlet = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    . $PSScriptRoot/Hostile.ps1
    Import-StagedModule
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    $mirror = New-TestMirror
    Set-AuditMirror $mirror

    $folder = Join-Path $TestDrive hostile
    if (Test-Path "$Tenant/entitlement/assignments") { Export-HostileTenant $folder }
    # Every word and id of a record, and what a mirror keeps of a record that it rejects.
    $null = New-Item $folder -ItemType Directory -Force
    $words = foreach ($number in 901..904) {
        $record = New-Activity $number -Time "2026-10-2$($number - 900)T08:00:00Z" -Activity 'Update x@H' -Service 'Serv@H' -Category 'Cat@H' -Result 'succ@H' -TargetType 'Typ@H' -Target '=cmd@H' -Upn '+up@H'
        $record.id = "id-$number@H"; $record.operationType = 'op@H'; $record.targetResources[0].id = "target@H"; $record.correlationId = "corr-$number@H"
        ConvertTo-Json $record -Depth 9 -Compress
    }
    [IO.File]::WriteAllText("$folder/words.json", ($words -join "`n").Replace('@H', $HostileJson))
    [IO.File]::WriteAllText("$folder/rejected.json", ('{0}' -f ((@(New-Activity 911) | ForEach-Object { ConvertTo-Json $_ -Depth 9 -Compress }) + '{"activityDisplayName":"Half ' + $HostileJson + '\ud800","activityDateTime":"2026-10-01T08:00:00Z"}') -join "`n"))

    $said = @(
        if (Test-Path "$folder/entitlement") {
            Import-AuditExport "$folder/entitlement/2026-10-04" -ObservedAt $Earlier *>&1
            Import-AuditExport "$folder/directory/*.json", "$folder/entitlement", "$folder/entitlement/assignments" -ObservedAt $At *>&1
            Import-AuditExport "$folder/graph/directoryAudits", "$folder/unified-audit", "$folder/provisioning" -Recurse -ObservedAt $At *>&1
        }
        Import-AuditExport "$folder/words.json", "$folder/rejected.json" -Verbose *>&1)

    function Get-Shown([object[]] $records) {
        # All that PowerShell can show of records without being asked for more: their views, and their properties.
        $records | Format-Table | Out-String -Width 100
        $records | Format-List | Out-String -Width 100
        $records | Format-Custom | Out-String -Width 100
        $records | Format-List * | Out-String -Width 100
        foreach ($record in $records) { "$record" }
    }
    function Select-Message([object[]] $all) { $all | Where-Object { $_ -is [Management.Automation.InformationalRecord] -or $_ -is [Management.Automation.ErrorRecord] -or $_ -is [Management.Automation.InformationRecord] } }

    function New-Value([type] $type, [string] $name, [string[]] $plain, [int] $depth) {
        # A value of which every text is hostile; nothing where that would go on without end.
        $of = [Nullable]::GetUnderlyingType($type) ?? $type
        if ($of -eq [string]) { if ($name -in $plain -or '*' -in $plain) { $name } else { "$name $HostileText" } }
        elseif ($of -eq [DateTimeOffset]) { [DateTimeOffset]'2026-10-01T08:00Z' }
        elseif ($of -eq [timespan]) { [timespan]::FromMinutes(3) }
        elseif ($of -eq [bool]) { $true }
        elseif ($of.IsPrimitive) { 3 -as $of }
        elseif ($of.Name -like 'RecordList*') {
            $item = $of.GetGenericArguments()[0]
            # Of a list that is shown as it is, the items are.
            if ($name -in $plain) { $plain = '*' }
            $items = @(if ($item -eq [string] -or $depth -lt 2) { 1..2 | ForEach-Object { New-Value $item 'item' $plain ($depth + 1) } })
            $list = [Array]::CreateInstance($item, $items.Count)
            for ($i = 0; $i -lt $items.Count; $i++) { $list[$i] = $items[$i] }
            , $of.GetConstructors()[0].Invoke(@(, $list))
        }
        elseif ([Delegate].IsAssignableFrom($of)) {
            $made = $of.GetGenericArguments()[-1]
            $value = New-Value $made $name $plain $depth
            { , $value }.GetNewClosure() -as $of
        }
        elseif ($of.FullName -like 'EntraAuditTools.*' -and $of.IsClass -and -not $of.IsAbstract -and $depth -lt 3) { New-Made $of $plain $depth }
    }
    function New-Made([type] $type, [string[]] $plain, [int] $depth = 0) {
        # An object as no mirror's answer could be. Paths are not made visible, so that they can be used.
        $making = $type.GetConstructors([Reflection.BindingFlags]'Instance, Public, NonPublic') | Where-Object { $_.GetParameters().Count -ne 1 -or $_.GetParameters()[0].ParameterType -ne $type } |
            Sort-Object { $_.GetParameters().Count } | Select-Object -First 1
        $made = $making.Invoke([object[]]@($making.GetParameters() | ForEach-Object { New-Value $_.ParameterType $_.Name $plain ($depth + 1) }))
        foreach ($property in $type.GetProperties() | Where-Object CanWrite) {
            $shownAsIs = if ($property.Name -notin 'Path', 'Mirror', 'Backup') { $plain }
            $value = New-Value $property.PropertyType $property.Name $shownAsIs ($depth + 1)
            if ($null -ne $value) { $property.SetValue($made, $value) }
        }
        $made
    }
    $model = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'EntraAuditTools.Model' } | Select-Object -Last 1
}

AfterAll {
    Set-AuditMirror -Default
    $PSStyle.OutputRendering = $rendering
}

Describe 'What others wrote' {
    It 'is in the test as it should be' {
        Get-Forbidden $HostileText | Should -Not -BeNullOrEmpty
        foreach ($character in $HostileText.EnumerateRunes() | Where-Object { $_.ToString() -notin ']', '0', ';', 'x', '3', '1', 'm' }) { Get-Forbidden "a$($character)b" | Should -Not -BeNullOrEmpty -Because "U+$('{0:X4}' -f $character.Value)" }
        Get-Forbidden "$([char]0xd83d)" | Should -Not -BeNullOrEmpty
        Get-Forbidden "Zoë 😀 日本語`r`n`t" | Should -BeNullOrEmpty
    }

    It 'is in no message of an import, and in none of its results' {
        $messages = Select-Message $said
        $messages | Should -Not -BeNullOrEmpty
        foreach ($message in $messages) { Get-Forbidden "$message $($message | Part Exception)" | Should -BeNullOrEmpty }
        $results = @($said | Where-Object { $_ -is [EntraAuditTools.ImportResult] })
        $results | Should -Not -BeNullOrEmpty
        foreach ($result in $results) { Get-ForbiddenValue $result | Should -BeNullOrEmpty }
        Get-Forbidden (Get-Shown $results) | Should -BeNullOrEmpty
    }

    It 'is in no answer of <cmdlet>, and in no message of it' -ForEach $asking -Skip:(-not $hasTenant) {
        $command = Get-Command $cmdlet
        $more = @{}
        if ($command.Parameters.ContainsKey('AsOf')) { $more.AsOf = $At }
        if ($command.Parameters.ContainsKey('ReferenceTime')) { $more.ReferenceTime = $Earlier; $more.DifferenceTime = $At }
        if ($cmdlet -eq 'Get-ProvisioningSummary') { $more.After = '2026-09-01T00:00Z'; $more.Before = $At }
        if ($cmdlet -eq 'Compare-AuditActivity') { $more.Before = $At; $more.By = 'Activity', 'Actor', 'Target' }
        $forms = @(@{}) + $(if ($command.Parameters.ContainsKey('ShowSecret')) { @{ ShowSecret = $true } })
        if ($cmdlet -eq 'Measure-AuditActivity') { $forms = @{}, @{ FirstSeen = $true; By = 'Actor', 'Target' } }
        if ($cmdlet -eq 'Get-AuditImport') { $forms = @{}, @{ Rejected = $true }, @{ Rejected = $true; ShowSecret = $true } }
        foreach ($form in $forms) {
            $all = @(& $cmdlet @more @form -Verbose -WarningAction Continue *>&1)
            $messages = Select-Message $all
            foreach ($message in $messages) { Get-Forbidden "$message" | Should -BeNullOrEmpty }
            $records = @($all | Where-Object { $_ -notin $messages } | Select-Object -First 20)
            $records | Should -Not -BeNullOrEmpty
            # Whoever writes a value themselves, with Write-Host or into a file, does it without our views.
            foreach ($record in $records) { Get-ForbiddenValue $record | Should -BeNullOrEmpty }
            Get-Forbidden (Get-Shown ($records | Select-Object -First 4)) | Should -BeNullOrEmpty
            foreach ($record in $records | Where-Object { $_.PSObject.Methods['GetOriginal'] }) { Get-Forbidden $record.GetOriginal() | Should -BeNullOrEmpty }
        }
    }

    It 'is shown by no view of <type>, as the <kind> <view>, whoever made the object' -ForEach $views {
        $made = @(1..2 | ForEach-Object { New-Made $model.GetType("EntraAuditTools.$($type -replace '#.*')") $plain })
        foreach ($object in $made) { $object.PSObject.TypeNames.Insert(0, "EntraAuditTools.$type") }
        foreach ($width in 60, 160) {
            $text = $(switch ($kind) {
                    'Table' { $made | Format-Table -View $view }
                    'List' { $made | Format-List -View $view }
                    'Custom' { $made | Format-Custom -View $view }
                }) | Out-String -Width $width
            $text.Trim() | Should -Not -BeNullOrEmpty
            Get-Forbidden $text | Should -BeNullOrEmpty
        }
    }

    It 'is in no completion' -Skip:(-not $hasTenant) {
        $completed = 0
        foreach ($command in Get-Command -Module EntraAuditTools -CommandType Cmdlet) {
            foreach ($parameter in $command.Parameters.Values | Where-Object { $_.Attributes | Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] } }) {
                foreach ($match in (TabExpansion2 "$command -$($parameter.Name) " "$command -$($parameter.Name) ".Length).CompletionMatches) {
                    $completed++
                    Get-Forbidden "$($match.CompletionText)|$($match.ListItemText)|$($match.ToolTip)" | Should -BeNullOrEmpty -Because "$command -$($parameter.Name)"
                }
            }
        }
        $completed | Should -BeGreaterThan 500
    }

    It 'is in no error and no warning about what was asked for' {
        $asked = @(
            { Get-AuditActivity -Activity "Update $HostileText" -User "x$HostileText" -Tenant "x$HostileText" -Verbose },
            { Get-AuditActivity -After "x$HostileText" },
            { Get-AuditActivity -Origin "x$HostileText" },
            { Get-AuditActivity -Search $HostileText -Verbose },
            { Get-AuditCoverage -Kind "x$HostileText" },
            { Get-AccessPackageRequest -User "x$HostileText" -Status "x$HostileText" },
            { Get-AccessPackage -User "x$HostileText" -CanRequest -AsOf $At },
            { Test-AuditMirror -ExpectedHead "x$HostileText" },
            { Get-AuditActivity -Mirror "$TestDrive/x$HostileText.db" },
            { Import-AuditExport "$TestDrive/x$HostileText" },
            { Import-AuditExport "nowhere$($HostileText):\x" },
            { Set-AuditMirror "$TestDrive/x$HostileText.db" -WhatIf },
            { Backup-AuditMirror "$TestDrive/x$HostileText.db" -Mirror "$TestDrive/x$HostileText.db" },
            { [pscustomobject]@{ ChainHead = "x$HostileText" } | Test-AuditMirror },
            { Import-AuditExport $PSCommandPath -TimeZone "x$HostileText" },
            { Import-AuditExport $PSCommandPath -ColumnMap @{ "x$HostileText" = "y$HostileText" } },
            { Import-AuditExport "$folder/words.json" -DateFormat "x$HostileText" })
        foreach ($ask in $asked) {
            $messages = @(try { Select-Message @(& $ask *>&1) } catch { $_ })
            foreach ($message in $messages) {
                Get-Forbidden "$message" | Should -BeNullOrEmpty -Because "$ask"
                # What the engine's binder says of an object is the object.
                if ($message -is [Management.Automation.ErrorRecord] -and $message.Exception -isnot [Management.Automation.ParameterBindingException]) {
                    Get-Forbidden ($message | Format-List * -Force | Out-String) | Should -BeNullOrEmpty -Because "Get-Error of $ask"
                    Get-Forbidden "$($message.Exception)" | Should -BeNullOrEmpty -Because "Get-Error of $ask"
                }
            }
        }
    }

    It 'is in no question that -WhatIf or -Confirm asks' -Skip:$IsWindows {
        $hostile = New-Item "$TestDrive/whatif$($HostileText -replace '/', '_')" -ItemType Directory
        Copy-Item (New-ExportFile array) "$hostile/export.json"
        $asked = @(
            { Import-AuditExport $hostile -WhatIf },
            { Import-AuditExport -LiteralPath "$hostile/export.json" -WhatIf },
            { '{}' | Import-AuditExport -Name "x$HostileText" -WhatIf },
            { Set-AuditMirror "$hostile/m.db" -WhatIf },
            { Backup-AuditMirror "$hostile/b.db" -WhatIf },
            { Copy-Item $mirror "$hostile/m.db"; Remove-AuditRecord -Before 2026-01-01 -Mirror "$hostile/m.db" -WhatIf },
            { Export-AuditRecord "$hostile/e.ndjson" -WhatIf },
            { Optimize-AuditMirror -Mirror "$hostile/m.db" -WhatIf },
            { Update-AuditMirror -Mirror "$hostile/m.db" -WhatIf })
        # -WhatIf goes to the host alone.
        $scripts = foreach ($ask in $asked) { "try { $ask } catch { }" }
        $text = (Invoke-Pwsh ("Import-Module `$ModulePath`n`$hostile = '$hostile'; `$HostileText = '$HostileText'; `$mirror = '$mirror'; Set-AuditMirror `$mirror`n" + ($scripts -join "`n"))) -join "`n"
        ([regex]::Matches($text, 'What if:')).Count | Should -BeGreaterThan 5
        Get-Forbidden $text | Should -BeNullOrEmpty
    }

    It 'is in no progress' {
        $cmdlets = (Get-Command Import-AuditExport).ImplementingType.Assembly
        $progress = [Management.Automation.ProgressRecord]::new(1, "Importing $HostileText", "status $HostileText")
        $progress.CurrentOperation = "now $HostileText"
        $made = $cmdlets.GetType('EntraAuditTools.PowerShell.Messages.SafeProgress').GetMethod('Of').Invoke($null, @($progress))
        foreach ($text in $made.Activity, $made.StatusDescription, $made.CurrentOperation) {
            $text | Should -Not -BeNullOrEmpty
            Get-Forbidden $text | Should -BeNullOrEmpty
        }
    }
}
