BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    if (Test-Path "$tenant/entitlement/assignments") {
        $mirror = New-TestMirror
        Import-SampleState $mirror
        Set-AuditMirror $mirror

        $packages = Read-Export "$tenant/entitlement/accessPackages.json"
        $assignments = Read-Export (Get-ChildItem "$tenant/entitlement/assignments" -File).FullName
        $organizations = Read-Export "$tenant/entitlement/connectedOrganizations.json"
        $users = Read-Export "$tenant/directory/users.json"
        $held = @($assignments | Where-Object { Test-Held $_ })
        # Somebody with several packages: more can go wrong with them.
        $person = ($held | Group-Object { $_.target.objectId } | Sort-Object Count -Descending)[0].Group[0].target
        $package = ($held | Group-Object { $_.accessPackage.id } | Sort-Object Count -Descending)[0].Group[0].accessPackage
    }
    $escape = [char]27
}

AfterAll { Set-AuditMirror -Default }

Describe 'Get-AccessPackage' -Skip:(-not $hasTenant) {
    It 'lists the packages with their catalogs' {
        $found = Get-AccessPackage -AsOf $at
        $found | Should -BeOfType EntraAuditTools.AccessPackage
        foreach ($one in $packages) {
            $mine = $found | Where-Object AccessPackageId -eq $one.id
            $mine | Should -HaveCount 1 -Because $one.displayName
            $mine.DisplayName | Should -Be $one.displayName
            $mine.Catalog.DisplayName | Should -Be $one.catalog.displayName
            $mine.CanRequest | Should -BeNullOrEmpty
        }
    }
    It 'has the resource roles of every package' {
        foreach ($one in $packages) {
            $roles = (Get-AccessPackage -Id $one.id -AsOf $at).ResourceRoles
            $expected = $one.resourceRoleScopes | ForEach-Object { "$($_.role.displayName) of $($_.role.resource.displayName)" } | Sort-Object
            $roles | ForEach-Object { "$($_.Role) of $($_.Resource.DisplayName)" } | Sort-Object | Should -Be $expected -Because $one.displayName
        }
    }
    It 'finds a package by name, wildcard and id' {
        foreach ($ask in @{ Name = $package.displayName.ToUpperInvariant() }, @{ Name = "$($package.displayName.Substring(0, 4))*" }, @{ Id = $package.id }, @{ AccessPackage = $package.id }) {
            (Get-AccessPackage @ask -AsOf $at).AccessPackageId | Should -Contain $package.id
        }
        Get-AccessPackage 'no such package' | Should -BeNullOrEmpty
    }
    It 'filters by catalog' {
        $catalog = $packages[0].catalog
        $expected = ($packages | Where-Object { $_.catalog.id -eq $catalog.id }).id | Sort-Object
        foreach ($text in $catalog.displayName, $catalog.id) { (Get-AccessPackage -Catalog $text -AsOf $at).AccessPackageId | Where-Object { $_ -in $packages.id } | Sort-Object | Should -Be $expected }
    }
    It 'shows which packages a user has' {
        $expected = ($held | Where-Object { $_.target.objectId -eq $person.objectId }).accessPackage.id | Sort-Object -Unique
        foreach ($user in $person.objectId, $person.principalName, $person.displayName) {
            $found = Get-AccessPackage -User $user -Assigned -AsOf $at
            $found.AccessPackageId | Sort-Object -Unique | Should -Be $expected
            $found | ForEach-Object { $_.Assignment.AssignmentId | Should -Not -BeNullOrEmpty; $_.UserId | Should -Be $person.objectId }
        }
    }
    It 'decides for every package whether a user can request it, and says why' {
        $found = Get-AccessPackage -User $person.principalName -AsOf $at
        $found.AccessPackageId | Should -Contain $packages[0].id
        foreach ($one in $found) {
            $one.CanRequest | Should -BeIn 'Yes', 'No', 'Unknown'
            $one.Reason | Should -Not -BeNullOrEmpty
        }
        # What she has she cannot request again.
        ($found | Where-Object Assignment | Where-Object { $_.Assignment.State -eq 'Delivered' }).CanRequest | Should -Not -Contain 'Yes'
    }
    It 'shows Yes and Unknown with -CanRequest' {
        $all = Get-AccessPackage -User $person.principalName -AsOf $at
        (Get-AccessPackage -User $person.principalName -CanRequest -AsOf $at).AccessPackageId | Sort-Object | Should -Be (($all | Where-Object CanRequest -ne 'No').AccessPackageId | Sort-Object)
    }
    It 'needs a user for -<_>' -ForEach 'CanRequest', 'Assigned' {
        $ask = @{ $_ = $true }
        { Get-AccessPackage @ask } | Should -Throw -ErrorId 'UserMissing*'
    }
    It 'takes users of the Graph SDK from the pipeline, by UPN and never by Id' {
        $mgUser = [pscustomobject]@{ Id = 'something else'; DisplayName = 'x'; UserPrincipalName = $person.principalName }
        ($mgUser | Get-AccessPackage -Assigned -AsOf $at).UserId | Select-Object -Unique | Should -Be $person.objectId
    }
    It 'says that -Name and -AccessPackage are one too many' { { Get-AccessPackage -Name a -AccessPackage b } | Should -Throw -ErrorId 'PackageTwice*' }
}

Describe 'Get-AccessPackageAssignment' -Skip:(-not $hasTenant) {
    It 'shows what is held, unless asked otherwise' {
        $found = Get-AccessPackageAssignment -AsOf $at
        $found | Should -BeOfType EntraAuditTools.AccessPackageAssignment
        $found.AssignmentId | Where-Object { $_ -in $assignments.id } | Sort-Object | Should -Be ($held.id | Sort-Object)
    }
    It 'tells whom, what, by which policy and until when' {
        foreach ($one in $held) {
            $mine = Get-AccessPackageAssignment -AssignmentId $one.id -AsOf $at
            $mine | Should -HaveCount 1
            $mine.UserId | Should -Be $one.target.objectId
            $mine.AccessPackageId | Should -Be $one.accessPackage.id
            $mine.Policy.Id | Should -Be $one.assignmentPolicy.id
            $mine.EndKnown | Should -BeTrue
            $mine.End | Should -Be (Get-End $one)
        }
    }
    It 'shows all with -State *' { (Get-AccessPackageAssignment -State * -AsOf $at).AssignmentId | Where-Object { $_ -in $assignments.id } | Sort-Object | Should -Be ($assignments.id | Sort-Object) }
    It 'shows what is asked for by its id, whatever became of it' {
        $ended = ($assignments | Where-Object state -eq 'expired')[0]
        (Get-AccessPackageAssignment -AssignmentId $ended.id).AssignmentId | Should -Be $ended.id
        ([pscustomobject]@{ AssignmentId = $ended.id } | Get-AccessPackageAssignment).AssignmentId | Should -Be $ended.id
    }
    It 'filters by <name>' -ForEach @(
        @{ name = 'package'; ask = { @{ AccessPackage = $package.displayName } }; truth = { $_.accessPackage.id -eq $package.id } }
        @{ name = 'user'; ask = { @{ User = $person.principalName } }; truth = { $_.target.objectId -eq $person.objectId } }
        @{ name = 'policy'; ask = { @{ Policy = $held[0].assignmentPolicy.id } }; truth = { $_.assignmentPolicy.id -eq $held[0].assignmentPolicy.id } }
        @{ name = 'catalog'; ask = { @{ Catalog = $packages[0].catalog.displayName } }; truth = { $id = $_.accessPackage.id; $id -in ($packages | Where-Object { $_.catalog.id -eq $packages[0].catalog.id }).id } }
        @{ name = 'state'; ask = { @{ State = 'partially*' } }; truth = { $_.state -eq 'partiallyDelivered' } }
        @{ name = 'end'; ask = { @{ ExpiringWithin = '30d' } }; truth = { (Get-End $_) -and (Get-End $_) -lt ([datetimeoffset]$at).AddDays(30) } }
    ) {
        $expected = ($held | Where-Object $truth).id | Sort-Object
        $expected | Should -Not -BeNullOrEmpty
        $arguments = & $ask
        (Get-AccessPackageAssignment @arguments -AsOf $at).AssignmentId | Sort-Object | Should -Be $expected
    }
    It 'takes an unquoted span' {
        (Get-AccessPackageAssignment -ExpiringWithin 30d -AsOf $at).AssignmentId | Should -Be (Get-AccessPackageAssignment -ExpiringWithin '30d' -AsOf $at).AssignmentId
        { Get-AccessPackageAssignment -ExpiringWithin soon } | Should -Throw -ErrorId 'SpanInvalid*'
    }
    It 'finds those without an end' {
        (Get-AccessPackageAssignment -AsOf $at | Where-Object { $_.EndKnown -and -not $_.End }).AssignmentId | Where-Object { $_ -in $held.id } | Sort-Object |
            Should -Be (($held | Where-Object { -not (Get-End $_) }).id | Sort-Object)
    }
    It 'answers for an earlier day' {
        $then = Read-Export "$tenant/entitlement/2026-10-04/assignments.json"
        $delivered = ($then | Where-Object { $_.state -eq 'delivered' -and (Test-Held $_ $earlier) }).id
        $found = (Get-AccessPackageAssignment -AsOf $earlier).AssignmentId
        $delivered | Where-Object { $_ -notin $found } | Should -BeNullOrEmpty
        # Somebody was given access in between, and was not shown to have it before.
        $new = ($held | Where-Object { [datetimeoffset]$_.schedule.startDateTime -gt [datetimeoffset]$earlier }).id
        $new | Should -Not -BeNullOrEmpty
        $found | Where-Object { $_ -in $new } | Should -BeNullOrEmpty
    }
    It 'knows that something ended though only a later export tells it' {
        $then = Read-Export "$tenant/entitlement/2026-10-04/assignments.json"
        $ended = $assignments | Where-Object { $_.state -eq 'expired' -and $_.expiredDateTime -and [datetimeoffset]$_.expiredDateTime -gt [datetimeoffset]$earlier -and $_.id -in ($then | Where-Object state -eq 'delivered').id }
        $ended | Should -Not -BeNullOrEmpty
        foreach ($one in $ended) {
            $end = [datetimeoffset]$one.expiredDateTime
            (Get-AccessPackageAssignment -AsOf $end.AddHours(-2)).AssignmentId | Should -Contain $one.id
            (Get-AccessPackageAssignment -AsOf $end.AddHours(2)).AssignmentId | Should -Not -Contain $one.id
        }
    }
    It 'finds what was held at any time in a period' {
        $found = (Get-AccessPackageAssignment -After 2026-09-01T00:00Z -Before $at).AssignmentId
        $ended = $assignments | Where-Object { $_.state -eq 'expired' -and $_.expiredDateTime -and [datetimeoffset]$_.expiredDateTime -gt [datetimeoffset]'2026-09-01T00:00Z' }
        $ended | Should -Not -BeNullOrEmpty
        $ended.id | Where-Object { $_ -notin $found } | Should -BeNullOrEmpty
    }
    It 'refuses times that contradict each other' {
        { Get-AccessPackageAssignment -AsOf $at -Last 7d } | Should -Throw -ErrorId 'TimesContradict*'
        { Get-AccessPackageAssignment -After $at -Before $earlier } | Should -Throw -ErrorId 'TimesContradict*'
    }
    It 'pages and counts' {
        $all = (Get-AccessPackageAssignment -AsOf $at).AssignmentId
        (Get-AccessPackageAssignment -AsOf $at -First 3).AssignmentId | Should -Be $all[0..2]
        (Get-AccessPackageAssignment -AsOf $at -First 3 -Skip 3).AssignmentId | Should -Be $all[3..5]
        $counted = @(Get-AccessPackageAssignment -AsOf $at -First 1 -IncludeTotalCount)
        [uint64]$counted[0] | Should -Be $all.Count
        $counted | Should -HaveCount 2
    }
    It 'says with -Verbose how it understood the question' {
        $text = Get-AccessPackageAssignment -User adele@contoso.example -ExpiringWithin 14d -AsOf $at -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String -Width 500
        $text | Should -Match "user like 'adele@contoso.example'"
        $text | Should -Match '2026-11-15 00:00:00Z'
    }
    It 'stops when somebody has enough' { Get-AccessPackageAssignment -AsOf $at | Select-Object -First 1 | Should -HaveCount 1 }
}

Describe 'What the pipeline binds' -Skip:(-not $hasTenant) {
    It 'keeps the user and the package of an object together' {
        # Two pairs that are held; the crossed pairs must not come back.
        $one = $held[0]
        $other = $held | Where-Object { $_.target.objectId -ne $one.target.objectId -and $_.accessPackage.id -ne $one.accessPackage.id } | Select-Object -First 1
        $pairs = foreach ($pair in $one, $other) { [pscustomobject]@{ UserId = $pair.target.objectId; AccessPackageId = $pair.accessPackage.id } }
        $found = $pairs | Get-AccessPackageAssignment -AsOf $at
        $found | ForEach-Object { "$($_.UserId) $($_.AccessPackageId)" } | Sort-Object -Unique | Should -Be ($pairs | ForEach-Object { "$($_.UserId) $($_.AccessPackageId)" } | Sort-Object -Unique)
    }
    It 'holds to the command line for every object' {
        $people = $held.target.principalName | Select-Object -Unique | ForEach-Object { [pscustomobject]@{ UserPrincipalName = $_ } }
        ($people | Get-AccessPackageAssignment -AccessPackage $package.displayName -AsOf $at).AssignmentId | Sort-Object | Should -Be (($held | Where-Object { $_.accessPackage.id -eq $package.id -and $_.target.principalName }).id | Sort-Object)
    }
    It 'takes objects, deserialised ones too, as arguments' {
        $assignment = Get-AccessPackageAssignment -AssignmentId $held[0].id -AsOf $at
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($assignment))
        foreach ($given in $assignment, $assignment.User, $copy.User, @{ UserId = $assignment.UserId }) { (Get-AccessPackageAssignment -User $given -AsOf $at).UserId | Select-Object -Unique | Should -Be $assignment.UserId }
        (Get-AccessPackageAssignment -AccessPackage (Get-AccessPackage -Id $assignment.AccessPackageId -AsOf $at) -AsOf $at).AccessPackageId | Select-Object -Unique | Should -Be $assignment.AccessPackageId
    }
    It 'takes a name from an object literally' {
        $odd = [pscustomobject]@{ User = [pscustomobject]@{ DisplayName = '*' } }
        $odd | Get-AccessPackageAssignment -AsOf $at | Should -BeNullOrEmpty
    }
    It 'never binds a bare Id' { [pscustomobject]@{ Id = $held[0].id } | Get-AccessPackageAssignment -ErrorAction SilentlyContinue | Should -BeNullOrEmpty }
    It 'answers nothing to an empty pipeline, and to objects that carry nothing' {
        @() | Get-AccessPackageAssignment | Should -BeNullOrEmpty
        [pscustomobject]@{ User = $null; AccessPackage = $null } | Get-AccessPackageAssignment | Should -BeNullOrEmpty
    }
    It 'refuses a variable that is empty' {
        $nobody = $null
        { Get-AccessPackageAssignment -User $nobody } | Should -Throw -ErrorId 'ArgumentEmpty*'
        { Get-ResourceAssignment -User @() } | Should -Throw -ErrorId 'ArgumentEmpty*'
    }
    It 'leads from packages to assignments and back' {
        (Get-AccessPackage -Id $package.id -AsOf $at | Get-AccessPackageAssignment -AsOf $at).AssignmentId | Sort-Object | Should -Be (($held | Where-Object { $_.accessPackage.id -eq $package.id }).id | Sort-Object)
        (Get-AccessPackageAssignment -AssignmentId $held[0].id -AsOf $at | Get-AccessPackage -AsOf $at).AccessPackageId | Should -Be $held[0].accessPackage.id
    }
}

Describe 'Compare-AccessPackageAssignment' -Skip:(-not $hasTenant) {
    It 'agrees with what was held at both times' {
        $before = (Get-AccessPackageAssignment -AsOf $earlier).AssignmentId
        $after = (Get-AccessPackageAssignment -AsOf $at).AssignmentId
        $changes = Compare-AccessPackageAssignment $earlier $at
        $changes | Should -BeOfType EntraAuditTools.AccessPackageAssignmentChange
        ($changes | Where-Object Change -eq 'Added').AssignmentId | Sort-Object | Should -Be ($after | Where-Object { $_ -notin $before } | Sort-Object)
        ($changes | Where-Object Change -eq 'Removed').AssignmentId | Sort-Object | Should -Be ($before | Where-Object { $_ -notin $after } | Sort-Object)
        foreach ($change in $changes | Where-Object Change -eq 'Changed') { $change.Changes | Should -Not -BeNullOrEmpty }
    }
    It 'says once what only the time of a file dates, and a date before anything is known' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $context = 'https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments(accessPackage(),target(),assignmentPolicy())'
        foreach ($policy in 1, 2) {
            $file = Join-Path $folder "$policy.json"
            # As a hashtable has it: what the records are stands before or behind them.
            @{ '@odata.context' = $context; value = @(@{
                id = '00000000-0000-4000-8000-000000000030'; state = 'delivered'
                accessPackage = @{ id = '00000000-0000-4000-8000-000000000010'; displayName = 'Pack' }
                assignmentPolicy = @{ id = "00000000-0000-4000-8000-00000000002$policy"; displayName = "Policy $policy" }
                target = @{ objectId = '00000000-0000-4000-8000-000000000001'; displayName = 'Ada'; subjectType = 'user' }
            }) } | ConvertTo-Json -Depth 9 | Set-Content $file
            (Get-Item $file).LastWriteTimeUtc = "2026-11-15T00:00:0${policy}Z"
        }
        $other = New-TestMirror
        Import-AuditExport $folder -Mirror $other -WarningAction SilentlyContinue | Out-Null
        Compare-AccessPackageAssignment 2026-11-14 2026-11-20 -Mirror $other -IncludeTotalCount -WarningVariable warned -WarningAction SilentlyContinue | Should -HaveCount 1 -Because 'there is the total alone'
        @($warned -like '*-ObservedAt*') | Should -HaveCount 1
        @($warned -like 'Nothing is known of 2026-11-1*') | Should -HaveCount 1
        Get-AccessPackageAssignment -AsOf 2026-11-16 -Mirror $other | Out-String | Should -Match '(?s)Delivered .*\(assumed\)'
        (Get-AccessPackageAssignment -Mirror $other).StateAssumed | Should -BeFalse
        Get-AccessPackage -AsOf 2020-01-01 -Mirror $other -WarningVariable early -WarningAction SilentlyContinue | Out-Null
        @($early -like 'Nothing is known of 20*') | Should -HaveCount 1
        (Get-Item (Join-Path $folder '1.json')).LastWriteTimeUtc = '2026-11-10T00:00:00Z'
        $third = New-TestMirror
        Import-AuditExport $folder -Mirror $third -WarningAction SilentlyContinue | Out-Null
        $change = Compare-AccessPackageAssignment 2026-11-14 2026-11-20 -Mirror $third -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        $change.TimeAssumed | Should -BeTrue
        $change | Out-String | Should -Match '\(assumed\)'
    }
    It 'wants the earlier time first' { { Compare-AccessPackageAssignment $at $earlier } | Should -Throw -ErrorId 'TimesContradict*' }
    It 'filters and pages' {
        $changes = Compare-AccessPackageAssignment $earlier $at
        $one = $changes | Where-Object UserId | Select-Object -First 1
        (Compare-AccessPackageAssignment $earlier $at -User $one.UserId).UserId | Select-Object -Unique | Should -Be $one.UserId
        Compare-AccessPackageAssignment $earlier $at -First 1 | Should -HaveCount 1
    }
}

Describe 'Get-ResourceAssignment' -Skip:(-not $hasTenant) {
    It 'has every role that the packages of a user give, each once' {
        $has = ($held | Where-Object { $_.target.objectId -eq $person.objectId -and $_.state -eq 'delivered' }).accessPackage.id
        $expected = ($packages | Where-Object id -in $has).resourceRoleScopes | ForEach-Object { "$($_.role.displayName) of $($_.role.resource.originId)" } | Sort-Object -Unique
        $found = Get-ResourceAssignment -User $person.objectId -AsOf $at
        $found | Should -BeOfType EntraAuditTools.ResourceAssignment
        $found | ForEach-Object { "$($_.Role) of $($_.ResourceId)" } | Sort-Object | Should -Be $expected
        foreach ($one in $found) { $one.Grants.Count | Should -BeGreaterOrEqual 1; $one.AssignmentId | Where-Object { $_ -notin $assignments.id } | Should -BeNullOrEmpty }
    }
    It 'puts several grants of a role under one object' {
        $found = Get-ResourceAssignment -AsOf $at | Where-Object { $_.Grants.Count -gt 1 }
        $found | Should -Not -BeNullOrEmpty
        $found[0].Grants.AccessPackage.Id | Select-Object -Unique | Should -HaveCount $found[0].Grants.Count
        $found[0] | Out-String -Width 120 | Should -Match ([regex]::Escape($found[0].Grants[1].AccessPackage.DisplayName.Substring(0, 8)))
    }
    It 'tells who reaches a resource' {
        $scope = ($packages | Where-Object id -eq $package.id).resourceRoleScopes[0]
        foreach ($text in $scope.role.resource.originId, $scope.role.resource.displayName) {
            $found = Get-ResourceAssignment -Resource ([WildcardPattern]::Escape($text)) -AsOf $at
            ($held | Where-Object { $_.accessPackage.id -eq $package.id -and $_.state -eq 'delivered' }).target.objectId | Where-Object { $_ -notin $found.UserId } | Should -BeNullOrEmpty
        }
    }
    It 'leads to the assignments that give a role' {
        $role = Get-ResourceAssignment -User $person.objectId -AsOf $at | Sort-Object { $_.AssignmentId.Count } -Descending | Select-Object -First 1
        ($role | Get-AccessPackageAssignment -AsOf $at).AssignmentId | Sort-Object | Should -Be ($role.AssignmentId | Sort-Object)
    }
}

Describe 'Get-ConnectedOrganization' -Skip:(-not $hasTenant) {
    It 'has the columns of the portal' {
        $found = Get-ConnectedOrganization -AsOf $at
        foreach ($one in $organizations) {
            $mine = $found | Where-Object ConnectedOrganizationId -eq $one.id
            $mine.DisplayName | Should -Be $one.displayName
            $mine.State | Should -Be $one.state
            $mine.IdentitySources.Count | Should -Be @($one.identitySources).Count
            $mine.InternalSponsors | Part Id | Sort-Object | Should -Be ($one.internalSponsors | Part id | Sort-Object)
            $mine.ExternalSponsors | Part Id | Sort-Object | Should -Be ($one.externalSponsors | Part id | Sort-Object)
            $domains = $one.identitySources | Part domainName
            $domains | Where-Object { $_ -notin $mine.Domains } | Should -BeNullOrEmpty
        }
    }
    It 'filters by name, state and domain' {
        $one = $organizations | Where-Object { $_.identitySources | Where-Object { $_.PSObject.Properties['domainName'] } } | Select-Object -First 1
        $domain = ($one.identitySources | Where-Object { $_.PSObject.Properties['domainName'] })[0].domainName
        (Get-ConnectedOrganization $one.displayName -AsOf $at).ConnectedOrganizationId | Should -Contain $one.id
        (Get-ConnectedOrganization -Domain $domain.ToUpperInvariant() -AsOf $at).ConnectedOrganizationId | Should -Contain $one.id
        (Get-ConnectedOrganization -State proposed -AsOf $at).ConnectedOrganizationId | Sort-Object | Should -Be (($organizations | Where-Object state -eq 'proposed').id | Sort-Object)
    }
}

Describe 'Get-AccessPackageConflict' -Skip:(-not $hasTenant) {
    It 'finds everybody who holds two incompatible packages' {
        $expected = foreach ($one in $packages | Where-Object { @($_.incompatibleAccessPackages).Count }) {
            foreach ($assignment in $held | Where-Object { $_.accessPackage.id -eq $one.id }) {
                foreach ($other in $held | Where-Object { $_.target.objectId -eq $assignment.target.objectId -and $_.accessPackage.id -in $one.incompatibleAccessPackages.id }) {
                    "$($assignment.target.objectId) $(($one.id, $other.accessPackage.id | Sort-Object) -join ' ')"
                }
            }
        }
        $expected | Should -Not -BeNullOrEmpty
        $found = Get-AccessPackageConflict -Kind IncompatibleAccessPackage -AsOf $at
        $found | Should -BeOfType EntraAuditTools.AccessPackageConflict
        $found | ForEach-Object { "$($_.UserId) $(($_.AccessPackageId, $_.ConflictsWith.Id | Sort-Object) -join ' ')" } | Sort-Object -Unique | Should -Be ($expected | Sort-Object -Unique)
        foreach ($one in $found) { $one.Assignment.AssignmentId | Should -Not -BeNullOrEmpty; $one.OtherAssignment.AssignmentId | Should -Not -BeNullOrEmpty }
    }
    It 'finds who holds a package and is in an incompatible group' {
        $found = Get-AccessPackageConflict -Kind IncompatibleGroup -AsOf $at
        $interns = Read-Export "$tenant/directory/members-Interns.json"
        $forbidding = $packages | Where-Object { 'Interns' -in ($_.incompatibleGroups | Part displayName) }
        $expected = ($held | Where-Object { $_.accessPackage.id -in $forbidding.id -and $_.target.objectId -in $interns.id }).id
        $expected | Should -Not -BeNullOrEmpty
        $expected | Where-Object { $_ -notin $found.AssignmentId } | Should -BeNullOrEmpty
    }
    It 'says what no export tells: "no rows" is not "no conflicts"' {
        function Get-Caution([hashtable] $given) { Get-AccessPackageConflict @given -WarningVariable said -WarningAction SilentlyContinue | Out-Null; "$said" }
        $own = New-TestMirror
        New-Activity 1 | Import-AuditExport -Mirror $own | Out-Null
        Get-Caution @{ Mirror = $own } | Should -BeLike 'The mirror holds no access packages*'
        Get-Caution @{ Mirror = $own; Kind = 'SelfApproval' } | Should -BeNullOrEmpty
        Import-AuditExport "$tenant/entitlement/accessPackages.json" -ObservedAt $at -Mirror $own -WarningAction Ignore | Out-Null
        # Which groups exclude is known, who is in them is not.
        Get-Caution @{ Mirror = $own } | Should -BeLike 'No export has the members of *Interns*'
        Get-Caution @{ Mirror = $own; Kind = 'IncompatibleAccessPackage' } | Should -BeNullOrEmpty
        $other = New-TestMirror
        Import-AuditExport "$tenant/entitlement/2026-10-04/accessPackages-plain.json" -ObservedAt $at -Mirror $other -WarningAction Ignore | Out-Null
        Get-Caution @{ Mirror = $other } | Should -BeLike 'Of * of * access packages no export says what must not go together with them: *$expand=incompatibleAccessPackages,incompatibleGroups do.'
    }
}

Describe 'Import of states' -Skip:(-not $hasTenant) {
    BeforeAll {
        $own = New-TestMirror
        $list = $held | Where-Object { $_.accessPackage.id -eq $package.id }
        function Save([object[]] $records) { $path = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).json"; ConvertTo-Json -InputObject @{ '@odata.context' = 'https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments(target(),accessPackage(),assignmentPolicy())'; value = $records } -Depth 9 | Set-Content $path; $path }
    }
    It 'ends what a complete export lacks, and only that' {
        Import-AuditExport (Save $held) -ObservedAt 2026-10-30T00:00Z -Mirror $own | Out-Null
        Import-AuditExport (Save $held[1..($held.Count - 1)]) -ObservedAt $at -Complete -Mirror $own -WarningVariable said -WarningAction SilentlyContinue | Out-Null
        $said | Should -Match 'assignment \(1\)'
        $found = Get-AccessPackageAssignment -AsOf ([datetimeoffset]$at).AddMinutes(1) -Mirror $own
        $found.AssignmentId | Should -Not -Contain $held[0].id
        $found.AssignmentId | Should -Contain $held[1].id
        (Get-AccessPackageAssignment -AsOf 2026-10-30T12:00Z -Mirror $own).AssignmentId | Should -Contain $held[0].id
    }
    It 'refuses -Complete when <name>' -ForEach @(
        @{ name = 'a file is missing'; files = { (Save $held[1..3]), "$TestDrive/nope.json" } }
        @{ name = 'a page is left'; files = { $path = Save $held[1..3]; $page = Get-Content $path -Raw | ConvertFrom-Json -DateKind String; $page | Add-Member '@odata.nextLink' 'https://graph.microsoft.com/v1.0/next?$skiptoken=x'; $page | ConvertTo-Json -Depth 9 | Set-Content $path; $path } }
    ) {
        $mine = New-TestMirror
        Import-AuditExport (Save $held) -ObservedAt 2026-10-30T00:00Z -Mirror $mine | Out-Null
        Import-AuditExport (& $files) -ObservedAt $at -Complete -Mirror $mine -ErrorVariable refused -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Out-Null
        $refused.FullyQualifiedErrorId | Should -Contain 'CompleteRefused,EntraAuditTools.PowerShell.Cmdlets.ImportAuditExportCommand'
        (Get-AccessPackageAssignment -AsOf ([datetimeoffset]$at).AddMinutes(1) -Mirror $mine).AssignmentId | Should -Contain $held[0].id
    }
    It 'takes objects of the pipeline' {
        $mine = New-TestMirror
        $held | Import-AuditExport -ObservedAt $at -Mirror $mine | Out-Null
        (Get-AccessPackageAssignment -AsOf $at -Mirror $mine).AssignmentId | Sort-Object | Should -Be ($held.id | Sort-Object)
    }
}

Describe 'Completion for entitlement management' -Skip:(-not $hasTenant) {
    It 'completes <line>' -ForEach @(
        @{ line = 'Get-AccessPackageAssignment -AccessPackage '; all = { $packages.displayName } }
        @{ line = 'Get-AccessPackage '; all = { $packages.displayName } }
        @{ line = 'Get-AccessPackage -Catalog '; all = { $packages.catalog.displayName } }
        @{ line = 'Get-ConnectedOrganization '; all = { $organizations.displayName } }
        @{ line = 'Get-ResourceAssignment -Resource '; all = { $packages.resourceRoleScopes.role.resource.displayName } }
        @{ line = 'Get-AccessPackageAssignment -Policy '; all = { $held.assignmentPolicy.displayName } }
    ) {
        $offered = (Complete $line).ListItemText
        & $all | Select-Object -Unique | Where-Object { $_ -notin $offered } | Should -BeNullOrEmpty
    }
    It 'completes users by UPN and by the beginning of their name' {
        (Complete "Get-ResourceAssignment -User $($person.principalName.Substring(0, 5))").ListItemText | Should -Contain $person.principalName
        (Complete "Get-ResourceAssignment -User '$($person.displayName.Substring(0, 5))").ListItemText | Should -Contain $person.principalName
    }
    It 'completes words' {
        (Complete 'Get-AccessPackageAssignment -State d').CompletionText | Should -Contain 'Delivered'
        (Complete 'Get-AccessPackageConflict -Kind s').CompletionText | Should -Be 'SelfApproval'
        (Complete 'Get-AccessPackageAssignment -ExpiringWithin 1').CompletionText | Should -Be '14d'
    }
}

Describe 'Views of entitlement management' -Skip:(-not $hasTenant) {
    It 'fits <name> in <width> columns' -ForEach @(
        foreach ($width in 80, 120, 200) {
            @{ width = $width; name = 'packages'; script = { Get-AccessPackage -AsOf $at } }
            @{ width = $width; name = 'packages, view ResourceRole'; script = { Get-AccessPackage -AsOf $at | Format-Table -View ResourceRole } }
            @{ width = $width; name = 'packages, view Policy'; script = { Get-AccessPackage -AsOf $at | Format-Table -View Policy } }
            @{ width = $width; name = 'the list of packages'; script = { Get-AccessPackage -AsOf $at -First 3 | Format-List } }
            @{ width = $width; name = 'packages for a user'; script = { Get-AccessPackage -User $person.objectId -AsOf $at } }
            @{ width = $width; name = 'assigned packages'; script = { Get-AccessPackage -User $person.objectId -Assigned -AsOf $at } }
            @{ width = $width; name = 'policies'; script = { (Get-AccessPackage -AsOf $at -First 3).Policies } }
            @{ width = $width; name = 'resource roles'; script = { (Get-AccessPackage -AsOf $at -First 3).ResourceRoles } }
            @{ width = $width; name = 'decisions'; script = { (Get-AccessPackage -User $person.objectId -AsOf $at).Decisions } }
            @{ width = $width; name = 'assignments'; script = { Get-AccessPackageAssignment -State * -AsOf $at } }
            @{ width = $width; name = 'assignments, view Source'; script = { Get-AccessPackageAssignment -AsOf $at | Format-Table -View Source } }
            @{ width = $width; name = 'the list of an assignment'; script = { Get-AccessPackageAssignment -AsOf $at -First 2 | Format-List } }
            @{ width = $width; name = 'users'; script = { (Get-AccessPackageAssignment -AsOf $at).User } }
            @{ width = $width; name = 'changes'; script = { Compare-AccessPackageAssignment $earlier $at } }
            @{ width = $width; name = 'the list of changes'; script = { Compare-AccessPackageAssignment $earlier $at | Format-List } }
            @{ width = $width; name = 'conflicts'; script = { Get-AccessPackageConflict -AsOf $at } }
            @{ width = $width; name = 'the list of conflicts'; script = { Get-AccessPackageConflict -AsOf $at | Format-List } }
            @{ width = $width; name = 'resource assignments'; script = { Get-ResourceAssignment -AsOf $at } }
            @{ width = $width; name = 'the list of resource assignments'; script = { Get-ResourceAssignment -AsOf $at -First 3 | Format-List } }
            @{ width = $width; name = 'grants'; script = { (Get-ResourceAssignment -AsOf $at -First 3).Grants } }
            @{ width = $width; name = 'organizations'; script = { Get-ConnectedOrganization -AsOf $at } }
            @{ width = $width; name = 'the list of organizations'; script = { Get-ConnectedOrganization -AsOf $at | Format-List } }
        }
    ) {
        $text = & $script | Out-String -Width $width
        $text.Trim() | Should -Not -BeNullOrEmpty
        Get-Widest $text | Should -BeLessOrEqual $width
    }
    It 'has the columns of the two reports for a user' {
        (Get-AccessPackage -User $person.objectId -AsOf $at | Out-String -Width 120) | Should -Match '(?m)^AccessPackage\s+CanRequest\s+Approval\s+Policy\s+Reason'
        (Get-AccessPackage -User $person.objectId -Assigned -AsOf $at | Out-String -Width 120) | Should -Match '(?m)^AccessPackage\s+Policy\s+State\s+Start \(UTC\)\s+End \(UTC\)'
        (Get-ResourceAssignment -User $person.objectId -AsOf $at | Out-String -Width 120) | Should -Match '(?m)^User\s+Resource\s+Role\s+AccessPackage via policy\s+Start\s+End'
    }
    It 'tells no end from an unknown one' {
        $without = $held | Where-Object { -not (Get-End $_) } | Select-Object -First 1
        Get-AccessPackageAssignment -AssignmentId $without.id -AsOf $at | Out-String -Width 120 | Should -Match 'no end'
        $mine = New-TestMirror
        $bare = $held[0] | Select-Object * -ExcludeProperty schedule
        $bare | Import-AuditExport -ObservedAt $at -Mirror $mine -WarningAction SilentlyContinue | Out-Null
        $said = Get-AccessPackageAssignment -State * -AsOf $at -Mirror $mine
        $said.EndKnown | Should -BeFalse
        $said | Out-String -Width 120 | Should -Match 'unknown'
    }
    It 'shows the same under Constrained Language' {
        $script = "Import-Module '$ModulePath'; Set-AuditMirror '$mirror'; {0}Get-AccessPackageAssignment -AsOf $at | Out-String -Width 120; Get-ResourceAssignment -User '$($person.objectId)' -AsOf $at | Format-List | Out-String -Width 120"
        $full = Invoke-Pwsh ($script -f '')
        $full | Should -Not -BeNullOrEmpty
        Invoke-Pwsh ($script -f '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; ') | Should -Be $full
    }
    It 'colours states through PSStyle, and plain text stays plain' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            Get-AccessPackageAssignment -State Delivered -AsOf $at -First 1 | Out-String -Width 120 | Should -Match ([regex]::Escape($PSStyle.Foreground.Green + 'Delivered'))
            $PSStyle.OutputRendering = 'PlainText'
            Get-AccessPackageAssignment -AsOf $at | Out-String -Width 120 | Should -Not -Match $escape
        }
        finally { $PSStyle.OutputRendering = $before }
    }
}

Describe 'Objects of entitlement management' -Skip:(-not $hasTenant) {
    It 'has the names of Graph' {
        $one = Get-AccessPackageAssignment -AssignmentId ($held | Where-Object { $_.schedule.expiration.endDateTime })[0].id -AsOf $at
        $one.Id | Should -Be $one.AssignmentId
        $one.Target.ObjectId | Should -Be $one.UserId
        $one.AssignmentPolicy.DisplayName | Should -Be $one.Policy.DisplayName
        $one.Schedule.Expiration.EndDateTime | Should -Be $one.End
        (Get-AccessPackage -Id $package.id -AsOf $at).ResourceRoleScopes.Count | Should -Be @(($packages | Where-Object id -eq $package.id).resourceRoleScopes).Count
    }
    It 'has the original record' { ((Get-AccessPackageAssignment -AssignmentId $held[0].id -AsOf $at).Original | ConvertFrom-Json -DateKind String).id | Should -Be $held[0].id }
    It 'says where it comes from' { (Get-AccessPackageAssignment -AssignmentId $held[0].id -AsOf $at).Evidence.Source | Where-Object { $_ -match 'page-00' } | Should -Not -BeNullOrEmpty }
    It 'exports to CSV, readable and each value once' {
        $lines = Get-AccessPackageAssignment -AsOf $at -First 1 | ConvertTo-Csv
        $lines[0] | Should -Match '^"User","AccessPackage","Policy","Catalog","State"'
        $lines[0] | Should -Not -Match 'Target|View|Original|Schedule'
        $lines[1] | Should -Not -Match 'EntraAuditTools\.|System\.'
    }
    It 'comes back whole from CLIXML: <name>' -ForEach @(
        @{ name = 'a package'; script = { Get-AccessPackage -User $person.objectId -Assigned -AsOf $at -First 1 } }
        @{ name = 'an assignment'; script = { Get-AccessPackageAssignment -AsOf $at -First 1 } }
        @{ name = 'a change'; script = { Compare-AccessPackageAssignment $earlier $at -First 1 } }
        @{ name = 'a conflict'; script = { Get-AccessPackageConflict -Kind IncompatibleAccessPackage -AsOf $at -First 1 } }
        @{ name = 'a resource assignment'; script = { Get-ResourceAssignment -AsOf $at -First 1 } }
        @{ name = 'an organization'; script = { Get-ConnectedOrganization -AsOf $at -First 1 } }
    ) {
        $one = & $script
        $one | Should -HaveCount 1
        $one | Export-Clixml "$TestDrive/one.xml"
        $back = Import-Clixml "$TestDrive/one.xml"
        $back | Should -BeOfType $one.GetType()
        $back | ConvertTo-Json -Depth 6 | Should -Be ($one | ConvertTo-Json -Depth 6)
        $back | Format-List | Out-String | Should -Be ($one | Format-List | Out-String)
    }
}

Describe 'Requests on behalf, and policies' {
    BeforeAll {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        @'
{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[
 {"id":"10000000-0000-4000-8000-000000000001","displayName":"Mona Manager","userPrincipalName":"mona@contoso.example","userType":"Member","accountEnabled":true},
 {"id":"10000000-0000-4000-8000-000000000002","displayName":"Emil Employee","userPrincipalName":"emil@contoso.example","userType":"Member","accountEnabled":true,"manager":{"@odata.type":"#microsoft.graph.user","id":"10000000-0000-4000-8000-000000000001"}}]}
'@ | Set-Content "$folder/users.json"
        @'
{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages(catalog(),assignmentPolicies())","value":[
 {"id":"10000000-0000-4000-8000-000000000010","displayName":"Team tools","isHidden":true,"catalog":{"id":"10000000-0000-4000-8000-000000000009","displayName":"General","state":"published","isExternallyVisible":false},
  "assignmentPolicies":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"Managers ask","allowedTargetScope":"allMemberUsers","expiration":{"type":"afterDuration","duration":"P90D"},
   "requestorSettings":{"enableTargetsToSelfAddAccess":false,"enableTargetsToSelfRemoveAccess":true,"allowCustomAssignmentSchedule":true,"enableOnBehalfRequestorsToAddAccess":true,"enableOnBehalfRequestorsToRemoveAccess":true,"onBehalfRequestors":[{"@odata.type":"#microsoft.graph.targetManager","managerLevel":1}]},
   "requestApprovalSettings":{"isApprovalRequiredForAdd":true,"stages":[{"durationBeforeAutomaticDenial":"P7D","primaryApprovers":[{"@odata.type":"#microsoft.graph.requestorManager","managerLevel":1}]}]},
   "reviewSettings":{"isEnabled":true,"isSelfReview":true,"expirationBehavior":"removeAccess","schedule":{"recurrence":{"pattern":{"type":"absoluteMonthly","interval":6}}}},
   "questions":[{"id":"10000000-0000-4000-8000-000000000008","text":"Which team?","isRequired":true}]}]}]}
'@ | Set-Content "$folder/packages.json"
        $behalf = New-TestMirror
        Import-AuditExport $folder -Mirror $behalf -WarningAction Ignore | Out-Null
    }
    It 'answers whom a manager can request for' {
        $found = Get-AccessPackage -RequestedBy mona@contoso.example -CanRequest -Mirror $behalf
        $found | Should -HaveCount 1
        $found.User.UserPrincipalName | Should -Be 'emil@contoso.example'
        $found.RequestedBy.DisplayName | Should -Be 'Mona Manager'
        $found.ApprovalRequired | Should -BeTrue
        ($found | Out-String -Width 80) -replace '\s+', ' ' | Should -Match 'requested by Mona Manager'
    }
    It 'asks for one person, and says where nobody is known to manage' {
        { Get-AccessPackage -RequestedBy 'mo*' -Mirror $behalf -ErrorAction Stop } | Should -Throw -ErrorId 'RequestorNotOne*'
        { Get-AccessPackage -RequestedBy 'mona@contoso.example', 'emil@contoso.example' -Mirror $behalf -ErrorAction Stop } | Should -Throw -ErrorId 'RequestorNotOne*'
        $bare = New-TestMirror
        Import-AuditExport "$folder/packages.json" -Mirror $bare -WarningAction Ignore | Out-Null
        Get-AccessPackage -RequestedBy mona@contoso.example -Mirror $bare -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $said -join ' ' | Should -Match 'expand=manager'
    }
    It 'shows who finds a package beside who can request it' {
        $emil = Get-AccessPackage -User emil@contoso.example -Mirror $behalf
        $emil.VisibleInMyAccess | Should -Be 'No'
        $emil.VisibilityReason | Should -Match 'hidden'
        ($emil | Format-Table -View Visibility | Out-String -Width 80) | Should -Match '(?m)^AccessPackage\s+Visible\s+CanRequest\s+Why visible or not'
    }
    It 'lists the settings of a policy in the portal''s words' {
        $text = (Get-AccessPackage -Mirror $behalf).Policies | Format-List | Out-String -Width 120
        foreach ($line in 'Who can request\s+: All members \(excluding guests\)', 'Enable new requests\s+: no', 'Require approval\s+: manager \(within 7 days\)', 'Request on behalf\s+: yes, by manager; can also remove access',
            'Specific timeline\s+: yes', 'Remove own access\s+: yes', 'Access reviews\s+: bi-annually, self-review', 'Questions\s+: Which team\? \(required\)', 'Assignments expire\s+: after 90 days') { $text | Should -Match $line }
    }
}
