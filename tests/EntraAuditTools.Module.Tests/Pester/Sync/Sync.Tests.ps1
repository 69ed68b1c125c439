BeforeAll {
    . $PSScriptRoot/../Common.ps1
    . $PSScriptRoot/SmallGraph.ps1
    Import-StagedModule
    $script:sync = Join-Path $RepositoryRoot 'examples/Sync-EntraExport.ps1'
    $script:client = [Net.Http.HttpClient]::new()

    function New-Event([int] $Number, [string] $Time) {
        @{ Time = [datetimeoffset] $Time; Json = ConvertTo-Json (New-Activity $Number -Time $Time) -Depth 9 -Compress }
    }
    function New-Organization([int] $Number) {
        @{ Time = $null; Json = ConvertTo-Json -Compress @{
                id = 'aaaaaaaa-0000-4000-8000-{0:d12}' -f $Number; displayName = "Organization $Number"; state = 'configured'
                createdDateTime = '2026-09-01T00:00:00Z'; modifiedDateTime = '2026-09-01T00:00:00Z'; identitySources = @()
            } }
    }
    function Invoke-Night {
        # A night against the small Graph: results, what it waited (seconds), what it warned of, and its exit code.
        param([string] $Now, [hashtable] $More = @{})
        $waited = [Collections.Generic.List[double]]::new()
        $asker = $client
        $arguments = @{
            Folder = $folder; Mirror = $mirror; Graph = $graph.Address; Now = [datetimeoffset] $Now; Kind = 'AuditActivity'; Days = 4; MaxRetry = 2; Window = [timespan]::FromDays(4)
            Request = { param($Uri) $asker.GetAsync($Uri, 'ResponseHeadersRead').GetAwaiter().GetResult() }.GetNewClosure()
            Wait = { param($Time) $waited.Add($Time.TotalSeconds) }.GetNewClosure()
        }
        foreach ($name in $More.Keys) { $arguments[$name] = $More[$name] }
        $graph.State.Log.Clear()
        $warned = $null
        $results = @(& $sync @arguments -WarningVariable warned -WarningAction SilentlyContinue 2>$null)
        [pscustomobject]@{ Results = $results; Waited = $waited.ToArray(); Warned = @($warned); ExitCode = $LASTEXITCODE; Asked = @($graph.State.Log) }
    }
    function Test-Covered([string] $From, [string] $To, [hashtable] $More = @{}) {
        # Whether a question about a span is answered where a gap is an error.
        try { Get-AuditActivity -After $From -Before $To -Mirror $mirror -RequireCoverage @More | Out-Null; $true } catch { $false }
    }
    function Get-State([string] $Day, [string] $Kind = 'AuditActivity') { (Get-AuditCoverage -Kind $Kind -Mirror $mirror | Where-Object Day -eq $Day).State }
    function Get-Checkpoint { (Get-Content (Join-Path $folder checkpoint.json) -Raw | ConvertFrom-Json).kinds }
}

AfterAll { $client.Dispose() }

Describe 'Sync-EntraExport.ps1' {
    BeforeEach {
        $mirror = New-TestMirror
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N')) pages
        $graph = Start-SmallGraph
        # Five events a day, at 6, 9, 12, 15 and 18 o'clock: three pages in each of four windows.
        $graph.State.Listings['auditLogs/directoryAudits'] = @(
            foreach ($day in 1..4) { foreach ($place in 0..4) { New-Event ($day * 10 + $place) ('2026-10-0{0}T{1:d2}:00:00Z' -f $day, (6 + 3 * $place)) } }
        )
        $firstNight, $secondNight = '2026-10-05T03:00:00Z', '2026-10-07T03:00:00Z'
    }
    AfterEach { Stop-SmallGraph $graph }

    Context 'a night that is throttled, fails, and breaks off in the middle' {
        BeforeEach {
            Add-Fault $graph @{ Match = 'ge 2026-10-01T03.*skiptoken=2'; Status = 429; Headers = @{ 'Retry-After' = '7' }; Body = '{"error":{"code":"TooManyRequests","message":"Slow down."}}' }
            Add-Fault $graph @{ Match = 'ge 2026-10-02T03'; Status = 503; Body = 'unavailable' }
            Add-Fault $graph @{ Match = 'ge 2026-10-03T03.*skiptoken=2'; Cut = $true; Left = 3 }
            $alerts = [Collections.Generic.List[string]]::new()
            $more = @{ Window = [timespan]::FromDays(1); Alert = { param($Mirror, $Kind, $From, $To) $alerts.Add("$Kind $($From.UtcDateTime.ToString('s')) $($To.UtcDateTime.ToString('s'))") }.GetNewClosure() }
            $night = Invoke-Night $firstNight $more
        }

        It 'waits as Graph asks, tries again, and says what broke off' {
            $night.Waited | Should -Be 7, 1, 1, 2
            $night.ExitCode | Should -Be 1
            $night.Results | Should -HaveCount 1
            $night.Results[0].Status | Should -Be 'BrokeOff'
            $night.Results[0].Reason | Should -Match '^2026-10-03T03:00:00Z – 2026-10-04T03:00:00Z: Page 2: no answer .*also after 2 more tries'
            $night.Results[0].Gaps | Should -HaveCount 1
            $night.Results[0].Pages | Should -Be 10
        }

        It 'imports what came, and declares nothing that did not' {
            # All but the three of the two pages that did not come.
            @(Get-AuditActivity -Mirror $mirror) | Should -HaveCount 17
            # What lies before the first record may be gone from Graph; what is newer than the overlap may still arrive.
            Test-Covered 2026-10-01T06:00Z 2026-10-03T03:00Z | Should -BeTrue
            Test-Covered 2026-10-01T05:59Z 2026-10-01T06:00Z | Should -BeFalse
            Test-Covered 2026-10-04T03:00Z 2026-10-05T01:00Z | Should -BeTrue
            Test-Covered 2026-10-05T01:00Z 2026-10-05T01:01Z | Should -BeFalse
            foreach ($hour in 3, 8, 13, 18, 23) { Test-Covered ('2026-10-03T{0:d2}:00Z' -f $hour) ('2026-10-03T{0:d2}:59Z' -f $hour) | Should -BeFalse }
            Test-Covered 2026-10-04T00:00Z 2026-10-04T03:00Z | Should -BeFalse
            '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04' | ForEach-Object { Get-State $_ } | Should -Be Partial, Covered, Partial, Partial
            (Get-Checkpoint).AuditActivity.fetchedUntil | Should -Be ([datetime] '2026-10-03T03:00:00Z').ToUniversalTime()
        }

        It 'is repaired by the next night, with what arrived late and days on which nothing happened' {
            $graph.State.Listings['auditLogs/directoryAudits'] += New-Event 99 '2026-10-05T02:30:00Z'
            $next = Invoke-Night $secondNight ($more + @{ Days = 6 })
            $next.ExitCode | Should -Be 0
            $next.Results[0].Status | Should -Be 'Whole'
            $next.Results[0].Added | Should -Be 4
            # From the last whole window, less the overlap.
            $next.Asked[1] | Should -Match 'ge 2026-10-03T01:00:00Z and activityDateTime le 2026-10-04T01:00:00Z'
            @(Get-AuditActivity -Mirror $mirror) | Should -HaveCount 21
            Test-Covered 2026-10-01T06:00Z 2026-10-07T01:00Z | Should -BeTrue
            Test-Covered 2026-10-07T01:00Z 2026-10-07T01:01Z | Should -BeFalse
            '2026-10-03', '2026-10-05', '2026-10-06' | ForEach-Object { Get-State $_ } | Should -Be Covered, Covered, Covered
            # Each span once, and none left out.
            $alerts | Should -Be 'AuditActivity 2026-10-01T03:00:00 2026-10-03T03:00:00', 'AuditActivity 2026-10-03T03:00:00 2026-10-07T01:00:00'
        }
    }

    It 'keeps pages as they came, whole, for their owner alone' {
        $night = Invoke-Night $firstNight
        $files = @(Get-ChildItem $folder -Recurse -File -Filter *.json | Where-Object Name -like 'page-*')
        $files | Should -HaveCount 10
        # The first is the page that permissions are tried with.
        $files | Sort-Object FullName | ForEach-Object { (Get-FileHash $_ -Algorithm SHA256).Hash } | Should -Be @($graph.State.Sent)[1..10]
        Get-ChildItem $folder -Recurse -Filter *.part | Should -BeNullOrEmpty
        if (-not $IsWindows) {
            @($folder; (Get-ChildItem $folder -Recurse -Directory).FullName) | ForEach-Object { [IO.File]::GetUnixFileMode($_) -band 63 } | Should -Not -Contain ([int] 63)
            @(Get-ChildItem $folder -Recurse | Where-Object { [int] [IO.File]::GetUnixFileMode($_.FullName) -band 63 }) | Should -BeNullOrEmpty
        }
        $night.Results[0].Folders | Should -HaveCount 1
    }

    It 'declares nothing of a log that never had a record, and its quiet days once it is known to be kept' {
        $graph.State.Listings['auditLogs/directoryAudits'] = @(New-Event 1 '2026-10-06T12:00:00Z')
        (Invoke-Night $firstNight).ExitCode | Should -Be 0
        Test-Covered 2026-10-03T00:00Z 2026-10-03T01:00Z | Should -BeFalse
        (Invoke-Night $secondNight).ExitCode | Should -Be 0
        Test-Covered 2026-10-05T01:00Z 2026-10-07T01:00Z | Should -BeTrue
        Test-Covered 2026-10-05T00:00Z 2026-10-05T01:00Z | Should -BeFalse
    }

    It 'has what happened on the border of two windows once, in both logs' {
        $graph.State.Listings['auditLogs/directoryAudits'] = @('2026-10-03T02:59:59.9Z', '2026-10-03T03:00:00Z', '2026-10-03T03:00:00.1Z' | ForEach-Object { $number = 0 } { New-Event (++$number) $_ })
        $graph.State.Listings['auditLogs/provisioning'] = @(
            foreach ($time in '2026-10-03T02:59:59.9Z', '2026-10-03T03:00:00Z', '2026-10-03T03:00:00.1Z') {
                $number++
                @{ Time = [datetimeoffset] $time; Json = ConvertTo-Json -Compress -Depth 4 @{
                        id = 'bbbbbbbb-0000-4000-8000-{0:d12}' -f $number; activityDateTime = $time; tenantId = '33333333-0000-4000-8000-000000000001'
                        jobId = 'scim.33333333000040008000000000000001.1'; cycleId = 'c1'; changeId = "c$number"; provisioningAction = 'create'
                        provisioningStatusInfo = @{ status = 'success' }; provisioningSteps = @(); modifiedProperties = @()
                        servicePrincipal = @{ id = 'cccccccc-0000-4000-8000-000000000001'; displayName = 'Payroll' }
                        sourceIdentity = @{ id = "s$number"; displayName = 'Bob Miller'; identityType = 'User' }
                    } }
            }
        )
        $more = @{ Kind = 'AuditActivity', 'ProvisioningLog'; Window = [timespan]::FromDays(2); Days = 6 }
        $night = Invoke-Night $firstNight $more
        $night.Results.Status | Should -Be Whole, Whole
        $night.Results.Added | Should -Be 3, 3
        (Invoke-Night $secondNight $more).ExitCode | Should -Be 0
        foreach ($kind in 'AuditActivity', 'ProvisioningLog') {
            '2026-10-03', '2026-10-04', '2026-10-06' | ForEach-Object { Get-State $_ $kind } | Should -Be Partial, Covered, Covered
        }
    }

    It 'does not declare a window that is older than what any tenant keeps, when nothing comes of it' {
        $graph.State.Listings['auditLogs/directoryAudits'] = @(New-Event 1 '2026-10-04T12:00:00Z'; New-Event 2 '2026-10-18T12:00:00Z')
        (Invoke-Night $firstNight).ExitCode | Should -Be 0
        (Invoke-Night 2026-10-19T03:00:00Z @{ Days = 30 }).ExitCode | Should -Be 0
        Test-Covered 2026-10-08T00:00Z 2026-10-09T00:00Z | Should -BeFalse
        Test-Covered 2026-10-18T12:00Z 2026-10-19T01:00Z | Should -BeTrue
    }

    It 'says which permission lacks before it fetches anything, and goes on with the rest' {
        Add-Fault $graph @{ Match = 'entitlementManagement'; Status = 403; Left = 99; Body = '{"error":{"code":"Forbidden","message":"No."}}' }
        $night = Invoke-Night $firstNight @{ Kind = 'AuditActivity,AccessPackage', 'AccessPackageAssignment' }
        $night.ExitCode | Should -Be 1
        $night.Results.Status | Should -Be Whole, Refused, Refused
        $night.Results[1].Reason | Should -Match 'status 403 \(Forbidden: No\.\).* needs EntitlementManagement\.Read\.All'
        # Once for both, and before the first window.
        @($night.Asked -match 'entitlementManagement') | Should -HaveCount 1
        $night.Asked[1] | Should -Match 'entitlementManagement.*\$top=1'
    }

    It 'stops where a permission is taken away meanwhile, and declares what came before' {
        Add-Fault $graph @{ Match = 'ge 2026-10-03T03'; Status = 401; Left = 99 }
        $night = Invoke-Night $firstNight @{ Window = [timespan]::FromDays(1) }
        $night.Results[0].Status | Should -Be 'Refused'
        $night.Results[0].Gaps | Should -HaveCount 2
        $night.Waited | Should -BeNullOrEmpty
        Test-Covered 2026-10-01T06:00Z 2026-10-03T03:00Z | Should -BeTrue
        Test-Covered 2026-10-04T03:00Z 2026-10-05T01:00Z | Should -BeFalse
    }

    It 'follows no link to another host, nor to <what>' -ForEach @(
        @{ what = 'another port'; link = 'http://localhost:1/v1.0/auditLogs/directoryAudits?$skiptoken=2' }
        @{ what = 'a name that begins alike'; link = 'http://localhost.evil.example/v1.0/x' }
        @{ what = 'another scheme'; link = 'file:///etc/passwd' }
        @{ what = 'a path without a host'; link = '/v1.0/auditLogs/directoryAudits' }
    ) {
        Add-Fault $graph @{ Match = 'filter'; Body = "{""@odata.nextLink"":""$link"",""value"":[]}" }
        $night = Invoke-Night $firstNight
        $night.Results[0].Status | Should -Be 'BrokeOff'
        $night.Results[0].Reason | Should -Match 'another host than localhost'
        @($night.Asked -match 'filter') | Should -HaveCount 1
        Test-Covered 2026-10-04T03:00Z 2026-10-05T01:00Z | Should -BeFalse
    }

    It 'ends where pages go round in a circle' {
        Add-Fault $graph @{ Match = 'filter.*skiptoken=2'
            Body = "{""@odata.nextLink"":""$($graph.Address)/v1.0/auditLogs/directoryAudits?`$filter=activityDateTime%20ge%202026-10-01T03%3A00%3A00Z%20and%20activityDateTime%20le%202026-10-05T03%3A00%3A00Z"",""value"":[]}" }
        $night = Invoke-Night $firstNight
        $night.Results[0].Reason | Should -Match 'link to a page that came already'
        Test-Covered 2026-10-04T03:00Z 2026-10-05T01:00Z | Should -BeFalse
    }

    It 'takes <what> for no page' -ForEach @(
        @{ what = 'a text that is cut off'; body = '{"value":[{"id":"x"' }
        @{ what = 'an error that came with status 200'; body = '{"error":{"code":"UnknownError","message":""}}' }
        @{ what = 'a page of a proxy'; body = '<html>sign in</html>' }
    ) {
        Add-Fault $graph @{ Match = 'filter'; Body = $body }
        $night = Invoke-Night $firstNight
        $night.Waited | Should -Be 1
        $night.Results[0].Status | Should -Be 'Whole'
        $night.Results[0].Added | Should -Be 20
    }

    It 'waits until a date, by the clock of who says it, and no longer than -MaxWait' {
        Add-Fault $graph @{ Match = 'ge 2026-10-01T03'; Status = 503; Headers = @{ Date = 'Mon, 05 Oct 2026 03:00:00 GMT'; 'Retry-After' = 'Mon, 05 Oct 2026 03:01:30 GMT' } }
        Add-Fault $graph @{ Match = 'ge 2026-10-02T03'; Status = 429; Headers = @{ 'Retry-After' = '3600' }; Left = 9 }
        Add-Fault $graph @{ Match = 'ge 2026-10-04T03'; Status = 429; Headers = @{ 'Retry-After' = 'soon' } }
        $night = Invoke-Night $firstNight @{ Window = [timespan]::FromDays(1) }
        $night.Waited | Should -Be 90, 1
        $night.Results[0].Gaps.Reason | Should -BeLike '*asked again after 3600 s, which is longer than -MaxWait*'
    }

    It 'does not ask a Graph that gives nothing for window after window' {
        Add-Fault $graph @{ Match = 'filter'; Status = 500; Left = 999 }
        $night = Invoke-Night $firstNight @{ MaxRetry = 1; Window = [timespan]::FromDays(1) }
        @($night.Asked -match 'filter') | Should -HaveCount 4
        $night.Results[0].Gaps | Should -HaveCount 3
        Join-Path $folder checkpoint.json | Should -Not -Exist
        $mirror | Should -Not -Exist
    }

    It 'declares no window of which a record could not be taken in, and does not fetch it for ever' {
        $graph.State.Listings['auditLogs/directoryAudits'] += @{ Time = [datetimeoffset] '2026-10-03T20:00:00Z'
            Json = '{"id":"Directory_x_1","activityDisplayName":"Update user","activityDateTime":"not a time","category":"UserManagement","loggedByService":"Core Directory","targetResources":[],"initiatedBy":{}}' }
        $night = Invoke-Night $firstNight @{ Window = [timespan]::FromDays(2) }
        $night.Results[0].Status | Should -Be 'Partial'
        $night.Results[0].Rejected | Should -Be 1
        $night.ExitCode | Should -Be 1
        Test-Covered 2026-10-03T03:00Z 2026-10-04T03:00Z | Should -BeFalse
        Test-Covered 2026-10-01T06:00Z 2026-10-03T03:00Z | Should -BeTrue
        (Invoke-Night $secondNight).ExitCode | Should -Be 0
    }

    It 'takes as gone what a whole listing lacks, and nothing when a page of it did not come' {
        $listing = 'identityGovernance/entitlementManagement/connectedOrganizations'
        $graph.State.Listings[$listing] = @(1..3 | ForEach-Object { New-Organization $_ })
        $more = @{ Kind = 'ConnectedOrganization' }
        $night = Invoke-Night $firstNight $more
        $night.Results[0].Pages | Should -Be 2
        $night.Results[0].IsComplete | Should -BeTrue
        @(Get-ConnectedOrganization -Mirror $mirror) | Should -HaveCount 3

        $graph.State.Listings[$listing] = @(1, 3, 4 | ForEach-Object { New-Organization $_ })
        Add-Fault $graph @{ Match = 'connectedOrganizations.*skiptoken=2'; Cut = $true; Left = 3 }
        $night = Invoke-Night '2026-10-06T03:00:00Z' $more
        $night.Results[0].Status | Should -Be 'BrokeOff'
        $night.Results[0].IsComplete | Should -BeFalse
        @(Get-ConnectedOrganization -Mirror $mirror) | Should -HaveCount 3

        (Invoke-Night $secondNight $more).Results[0].Status | Should -Be 'Whole'
        (Get-ConnectedOrganization -Mirror $mirror).DisplayName | Sort-Object | Should -Be 'Organization 1', 'Organization 3', 'Organization 4'
    }

    It 'takes bodies as text and answers as objects too' {
        $asker = $client
        $lines = { param($Uri) $asker.GetStringAsync($Uri).GetAwaiter().GetResult() -split '(?<=,)' }.GetNewClosure()
        (Invoke-Night $firstNight @{ Request = $lines }).Results[0].Added | Should -Be 20
        Remove-Item $folder -Recurse
        $objects = { param($Uri) @{ StatusCode = 200; Headers = @{}; Content = $asker.GetByteArrayAsync($Uri).GetAwaiter().GetResult() } }.GetNewClosure()
        (Invoke-Night $firstNight @{ Request = $objects }).Results[0].Read | Should -Be 20
        Remove-Item $folder -Recurse
        $throws = { param($Uri) throw 'az rest failed.' }
        (Invoke-Night $firstNight @{ Request = $throws }).Results[0].Reason | Should -Match 'no answer \(az rest failed\.\)'
    }

    It 'asks over the session of Connect-MgGraph, and says what lacks where there is none' {
        # Some machines have the SDK.
        if (-not (Get-Command Invoke-MgGraphRequest -ErrorAction Ignore)) {
            { Invoke-Night $firstNight @{ Request = $null } } | Should -Throw 'Invoke-MgGraphRequest is not there*' -ErrorId 'RequestMissing,*'
        }
        # Stands in for Microsoft.Graph.Authentication, with its parameters.
        $global:SyncTest = @{ Context = $null; Client = $client }
        function global:Get-MgContext { $global:SyncTest.Context }
        function global:Invoke-MgGraphRequest {
            [CmdletBinding()] param([ValidateSet('GET')] $Method, [uri] $Uri, [ValidateSet('HttpResponseMessage')] $OutputType, [switch] $SkipHttpErrorCheck)
            $response = $global:SyncTest.Client.GetAsync($Uri, 'ResponseHeadersRead').GetAwaiter().GetResult()
            if (-not $SkipHttpErrorCheck) { $null = $response.EnsureSuccessStatusCode() }
            $response
        }
        try {
            { Invoke-Night $firstNight @{ Request = $null } } | Should -Throw 'There is no session*Connect-MgGraph*'
            $global:SyncTest.Context = 'signed in'
            Add-Fault $graph @{ Match = 'filter'; Status = 429; Headers = @{ 'Retry-After' = '5' } }
            $night = Invoke-Night $firstNight @{ Request = $null }
            $night.Waited | Should -Be 5
            $night.Results[0].Added | Should -Be 20
        }
        finally { Remove-Item Function:Get-MgContext, Function:Invoke-MgGraphRequest, Variable:SyncTest }
    }

    It 'asks and writes nothing with -WhatIf' {
        $night = Invoke-Night $firstNight @{ WhatIf = $true }
        $night.Asked | Should -BeNullOrEmpty
        $night.ExitCode | Should -Be 0
        $folder | Should -Not -Exist
        $mirror | Should -Not -Exist
    }

    It 'begins anew for another mirror, refuses a checkpoint that it cannot read, and a second night at once' {
        Invoke-Night $firstNight | Out-Null
        $night = Invoke-Night $secondNight @{ Mirror = New-TestMirror }
        $night.Warned -match 'of another mirror' | Should -HaveCount 1
        $night.Asked[1] | Should -Match 'ge 2026-10-03T03:00:00Z'

        $lock = [IO.FileStream]::new((Join-Path $folder sync.lock), 'OpenOrCreate', 'ReadWrite', 'None')
        try { { Invoke-Night $secondNight } | Should -Throw 'Another night is at work*' } finally { $lock.Dispose() }

        '{"version":1,"kin' | Set-Content (Join-Path $folder checkpoint.json)
        { Invoke-Night $secondNight } | Should -Throw '*cannot be read*Delete it*'
    }

    It 'has an alert again that failed' {
        $spans = [Collections.Generic.List[string]]::new()
        $alert = { param($Mirror, $Kind, $From, $To) $spans.Add("$($From.UtcDateTime.ToString('s')) $($To.UtcDateTime.ToString('s'))"); if ($spans.Count -eq 1) { throw 'no mail' } }.GetNewClosure()
        (Invoke-Night $firstNight @{ Alert = $alert; ErrorAction = 'SilentlyContinue' }).ExitCode | Should -Be 1
        (Invoke-Night $secondNight @{ Alert = $alert }).ExitCode | Should -Be 0
        $spans | Should -Be '2026-10-01T03:00:00 2026-10-05T01:00:00', '2026-10-01T03:00:00 2026-10-07T01:00:00'
    }

    It 'has help, with examples that parse' {
        $help = Get-Help $sync -Full
        $help.Synopsis | Should -Match 'imports it'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 4
        $named = @($help.parameters.parameter | Where-Object { $_.PSObject.Properties['description'] -and $_.description }).name
        (Get-Command $sync).Parameters.Keys | Where-Object { $_ -notin [Management.Automation.PSCmdlet]::CommonParameters -and $_ -notin 'Now', 'WhatIf', 'Confirm' } |
            Where-Object { $_ -notin $named } | Should -BeNullOrEmpty
    }
}
