# The portal's two reports for three people of the sample tenant: an employee with several packages, a guest, and somebody who can only
# request. What they should say is worked out here from the exports themselves.
BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
    $names = 'Ingrid Solberg', 'Diego Fuentes', 'Noor Aldana'
    $people = $names | ForEach-Object { @{ name = $_ } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    if (Test-Path "$tenant/entitlement/assignments") {
        $mirror = New-TestMirror
        Import-SampleState $mirror
        Set-AuditMirror $mirror
        $users = Read-Export "$tenant/directory/users.json"
        $packages = Read-Export "$tenant/entitlement/accessPackages.json"
        $catalogs = Read-Export "$tenant/entitlement/catalogs.json"
        $policies = Read-Export "$tenant/entitlement/assignmentPolicies.json"
        $assignments = Read-Export (Get-ChildItem "$tenant/entitlement/assignments" -File).FullName
        $before = Read-Export "$tenant/entitlement/2026-10-04/assignments.json"
        $requests = Read-Export "$tenant/entitlement/assignmentRequests.json"
    }
    function Get-Person([string] $name) { $users | Where-Object displayName -eq $name }
    function Get-Held($person) { $assignments | Where-Object { $_.target.objectId -eq $person.id -and (Test-Held $_) } }
    function Get-Day($time) { ([datetimeoffset]$time).UtcDateTime.ToString('yyyy-MM-dd') }

    function Get-Verdict($person, $package) {
        # Yes or No where the exports leave no doubt; nothing where groups, organizations or rules have to be looked into.
        $held = Get-Held $person | Part accessPackage | Part id
        if ($package.id -in $held) { return 'No' }
        $catalog = $catalogs | Where-Object id -eq $package.catalog.id
        if ($catalog.state -eq 'unpublished' -or ($person.userType -eq 'Guest' -and -not $catalog.isExternallyVisible)) { return 'No' }
        $own = @($policies | Where-Object { $_.accessPackage.id -eq $package.id })
        if (-not $own) { return }
        $open = @($own | Where-Object { $_.requestorSettings.enableTargetsToSelfAddAccess -and -not ($_.expiration.endDateTime -and [datetimeoffset]$_.expiration.endDateTime -le [datetimeoffset]$At) })
        if (-not $open) { return 'No' }
        if ($package.incompatibleAccessPackages -or $package.incompatibleGroups -or ($packages | Where-Object { $package.id -in ($_.incompatibleAccessPackages | Part id) })) { return }
        foreach ($policy in $open) { if ($policy.allowedTargetScope -eq 'allDirectoryUsers' -or ($policy.allowedTargetScope -eq 'allMemberUsers' -and $person.userType -eq 'Member')) { return 'Yes' } }
        if ($person.userType -eq 'Guest' -and $open.allowedTargetScope -contains 'allExternalUsers') { return 'Yes' }
        if ($person.userType -eq 'Member' -and -not ($open.allowedTargetScope | Where-Object { $_ -notin 'allExternalUsers', 'allConfiguredConnectedOrganizationUsers', 'notSpecified' })) { return 'No' }
    }
}

AfterAll { Set-AuditMirror -Default }

Describe 'Access packages for <name>' -Skip:(-not $hasTenant) -ForEach $people {
    BeforeAll {
        $person = Get-Person $name
        $mine = @(Get-Held $person)
    }
    It 'shows what is assigned: package, policy, state, start and end' {
        $found = @(Get-AccessPackage -User $name -Assigned -AsOf $at)
        $found | Part AccessPackageId | Sort-Object | Should -Be ($mine | Part accessPackage | Part id | Sort-Object)
        foreach ($one in $mine) {
            $row = ($found | Where-Object AccessPackageId -eq $one.accessPackage.id).Assignment
            $row.AssignmentId | Should -Be $one.id
            $row.Policy.DisplayName | Should -Be $one.assignmentPolicy.displayName
            $row.State | Should -Be $one.state
            $row.Start | Should -Be ([datetimeoffset]$one.schedule.startDateTime)
            $row.End | Should -Be (Get-End $one)
        }
    }
    It 'shows it in a table: one line each, under the name of whose it is' {
        $text = Get-AccessPackage -User $name -Assigned -AsOf $at | Out-String -Width 120
        if ($mine) { $text | Should -Match ([regex]::Escape("User: $name ($($person.userPrincipalName), $($person.userType))")) } else { $text.Trim() | Should -BeNullOrEmpty }
        foreach ($one in $mine) {
            $end = Get-End $one
            $text | Should -Match ('(?m)^{0}\s+{1}\s+{2}\s+{3} \d\d:\d\d\s+{4}' -f [regex]::Escape($one.accessPackage.displayName), [regex]::Escape($one.assignmentPolicy.displayName), $one.state, (Get-Day $one.schedule.startDateTime), $(if ($end) { Get-Day $end } else { 'no end' }))
        }
    }
    It 'decides what can be requested as the exports have it' {
        $found = Get-AccessPackage -User $person.userPrincipalName -AsOf $at
        $decided = foreach ($package in $packages) {
            $verdict = Get-Verdict $person $package
            $row = $found | Where-Object AccessPackageId -eq $package.id
            $row | Should -HaveCount 1 -Because $package.displayName
            if ($verdict) {
                $row.CanRequest | Should -Be $verdict -Because "$($package.displayName): $($row.Reason)"
                $verdict
            }
        }
        # The three of them have something of both kinds, and most is plain enough to be checked here.
        $decided | Should -Contain 'Yes'
        $decided | Should -Contain 'No'
        $decided.Count | Should -BeGreaterThan ($packages.Count / 2)
    }
    It 'names the deciding policy, one of the package that takes requests, with -CanRequest' {
        $found = Get-AccessPackage -User $name -CanRequest -AsOf $at
        foreach ($row in $found | Where-Object CanRequest -eq 'Yes') {
            $policy = $policies | Where-Object { $_.accessPackage.id -eq $row.AccessPackageId -and $_.displayName -eq $row.Policy.DisplayName }
            $policy | Should -HaveCount 1 -Because $row.DisplayName
            $policy.requestorSettings.enableTargetsToSelfAddAccess | Should -BeTrue
            $row.Reason | Should -Match ([regex]::Escape($policy.displayName))
            $row.Reason | Should -Match $(if ($policy.requestApprovalSettings.isApprovalRequiredForAdd) { 'with approval' } else { 'without approval' })
        }
        $found | Where-Object CanRequest -eq 'Yes' | Should -Not -BeNullOrEmpty
        $found.CanRequest | Should -Not -Contain 'No'
    }
}

Describe 'Resource assignments for <name>' -Skip:(-not $hasTenant) -ForEach $people {
    BeforeAll {
        $person = Get-Person $name
        $expected = foreach ($one in Get-Held $person | Where-Object state -eq 'delivered') {
            foreach ($scope in ($packages | Where-Object id -eq $one.accessPackage.id).resourceRoleScopes) {
                [pscustomobject]@{ Role = "$($scope.role.displayName) of $($scope.role.resource.originId)"; Resource = $scope.role.resource.displayName; Assignment = $one }
            }
        }
        $found = @(Get-ResourceAssignment -User $name -AsOf $at)
    }
    It 'has every role once, with each package and policy that gives it' {
        $found | ForEach-Object { "$($_.Role) of $($_.ResourceId)" } | Sort-Object | Should -Be ($expected | Part Role | Sort-Object -Unique)
        foreach ($one in $found) {
            $grants = @($expected | Where-Object Role -eq "$($one.Role) of $($one.ResourceId)")
            $one.AssignmentId | Sort-Object | Should -Be ($grants.Assignment.id | Sort-Object)
            foreach ($grant in $grants.Assignment) {
                $mine = $one.Grants | Where-Object AssignmentId -eq $grant.id
                $mine.AccessPackage.DisplayName | Should -Be $grant.accessPackage.displayName
                $mine.Policy.DisplayName | Should -Be $grant.assignmentPolicy.displayName
                $mine.Start | Should -Be ([datetimeoffset]$grant.schedule.startDateTime)
                $mine.End | Should -Be (Get-End $grant)
                $mine.EndKnown | Should -BeTrue
            }
        }
    }
    It 'ends when its last grant does, and never when one of them never does' {
        foreach ($one in $found) {
            $ends = @(($expected | Where-Object Role -eq "$($one.Role) of $($one.ResourceId)").Assignment | ForEach-Object { $end = Get-End $_; if ($end) { $end } else { [datetimeoffset]::MaxValue } })
            $last = ($ends | Measure-Object -Maximum).Maximum
            $one.EndKnown | Should -BeTrue
            if ($last -eq [datetimeoffset]::MaxValue) { $one.End | Should -BeNullOrEmpty } else { $one.End | Should -Be $last }
        }
    }
    It 'is a table one would paste into a ticket: packages and policies whole, dates beside or with them' {
        $text = ($found | Out-String -Width 120) -split '\r?\n'
        if (-not $expected) { $found | Should -BeNullOrEmpty; return }
        $header = @($text -match 'via policy')[0]
        $from = $header.IndexOf('AccessPackage via policy')
        $width = $header.IndexOf('Start') - $from
        foreach ($one in $expected) {
            $end = Get-End $one.Assignment
            $words = '{0} via {1}' -f $one.Assignment.accessPackage.displayName, $one.Assignment.assignmentPolicy.displayName
            $shown = ($text | ForEach-Object { if ($_.Length -gt $from) { $_.Substring($from, [Math]::Min($width, $_.Length - $from)).Trim() } }) -join ' '
            $shown | Should -Match ([regex]::Escape($words))
            $first, $last = (Get-Day $one.Assignment.schedule.startDateTime), $(if ($end) { Get-Day $end } else { 'no end' })
            # The first grant's dates stand beside it, another's in its own line.
            ($text -match "$first\s+$last`$") -or $shown.Contains("$words, $first to $last") | Should -BeTrue -Because $words
        }
        $text -match '…' | Should -BeNullOrEmpty
    }
}

Describe 'The three people' -Skip:(-not $hasTenant) {
    It 'are an employee with one resource from two packages, a guest, and somebody who has nothing yet' {
        $counts = foreach ($name in 'Ingrid Solberg', 'Diego Fuentes', 'Noor Aldana') { @(Get-AccessPackage -User $name -Assigned -AsOf $at).Count }
        $counts[0] | Should -BeGreaterThan 1
        $counts[1] | Should -Be 1
        $counts[2] | Should -Be 0
        Get-ResourceAssignment -User 'Ingrid Solberg' -AsOf $at | Where-Object { $_.AccessPackageId.Count -eq 2 } | Should -Not -BeNullOrEmpty
        (Get-AccessPackage -User 'Diego Fuentes' -AsOf $at).User.Type | Select-Object -Unique | Should -Be 'Guest'
        Get-ResourceAssignment -User 'Noor Aldana' -AsOf $at | Should -BeNullOrEmpty
    }
}

Describe '-AsOf around a removal' -Skip:(-not $hasTenant) {
    BeforeAll {
        # Held in the first export, removed by an administrator before the second.
        $removal = $requests | Where-Object { $_.requestType -eq 'adminRemove' -and $_.assignment -and $_.assignment.id -in ($before | Where-Object state -eq 'delivered').id } | Select-Object -First 1
        $removed = $assignments | Where-Object id -eq $removal.assignment.id
        $gone = [datetimeoffset]$removed.expiredDateTime
        $roles = ($packages | Where-Object id -eq $removed.accessPackage.id).resourceRoleScopes | ForEach-Object { "$($_.role.displayName) of $($_.role.resource.originId)" }
        function Get-Role($when) { Get-ResourceAssignment -User $removed.target.objectId -AsOf $when | Where-Object { $removed.id -in $_.AssignmentId } | ForEach-Object { "$($_.Role) of $($_.ResourceId)" } }
    }
    It 'has something to remove' {
        $removed.state | Should -Be 'expired'
        $gone | Should -BeGreaterThan ([datetimeoffset]$earlier)
        $roles | Should -Not -BeNullOrEmpty
    }
    It 'shows it the minute before' {
        $when = $gone.AddMinutes(-1)
        (Get-AccessPackageAssignment -AsOf $when).AssignmentId | Should -Contain $removed.id
        (Get-AccessPackage -User $removed.target.objectId -Assigned -AsOf $when).AccessPackageId | Should -Contain $removed.accessPackage.id
        (Get-AccessPackage -Id $removed.accessPackage.id -User $removed.target.objectId -AsOf $when).CanRequest | Should -Be 'No'
        Get-Role $when | Sort-Object | Should -Be ($roles | Sort-Object)
    }
    It 'no longer shows it the minute after, and says when it ended if asked' {
        $when = $gone.AddMinutes(1)
        (Get-AccessPackageAssignment -AsOf $when).AssignmentId | Should -Not -Contain $removed.id
        (Get-AccessPackage -User $removed.target.objectId -Assigned -AsOf $when).AccessPackageId | Should -Not -Contain $removed.accessPackage.id
        Get-Role $when | Should -BeNullOrEmpty
        $ended = Get-AccessPackageAssignment -AssignmentId $removed.id -AsOf $when
        $ended.State | Should -Be 'Expired'
        $ended.EndedAt | Should -Be $gone
    }
    It 'is what Compare-AccessPackageAssignment tells between the two' {
        $change = Compare-AccessPackageAssignment $gone.AddMinutes(-1) $gone.AddMinutes(1) -User $removed.target.objectId
        $change | Should -HaveCount 1
        $change.Change | Should -Be 'Removed'
        $change.AssignmentId | Should -Be $removed.id
        $change.Time | Should -Be $gone
    }
    It 'agrees with the audit log where no export tells it' {
        $log = New-TestMirror
        Import-AuditExport "$tenant/graph/directoryAudits" -Mirror $log -WarningAction SilentlyContinue | Out-Null
        $removals = Read-Export (Get-ChildItem "$tenant/graph/directoryAudits" -File).FullName | Where-Object activityDisplayName -eq 'Remove access package assignment'
        $removals | Should -Not -BeNullOrEmpty
        foreach ($one in $removals) {
            $time = [datetimeoffset]$one.activityDateTime
            $ask = @{ User = ($one.targetResources | Where-Object type -eq 'User').id; AccessPackage = ($one.targetResources | Where-Object type -eq 'AccessPackage').id; Mirror = $log }
            $held = Get-AccessPackageAssignment @ask -AsOf $time.AddSeconds(-1)
            $held | Should -HaveCount 1 -Because $one.id
            $held.Source | Should -Be 'AuditLog'
            Get-AccessPackageAssignment @ask -AsOf $time.AddSeconds(1) | Should -BeNullOrEmpty -Because $one.id
            (Get-AccessPackageAssignment @ask -State * -AsOf $time.AddSeconds(1)).EndedAt.UtcDateTime.ToString('s') | Should -Be $time.UtcDateTime.ToString('s')
        }
    }
}

Describe 'Ends of resource roles' -Skip:(-not $hasTenant) {
    BeforeAll {
        # One role by two packages of one person; in each test the two assignments get ends of their own.
        $person = Get-Person 'Ingrid Solberg'
        $shared = Get-ResourceAssignment -User $person.id -AsOf $at | Where-Object { $_.Grants.Count -eq 2 } | Select-Object -First 1
        function Get-SharedRole([object[]] $schedules) {
            $mine = New-TestMirror
            Import-AuditExport "$tenant/entitlement/accessPackages.json" -ObservedAt $at -Mirror $mine | Out-Null
            $number = 0
            $records = foreach ($id in $shared.AssignmentId) {
                $copy = $assignments | Where-Object id -eq $id | Select-Object * -ExcludeProperty schedule
                $schedule = $schedules[$number++]
                if ($schedule) { $copy | Add-Member schedule ([pscustomobject]@{ startDateTime = '2026-06-01T00:00:00Z'; recurrence = $null; expiration = [pscustomobject]$schedule }) }
                $copy
            }
            $records | Import-AuditExport -ObservedAt $at -Mirror $mine -WarningAction SilentlyContinue | Out-Null
            Get-ResourceAssignment -User $person.id -Resource $shared.ResourceId -AsOf $at -Mirror $mine
        }
        $never = @{ type = 'noExpiration'; endDateTime = $null; duration = $null }
        $dated = @{ type = 'afterDateTime'; endDateTime = '2027-03-01T00:00:00Z'; duration = $null }
    }
    It 'is <known> for <name>, and views say <says>' -ForEach @(
        @{ name = 'two dates'; first = 'dated'; second = 'dated'; known = 'known'; end = '2027-03-01T00:00:00Z'; says = '2027-03-01' }
        @{ name = 'a date and no end'; first = 'dated'; second = 'never'; known = 'known'; end = $null; says = 'no end' }
        @{ name = 'no end and no schedule'; first = 'never'; second = 'nothing'; known = 'known'; end = $null; says = 'unknown' }
        @{ name = 'a date and no schedule'; first = 'dated'; second = 'nothing'; known = 'unknown'; end = $null; says = 'unknown' }
    ) {
        $schedules = @{ dated = $dated; never = $never; nothing = $null }
        $role = Get-SharedRole $schedules[$first], $schedules[$second]
        $role | Should -HaveCount 1
        $role.Grants | Should -HaveCount 2
        $role.EndKnown | Should -Be ($known -eq 'known')
        if ($end) { $role.End | Should -Be ([datetimeoffset]$end) } else { $role.End | Should -BeNullOrEmpty }
        @($role.Grants | Where-Object { -not $_.EndKnown }).Count | Should -Be @($first, $second | Where-Object { $_ -eq 'nothing' }).Count
        foreach ($text in ($role | Out-String -Width 120), ($role | Format-List | Out-String -Width 120), ($role.Grants | Out-String -Width 120), ($role.Grants | Format-List | Out-String -Width 120)) { $text | Should -Match $says }
    }
}

Describe 'The questions of about_EntraAuditTools_Entitlement' -Skip:(-not $hasTenant) {
    BeforeAll { Set-StrictMode -Off } # As at a prompt: a package without roles has no Resource to ask for.
    It 'answers which packages give a group' {
        $group = ($packages.resourceRoleScopes.role.resource | Where-Object originSystem -eq 'AadGroup' | Group-Object displayName | Sort-Object Count -Descending)[0].Name
        $found = Get-AccessPackage -AsOf $at -Resource $group
        $found.AccessPackageId | Sort-Object | Should -Be (($packages | Where-Object { $group -in $_.resourceRoleScopes.role.resource.displayName }).id | Sort-Object)
    }
    It 'answers who reaches a site' {
        $site = ($packages.resourceRoleScopes.role.resource | Where-Object originSystem -eq 'SharePointOnline')[0].originId
        $giving = ($packages | Where-Object { $site -in $_.resourceRoleScopes.role.resource.originId }).id
        $expected = ($assignments | Where-Object { (Test-Held $_) -and $_.state -eq 'delivered' -and $_.accessPackage.id -in $giving }).target.objectId | Sort-Object -Unique
        $expected | Should -Not -BeNullOrEmpty
        (Get-ResourceAssignment -Resource $site -AsOf $at).UserId | Sort-Object -Unique | Should -Be $expected
    }
    It 'answers which assigned users are guests whose organization is no longer connected' {
        # One organization is in the earlier export only: that it is gone shows when the later one is imported as complete.
        $own = New-TestMirror
        Import-SampleState $own
        Import-AuditExport "$tenant/entitlement/connectedOrganizations.json" -ObservedAt ([datetimeoffset]$at).AddMinutes(1) -Complete -Mirror $own -WarningAction SilentlyContinue | Out-Null
        $now = ([datetimeoffset]$at).AddMinutes(2)
        $connected = (Get-ConnectedOrganization -State configured -AsOf $now -Mirror $own).Domains
        $found = Get-AccessPackageAssignment -AsOf $now -Mirror $own | Where-Object { $_.User.Type -eq 'Guest' -and ($_.UserPrincipalName -replace '#EXT#.*$' -replace '^.*_') -notin $connected }
        $known = Read-Export "$tenant/entitlement/connectedOrganizations.json" | Where-Object state -eq 'configured' | Part identitySources | Part domainName
        $guests = ($users | Where-Object userType -eq 'Guest').id
        $expected = ($assignments | Where-Object { (Test-Held $_) -and $_.target.objectId -in $guests -and ($_.target.email -split '@')[-1] -notin $known }).id
        $expected | Should -Not -BeNullOrEmpty
        $found.AssignmentId | Sort-Object | Should -Be ($expected | Sort-Object)
    }
}

Describe 'Objects of another session' -Skip:(-not $hasTenant) {
    BeforeAll {
        $questions = [ordered]@{
            AccessPackage = "Get-AccessPackage -User 'Ingrid Solberg' -AsOf $at -First 3"
            AccessPackageAssignment = "Get-AccessPackageAssignment -AsOf $at -First 3"
            AccessPackageAssignmentChange = "Compare-AccessPackageAssignment $earlier $at"
            ResourceAssignment = "Get-ResourceAssignment -User 'Ingrid Solberg' -AsOf $at"
            AccessPackageConflict = "Get-AccessPackageConflict -AsOf $at"
            ConnectedOrganization = "Get-ConnectedOrganization -AsOf $at"
        }
        $job = Start-Job -ArgumentList $ModulePath, $mirror, @($questions.Values) {
            param($module, $mirror, $questions)
            Import-Module $module
            Set-AuditMirror $mirror
            foreach ($question in $questions) { Invoke-Expression $question }
        }
        $received = $job | Wait-Job | Receive-Job
        $job | Remove-Job
    }
    It 'come whole from a background job: <_>' -ForEach 'AccessPackage', 'AccessPackageAssignment', 'AccessPackageAssignmentChange', 'ResourceAssignment', 'AccessPackageConflict', 'ConnectedOrganization' {
        $type = "EntraAuditTools.$_"
        $own = @(Invoke-Expression $questions[$_])
        $back = @($received | Where-Object { $_.GetType().FullName -eq $type })
        $own.Count | Should -BeGreaterThan 0
        $back.Count | Should -Be $own.Count
        ($back | Select-Object * -ExcludeProperty RunspaceId, PSComputerName, PSShowComputerName, PSSourceJobInstanceId | ConvertTo-Json -Depth 6) | Should -Be ($own | Select-Object * | ConvertTo-Json -Depth 6)
        $back | Format-Table | Out-String -Width 120 | Should -Be ($own | Format-Table | Out-String -Width 120)
    }
    It 'go on through the pipeline' {
        $role = $received | Where-Object { $_ -is [EntraAuditTools.ResourceAssignment] } | Select-Object -First 1
        ($role | Get-AccessPackageAssignment -AsOf $at).AssignmentId | Sort-Object | Should -Be ($role.AssignmentId | Sort-Object)
    }
}
