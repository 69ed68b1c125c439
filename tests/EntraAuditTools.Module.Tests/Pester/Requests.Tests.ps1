BeforeDiscovery {
    $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments')
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    if (Test-Path "$tenant/entitlement/assignments") {
        $mirror = New-TestMirror
        Import-AuditExport "$tenant/entitlement", "$tenant/entitlement/assignments", "$tenant/directory/users.json" -ObservedAt $at -Mirror $mirror -WarningAction SilentlyContinue | Out-Null
        Import-AuditExport "$tenant/graph/directoryAudits" -Mirror $mirror -WarningAction SilentlyContinue | Out-Null
        Set-AuditMirror $mirror
        $objects = Read-Export "$tenant/entitlement/assignmentRequests.json"
        $assignments = Read-Export (Get-ChildItem "$tenant/entitlement/assignments" -File).FullName
        $events = Read-Export (Get-ChildItem "$tenant/graph/directoryAudits" -File).FullName
        $entitlement = $events | Where-Object category -eq 'EntitlementManagement'
        $all = Get-AccessPackageRequest -WarningAction SilentlyContinue
        # As the documentation's table and Graph's words have it.
        $statusOf = @{ delivered = 'Fulfilled'; pendingApproval = 'PendingApproval'; denied = 'Denied', 'TimedOut'; canceled = 'Canceled'; scheduled = 'Scheduled'; partiallyDelivered = 'PartiallyFulfilled'; deliveryFailed = 'Failed' }
        $typeOf = @{ userAdd = 'UserRequest'; adminAdd = 'DirectAssignment'; systemAdd = 'AutoAssignment'; userRemove = 'Removal'; adminRemove = 'Removal'; systemRemove = 'Removal' }
    }
    filter PackageOf { $_.targetResources | Where-Object type -eq 'AccessPackage' | Select-Object -First 1 }
}

AfterAll { Set-AuditMirror -Default }

Describe 'Get-AccessPackageRequest' -Skip:(-not $hasTenant) {
    It 'has every request object, each once' {
        $all | Should -BeOfType EntraAuditTools.AccessPackageRequest
        foreach ($one in $objects) { $all | Where-Object RequestId -eq $one.id | Should -HaveCount 1 -Because $one.id }
    }
    It 'tells whom, what, which kind and how it stands' {
        foreach ($one in $objects) {
            $mine = $all | Where-Object RequestId -eq $one.id
            $mine.UserId | Should -Be $one.requestor.objectId -Because $one.id
            $mine.AccessPackageId | Should -Be $one.accessPackage.id
            if ($statusOf[$one.state]) { $mine.Status | Should -BeIn $statusOf[$one.state] -Because "$($one.id) is $($one.state)" }
            if ($typeOf[$one.requestType]) { $mine.Type | Should -Be $typeOf[$one.requestType] -Because "$($one.id) is $($one.requestType)" }
            if ($one.status -eq 'ApprovalTimedOut') { $mine.Status | Should -Be 'TimedOut' }
            if ($one.justification) { $mine.Justification | Should -Be $one.justification }
        }
    }
    It 'has the events of the log that name the request' {
        $named = foreach ($one in $objects) {
            $expected = $events | Where-Object { $one.id -in ($_.targetResources | Part id) } | Part id
            $known = ($all | Where-Object RequestId -eq $one.id).Events | Part RecordId
            $expected | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty -Because $one.id
            $expected
        }
        $named | Should -Not -BeNullOrEmpty
    }
    It 'says of every event how it was matched, and has them in order' {
        foreach ($one in $all) {
            foreach ($event in $one.Events) { $event.MatchedBy | Should -BeIn 'RequestId', 'AssignmentId', 'CorrelationId', 'PersonPackageTime', 'RequestObject' }
            $times = @($one.Events.Time)
            for ($i = 1; $i -lt $times.Count; $i++) { $times[$i] | Should -BeGreaterOrEqual $times[$i - 1] }
        }
    }
    It 'tells with -AsOf what was known then' {
        $denied = $all | Where-Object { $_.Status -eq 'Denied' -and $_.Approvals[0].Time -and $_.Source -match 'AuditLog' } | Select-Object -First 1
        $denied | Should -Not -BeNullOrEmpty
        $decided = $denied.Approvals[0].Time
        (Get-AccessPackageRequest -RequestId $denied.RequestId -AsOf $decided.AddSeconds(-30)).Status | Should -Be 'PendingApproval'
        (Get-AccessPackageRequest -RequestId $denied.RequestId -AsOf $decided.AddSeconds(30)).Status | Should -Be 'Denied'
        Get-AccessPackageRequest -RequestId $denied.RequestId -AsOf $denied.RequestedAt.AddSeconds(-1) | Should -BeNullOrEmpty
    }
    It 'finds requests by <name>' -ForEach @(
        @{ name = 'status'; ask = { @{ Status = 'pending*' } }; truth = { $_.Status -eq 'PendingApproval' } }
        @{ name = 'two statuses'; ask = { @{ Status = 'Denied', 'TimedOut' } }; truth = { $_.Status -in 'Denied', 'TimedOut' } }
        @{ name = 'type'; ask = { @{ Type = 'DirectAssignment' } }; truth = { $_.Type -eq 'DirectAssignment' } }
        @{ name = 'user'; ask = { @{ User = $objects[0].requestor.principalName } }; truth = { $_.UserId -eq $objects[0].requestor.objectId } }
        @{ name = 'package'; ask = { @{ AccessPackage = $objects[0].accessPackage.displayName } }; truth = { $_.AccessPackageId -eq $objects[0].accessPackage.id } }
        @{ name = 'id'; ask = { @{ RequestId = $objects[0].id, $objects[1].id } }; truth = { $_.RequestId -in $objects[0].id, $objects[1].id } }
    ) {
        $arguments = & $ask
        $expected = $all | Where-Object $truth | ForEach-Object { "$($_.RequestId) $($_.RequestedAt.UtcTicks)" } | Sort-Object
        $expected | Should -Not -BeNullOrEmpty
        Get-AccessPackageRequest @arguments | ForEach-Object { "$($_.RequestId) $($_.RequestedAt.UtcTicks)" } | Sort-Object | Should -Be $expected
    }
    It 'comes newest first, pages and counts' {
        $times = @($all.RequestedAt)
        for ($i = 1; $i -lt $times.Count; $i++) { $times[$i - 1] | Should -BeGreaterOrEqual $times[$i] }
        (Get-AccessPackageRequest -First 3 -Skip 2).RequestId | Should -Be $all[2..4].RequestId
        [uint64]@(Get-AccessPackageRequest -First 1 -IncludeTotalCount)[0] | Should -Be @($all).Count
    }
    It 'takes the time of the request for -After and -Before' {
        $after = [datetimeoffset]'2026-10-10T00:00Z'
        $before = [datetimeoffset]'2026-10-20T00:00Z'
        $found = Get-AccessPackageRequest -After $after -Before $before -WarningAction SilentlyContinue
        $found.RequestId | Sort-Object | Should -Be (($all | Where-Object { $_.RequestedAt -ge $after -and $_.RequestedAt -lt $before }).RequestId | Sort-Object)
    }
    It 'warns when the audit log does not cover the time' {
        Get-AccessPackageRequest -After 2025-01-01 -Before 2025-02-01 -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -HaveCount 1
    }
    It 'tells how long a pending request has waited' {
        $before = [datetimeoffset]::UtcNow
        $pending = Get-AccessPackageRequest -Status PendingApproval
        $after = [datetimeoffset]::UtcNow
        $expected = $objects | Where-Object state -eq 'pendingApproval'
        $expected | Should -Not -BeNullOrEmpty
        $pending.RequestId | Sort-Object | Should -Be ($expected.id | Sort-Object)
        foreach ($one in $pending) {
            $one.RequestedAt.UtcDateTime.ToString('s') | Should -Be ([datetimeoffset]($expected | Where-Object id -eq $one.RequestId).createdDateTime).UtcDateTime.ToString('s')
            # Since its approver was asked, where the log tells that; else since the request.
            $asked = $events | Where-Object { $_.activityDisplayName -like '*request approval' -and $one.RequestId -in ($_.targetResources | Part id) } | ForEach-Object { [datetimeoffset]$_.activityDateTime }
            $since = (@($asked) + $one.RequestedAt | Measure-Object -Maximum).Maximum
            $one.Waiting | Should -BeGreaterOrEqual ($before - $since)
            $one.Waiting | Should -BeLessOrEqual ($after - $one.RequestedAt)
            $one.DeliveredAt | Should -BeNullOrEmpty
        }
        $all | Where-Object { $_.Status -ne 'PendingApproval' -and $null -ne $_.Waiting } | Should -BeNullOrEmpty
    }
    It 'tells for whom it waits, as the log names the approver' {
        $asked = foreach ($one in $objects | Where-Object state -eq 'pendingApproval') {
            $approver = $events | Where-Object { $_.activityDisplayName -eq 'Add approver to request approval' -and $one.id -in ($_.targetResources | Part id) } | ForEach-Object { $_.targetResources | Where-Object type -eq 'User' }
            $mine = $all | Where-Object RequestId -eq $one.id
            if ($approver) {
                $mine.WaitingFor | Should -Be $approver.displayName
                ($mine.Approvals | Where-Object Decision -eq 'Pending').Approver.Id | Should -Be $approver.id
                $mine | Format-Table -View Waiting | Out-String -Width 120 | Should -Match ([regex]::Escape($approver.displayName))
                $approver
            }
            else { $mine | Format-Table -View Waiting | Out-String -Width 120 | Should -Match '\(unknown\)\s*$' }
        }
        $asked | Should -Not -BeNullOrEmpty
    }
    It 'says who approved, when and with which words' {
        $file = Get-ChildItem "$tenant/entitlement" -Filter 'approval-*.json' | Where-Object { (Get-Content $_ -Raw | ConvertFrom-Json).stages.reviewResult -contains 'Approve' } | Select-Object -First 1
        $approval = Get-Content $file -Raw | ConvertFrom-Json -DateKind String
        $stage = $approval.stages | Where-Object reviewResult -eq 'Approve' | Select-Object -First 1
        $mine = (Get-AccessPackageRequest -RequestId $approval.id).Approvals | Where-Object { $_.Approver.Id -eq $stage.reviewedBy.id -and $_.Decision -eq 'Approved' }
        $mine | Should -Not -BeNullOrEmpty
        $mine[0].Justification | Should -Be $stage.justification
    }
}

Describe 'Access lineage' -Skip:(-not $hasTenant) {
    BeforeAll {
        # Somebody whose assignment came of a request that the mirror has.
        $request = $objects | Where-Object { $_.requestType -eq 'userAdd' -and $_.state -eq 'delivered' -and $_.assignment.id -in ($assignments | Where-Object state -eq 'delivered').id } | Select-Object -First 1
    }
    It 'leads from a resource to the request' {
        $request | Should -Not -BeNullOrEmpty
        $roles = Get-ResourceAssignment -User $request.requestor.objectId -AsOf $at | Where-Object { $request.assignment.id -in $_.AssignmentId }
        $roles | Should -Not -BeNullOrEmpty
        ($roles | Get-AccessPackageAssignment -AsOf $at | Get-AccessPackageRequest).RequestId | Should -Contain $request.id
    }
    It 'tells in one pipeline why she has this role: who approved it, and with which words' {
        $told = 0
        foreach ($approval in $events | Where-Object activityDisplayName -eq 'Request approved') {
            $id = ($approval.targetResources | Where-Object type -eq 'Other').id
            $mine = $objects | Where-Object { $_.id -eq $id -and $_.assignment -and $_.assignment.id -in ($assignments | Where-Object state -eq 'delivered').id }
            if (-not $mine) { continue }
            $why = Get-ResourceAssignment -User $mine.requestor.principalName -AsOf $at | Where-Object { $mine.assignment.id -in $_.AssignmentId } | Select-Object -First 1 | Get-AccessPackageAssignment | Get-AccessPackageRequest | Where-Object RequestId -eq $id
            $why.Justification | Should -Be $mine.justification
            $stage = $why.Approvals | Where-Object Decision -eq 'Approved'
            $stage.Approver.Id | Should -Contain $approval.initiatedBy.user.id
            $stage.Justification | Should -Contain ($approval.additionalDetails | Where-Object key -eq 'Justification').value
            $told++
        }
        $told | Should -BeGreaterThan 0
    }
    It 'leads from a request to the resource roles that it gave' {
        $roles = Get-AccessPackageRequest -RequestId $request.id | Get-ResourceAssignment -AsOf $at
        $expected = (Read-Export "$tenant/entitlement/accessPackages.json" | Where-Object id -eq $request.accessPackage.id).resourceRoleScopes
        $roles | ForEach-Object { "$($_.Role) of $($_.ResourceId)" } | Sort-Object | Should -Be ($expected | ForEach-Object { "$($_.role.displayName) of $($_.role.resource.originId)" } | Sort-Object)
        $roles.UserId | Select-Object -Unique | Should -Be $request.requestor.objectId
    }
    It 'leads from a request to its assignment' { (Get-AccessPackageRequest -RequestId $request.id | Get-AccessPackageAssignment).AssignmentId | Should -Be $request.assignment.id }
    It 'finds requests by the id of the assignment, extensions and removals too' {
        $shared = ($objects | Where-Object assignment | Group-Object { $_.assignment.id } | Sort-Object Count -Descending)[0]
        $shared.Count | Should -BeGreaterThan 1
        $found = (Get-AccessPackageRequest -AssignmentId $shared.Name).RequestId
        $shared.Group.id | Where-Object { $_ -notin $found } | Should -BeNullOrEmpty
    }
    It 'binds no bare Id' { [pscustomobject]@{ Id = $request.id } | Get-AccessPackageRequest -ErrorAction SilentlyContinue | Should -BeNullOrEmpty }
}

Describe 'Get-AccessPackageActivity' -Skip:(-not $hasTenant) {
    BeforeAll {
        $package = ($entitlement | PackageOf | Group-Object id | Sort-Object Count -Descending)[0].Group[0]
        $expected = $entitlement | Where-Object { ($_ | PackageOf | Part id) -eq $package.id }
    }
    It 'has the rows of the workbook with -Result success' {
        $rows = $expected | Where-Object result -eq 'success'
        $found = Get-AccessPackageActivity -AccessPackage $package.id -Result success
        $found | Should -BeOfType EntraAuditTools.AccessPackageActivity
        $found | ForEach-Object { "$($_.Time.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ss')) $($_.Operation)" } | Sort-Object |
            Should -Be ($rows | ForEach-Object { "$(([datetimeoffset]$_.activityDateTime).UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ss')) $($_.activityDisplayName)" } | Sort-Object)
    }
    It 'counts the workbook''s rows for every package, and in a range of time' {
        $from = [datetimeoffset]'2026-09-15T00:00Z'
        $to = [datetimeoffset]'2026-10-15T00:00Z'
        $rows = $entitlement | Where-Object { $_.result -eq 'success' -and ($_ | PackageOf) }
        $picker = $rows | Group-Object { ($_ | PackageOf).id }
        $picker.Count | Should -BeGreaterThan 5
        @(Get-AccessPackageActivity -Result success).Count | Should -Be @($rows).Count
        foreach ($one in $picker) {
            @(Get-AccessPackageActivity -AccessPackage $one.Name -Result success).Count | Should -Be $one.Count -Because $one.Name
            $within = @($one.Group | Where-Object { [datetimeoffset]$_.activityDateTime -ge $from -and [datetimeoffset]$_.activityDateTime -lt $to }).Count
            @(Get-AccessPackageActivity -AccessPackage $one.Name -Result success -After $from -Before $to).Count | Should -Be $within -Because $one.Name
        }
    }
    It 'has failures too' {
        @(Get-AccessPackageActivity -AccessPackage $package.id).Count | Should -Be @($expected).Count
        $failed = $entitlement | Where-Object { $_.result -eq 'failure' -and ($_ | PackageOf) }
        @(Get-AccessPackageActivity -Result failure).Count | Should -Be @($failed).Count
    }
    It 'tells who started it, and the details as objects and as JSON' {
        $source = $expected | Where-Object { $_.initiatedBy.user -and @($_.additionalDetails).Count -gt 0 } | Select-Object -First 1
        $time = [datetimeoffset]$source.activityDateTime
        $row = Get-AccessPackageActivity -AccessPackage $package.id -Operation ([WildcardPattern]::Escape($source.activityDisplayName)) | Where-Object { [Math]::Abs(($_.Time - $time).TotalMilliseconds) -lt 1 } | Select-Object -First 1
        $row.ObjectId | Should -Be $source.initiatedBy.user.id
        $row.UserPrincipalName | Should -Be $source.initiatedBy.user.userPrincipalName
        $row.Details[0].Key | Should -Be $source.additionalDetails[0].key
        @($row.DetailsJson | ConvertFrom-Json -DateKind String)[0].key | Should -Be $source.additionalDetails[0].key
        $row.OperationName | Should -Be $row.Operation
    }
    It 'filters by operation and initiator' {
        $who = ($expected | Where-Object { $_.initiatedBy.user }).initiatedBy.user[0]
        @(Get-AccessPackageActivity -AccessPackage $package.id -User $who.id).Count | Should -Be @($expected | Where-Object { $_.initiatedBy.user -and $_.initiatedBy.user.id -eq $who.id }).Count
        (Get-AccessPackageActivity -Operation 'user requests*').Operation | Select-Object -Unique | ForEach-Object { $_ | Should -BeLike 'User requests*' }
    }
    It 'completes to packages that have activity in the time asked for' {
        (Complete 'Get-AccessPackageActivity -AccessPackage ').ListItemText | Should -Contain $package.displayName
        Complete 'Get-AccessPackageActivity -After 2025-01-01 -Before 2025-02-01 -AccessPackage ' | Part ListItemText | Should -BeNullOrEmpty
    }
}

Describe 'Get-AppRoleAssignmentActivity' -Skip:(-not $hasTenant) {
    BeforeAll {
        $names = @(
            'Add app role assignment grant to user', 'Add app role assignment to group', 'Add app role assignment to service principal'
            'Remove app role assignment from user', 'Remove app role assignment from group', 'Remove app role assignment from service principal'
            foreach ($kind in 'user', 'group', 'service principal') { "Add a deletion-marked app role assignment grant to $kind as part of link removal" }
        )
        $changes = $events | Where-Object { $_.activityDisplayName -in $names -and $_.category -in 'UserManagement', 'GroupManagement', 'ApplicationManagement' }
        $governed = $changes | Where-Object { $_.initiatedBy.app -and $_.initiatedBy.app.displayName -like 'Azure AD Identity Governance - *Management' }
    }
    It 'shows those that did not come from an access package' {
        $governed | Should -Not -BeNullOrEmpty
        $found = Get-AppRoleAssignmentActivity
        $found | Should -BeOfType EntraAuditTools.AppRoleAssignmentActivity
        $found.ViaEntitlement | Should -Not -Contain $true
        @($found).Count | Should -Be (@($changes).Count - @($governed).Count)
    }
    It 'shows the others too with -IncludeEntitlement, and says how it was decided' {
        $found = Get-AppRoleAssignmentActivity -IncludeEntitlement
        @($found).Count | Should -Be @($changes).Count
        @($found | Where-Object ViaEntitlement).Count | Should -Be @($governed).Count
        foreach ($one in $found) { $one.Basis | Should -Not -BeNullOrEmpty; $one.Operation | Should -BeIn 'Add', 'Remove' }
    }
    It 'shows the request that the others came from, where the log ties them' {
        $found = Get-AppRoleAssignmentActivity -IncludeEntitlement
        $tied = 0
        foreach ($change in $governed) {
            $same = $entitlement | Where-Object correlationId -eq $change.correlationId
            $request = $same | Part targetResources | Where-Object type -eq 'AccessPackageAssignmentRequest' | Part id | Select-Object -Unique
            if (-not $request) { continue }
            $mine = $found | Where-Object { $_.GetActivity().Id -eq $change.id }
            $mine.RequestId | Should -BeIn @($request) -Because $change.id
            $mine.AccessPackage.Id | Should -BeIn @($same | PackageOf | Part id)
            (Get-AccessPackageRequest -RequestId $mine.RequestId).AccessPackageId | Should -Be $mine.AccessPackage.Id
            $tied++
        }
        $tied | Should -BeGreaterThan 0
    }
    It 'tells which application, role and principal, who did it and when' {
        foreach ($change in $changes | Where-Object { $_ -notin $governed }) {
            $mine = Get-AppRoleAssignmentActivity | Where-Object { $_.GetActivity().Id -eq $change.id }
            $target = $change.targetResources | Where-Object { $_.modifiedProperties } | Select-Object -First 1
            $value = @{}
            foreach ($property in $target.modifiedProperties) { $value[$property.displayName] = "$($property.newValue)$($property.oldValue)".Trim('"') }
            $mine.Application | Should -Be $target.displayName
            $mine.Role | Should -Be $value['AppRole.DisplayName']
            $mine.PrincipalId | Should -BeIn @('User', 'Group', 'ServicePrincipal' | ForEach-Object { $value["$_.ObjectID"] } | Where-Object { $_ })
            $mine.InitiatedBy.Id | Should -Be $(if ($change.initiatedBy.user) { $change.initiatedBy.user.id } else { $change.initiatedBy.app.servicePrincipalId })
            $mine.Result | Should -Be $change.result
            $mine.Time.UtcDateTime.ToString('s') | Should -Be ([datetimeoffset]$change.activityDateTime).UtcDateTime.ToString('s')
        }
    }
    It 'shows in its tables what failed' {
        $changes.result | Should -Contain 'failure'
        foreach ($view in 'AppRoleAssignmentActivity', 'Entitlement') { @((Get-AppRoleAssignmentActivity -IncludeEntitlement | Format-Table -View $view | Out-String -Width 120) -split '\r?\n' -match '^\d{4}\S+ \S+ .*\bfailure\b').Count | Should -Be @($changes | Where-Object result -eq 'failure').Count }
    }
    It 'finds an application and a principal' {
        $one = Get-AppRoleAssignmentActivity -IncludeEntitlement | Where-Object { $_.Application -and $_.Principal } | Select-Object -First 1
        (Get-AppRoleAssignmentActivity ([WildcardPattern]::Escape($one.Application)) -IncludeEntitlement).Application | Select-Object -Unique | Should -Be $one.Application
        (Get-AppRoleAssignmentActivity -User ([WildcardPattern]::Escape($one.Principal)) -IncludeEntitlement).Principal | Select-Object -Unique | Should -Be $one.Principal
    }
}

Describe 'Self-approval' -Skip:(-not $hasTenant) {
    It 'is found where the log has the requestor approve' {
        # An approval of the sample tenant, with the requestor in the approver's place.
        $approval = $events | Where-Object activityDisplayName -eq 'Approve access package assignment request' | Select-Object -First 1
        $id = ($approval.targetResources | Where-Object type -eq 'AccessPackageAssignmentRequest').id
        $one = $objects | Where-Object id -eq $id
        $own = New-TestMirror
        $records = foreach ($event in $events | Where-Object { $id -in ($_.targetResources | Part id) }) {
            $copy = $event | ConvertTo-Json -Depth 9 | ConvertFrom-Json -DateKind String
            if ($copy.initiatedBy.user -and $copy.initiatedBy.user.id -eq $approval.initiatedBy.user.id) {
                $copy.initiatedBy.user.id = $one.requestor.objectId
                $copy.initiatedBy.user.userPrincipalName = $one.requestor.principalName
                $copy.initiatedBy.user.displayName = $one.requestor.displayName
            }
            $copy
        }
        $records | Import-AuditExport -Mirror $own | Out-Null
        $found = Get-AccessPackageConflict -Kind SelfApproval -Mirror $own
        $found | Should -HaveCount 1
        $found.RequestId | Should -Be $id
        $found.UserId | Should -Be $one.requestor.objectId
        $found.AccessPackageId | Should -Be $one.accessPackage.id
        ($found | Get-AccessPackageRequest -Mirror $own).RequestId | Should -Contain $id
        Get-AccessPackageConflict -Kind SelfApproval | Should -BeNullOrEmpty
    }
}

Describe 'Completion for requests' -Skip:(-not $hasTenant) {
    It 'completes words of <line>' -ForEach @(
        @{ line = 'Get-AccessPackageRequest -Status p'; expected = 'PendingApproval' }
        @{ line = 'Get-AccessPackageRequest -Type d'; expected = 'DirectAssignment' }
        @{ line = 'Get-AccessPackageActivity -Result s'; expected = 'success' }
    ) { (Complete $line).CompletionText | Should -Contain $expected }
    It 'completes names that the log has' {
        foreach ($name in $entitlement.activityDisplayName | Select-Object -Unique) { (Complete 'Get-AccessPackageActivity -Operation ').ListItemText | Should -Contain $name }
        $one = $objects | Where-Object { $_.requestor.objectId } | Select-Object -First 1
        (Complete "Get-AccessPackageRequest -User $($one.requestor.principalName.Substring(0, 6))").ListItemText | Should -Contain $one.requestor.principalName
        (Complete 'Get-AccessPackageRequest -AccessPackage ').ListItemText | Should -Contain $one.accessPackage.displayName
        $application = (Get-AppRoleAssignmentActivity -First 1).Application
        (Complete "Get-AppRoleAssignmentActivity $($application.Substring(0, 3))").ListItemText | Should -Contain $application
    }
}

Describe 'Views of requests' -Skip:(-not $hasTenant) {
    It 'fits <name> in <width> columns' -ForEach @(
        foreach ($width in 80, 120, 200) {
            @{ width = $width; name = 'requests'; script = { $all } }
            @{ width = $width; name = 'what waits'; script = { Get-AccessPackageRequest -Status PendingApproval | Format-Table -View Waiting } }
            @{ width = $width; name = 'the list of requests'; script = { $all | Select-Object -First 5 | Format-List } }
            @{ width = $width; name = 'the story of requests'; script = { $all | Format-Custom } }
            @{ width = $width; name = 'events'; script = { $all.Events } }
            @{ width = $width; name = 'the list of events'; script = { $all.Events | Select-Object -First 20 | Format-List } }
            @{ width = $width; name = 'approvals'; script = { $all.Approvals } }
            @{ width = $width; name = 'the list of approvals'; script = { $all.Approvals | Format-List } }
            @{ width = $width; name = 'activity'; script = { Get-AccessPackageActivity } }
            @{ width = $width; name = 'the list of activity'; script = { Get-AccessPackageActivity -First 5 | Format-List } }
            @{ width = $width; name = 'app roles'; script = { Get-AppRoleAssignmentActivity -IncludeEntitlement } }
            @{ width = $width; name = 'app roles, view Entitlement'; script = { Get-AppRoleAssignmentActivity -IncludeEntitlement | Format-Table -View Entitlement } }
            @{ width = $width; name = 'the list of app roles'; script = { Get-AppRoleAssignmentActivity -IncludeEntitlement -First 5 | Format-List } }
        }
    ) {
        $text = & $script | Out-String -Width $width
        $text.Trim() | Should -Not -BeNullOrEmpty
        Get-Widest $text | Should -BeLessOrEqual $width
    }
    It 'tells the story: who, what, when, result' {
        $one = $all | Where-Object { $_.Status -eq 'Fulfilled' -and $_.Events.Count -gt 2 } | Select-Object -First 1
        $text = $one | Format-Custom | Out-String -Width 200
        $text | Should -Match ([regex]::Escape("$($one.User) → $($one.AccessPackage): Fulfilled"))
        foreach ($event in $one.Events) { $text | Should -Match ([regex]::Escape($event.Time.UtcDateTime.ToString('yyyy-MM-dd HH:mm:ss')) + "Z\s+$($event.Phase)") }
    }
    It 'says in the table how an assignment ended' {
        $ended = $all | Where-Object AssignmentEndedAt
        $ended | Should -Not -BeNullOrEmpty
        foreach ($one in $ended) {
            $word = switch ($one.EndReason) { 'Expired' { '{0} expired' } 'CanceledByUser' { '{0} canceled: user' } 'RemovedByAdministrator' { '{0} removed: admin' } 'PolicyRule' { '{0} removed: rule' } 'Unknown' { '{0} ended' } default { throw "No words for $_." } }
            $one | Out-String -Width 120 | Should -Match ($word -f $one.AssignmentEndedAt.UtcDateTime.ToString('yyyy-MM-dd'))
        }
    }
    It 'asks nobody for what nobody decided' {
        $none = $all.Approvals | Where-Object Decision -in 'NotRequired', 'TimedOut'
        $none | Should -Not -BeNullOrEmpty
        $none | Out-String -Width 120 | Should -Not -Match 'unknown'
    }
    It 'names each file once, however many records came from it' {
        $one = $all | Sort-Object { @($_.Evidence).Count } -Descending | Select-Object -First 1
        $files = @($one.Evidence | ForEach-Object { Split-Path -Leaf $_.Source })
        $files.Count | Should -BeGreaterThan @($files | Select-Object -Unique).Count
        $text = $one | Format-List | Out-String -Width 400
        foreach ($file in $files | Select-Object -Unique) { [regex]::Matches($text, [regex]::Escape($file)).Count | Should -Be 1 }
    }
    It 'points out what only person, package and time tie together' {
        $weak = [EntraAuditTools.AccessPackageRequestEvent]@{ Time = [datetimeoffset]$at; Phase = 'Request'; Activity = 'A'; MatchedBy = 'PersonPackageTime' }
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $weak | Out-String -Width 120 | Should -Match ([regex]::Escape($PSStyle.Formatting.Warning + 'PersonPackageTime'))
        }
        finally { $PSStyle.OutputRendering = $before }
    }
    It 'keeps control characters of the log out' {
        $odd = [EntraAuditTools.AccessPackageRequestEvent]@{ Time = [datetimeoffset]$at; Phase = 'Request'; Activity = "A$([char]27)]0;title$([char]7)"; By = "B$([char]27)[2J"; Detail = "C`nD"; MatchedBy = 'RequestId' }
        $odd | Format-List | Out-String -Width 120 | Should -Not -Match ([char]27)
    }
}

Describe 'Objects of requests' -Skip:(-not $hasTenant) {
    It 'has the names of Graph' {
        $one = Get-AccessPackageRequest -RequestId $objects[0].id
        $one.Id | Should -Be $objects[0].id
        $one.Requestor.ObjectId | Should -Be $objects[0].requestor.objectId
        $one.CreatedDateTime | Should -Be $one.RequestedAt
    }
    It 'comes back whole from CLIXML: <name>' -ForEach @(
        @{ name = 'a request'; script = { Get-AccessPackageRequest -Status Fulfilled -First 1 } }
        @{ name = 'an event of a package'; script = { Get-AccessPackageActivity -First 1 } }
        @{ name = 'a change of an app role'; script = { Get-AppRoleAssignmentActivity -First 1 } }
    ) {
        $one = & $script
        $one | Export-Clixml "$TestDrive/one.xml"
        $back = Import-Clixml "$TestDrive/one.xml"
        $back | Should -BeOfType $one.GetType()
        $back | Format-List | Out-String | Should -Be ($one | Format-List | Out-String)
    }
    It 'comes whole from a background job, and goes on through the pipeline' {
        $job = Start-Job -ArgumentList $ModulePath, $mirror { param($module, $mirror) Import-Module $module; Set-AuditMirror $mirror; Get-AccessPackageRequest -Status Fulfilled -WarningAction SilentlyContinue; Get-AccessPackageActivity -First 3; Get-AppRoleAssignmentActivity -First 3 }
        $received = $job | Wait-Job | Receive-Job
        $job | Remove-Job
        $own = @(Get-AccessPackageRequest -Status Fulfilled -WarningAction SilentlyContinue; Get-AccessPackageActivity -First 3; Get-AppRoleAssignmentActivity -First 3)
        @($received).Count | Should -Be $own.Count
        foreach ($kind in 'AccessPackageRequest', 'AccessPackageActivity', 'AppRoleAssignmentActivity') {
            $there, $here = foreach ($list in $received, $own) { , @($list | Where-Object { $_.GetType().FullName -eq "EntraAuditTools.$kind" }) }
            $there.Count | Should -BeGreaterThan 0
            $there | Format-List | Out-String -Width 120 | Should -Be ($here | Format-List | Out-String -Width 120)
        }
        $request = $received | Where-Object { $_ -is [EntraAuditTools.AccessPackageRequest] -and $_.AssignmentId } | Select-Object -First 1
        ($request | Get-AccessPackageAssignment).AssignmentId | Should -Be $request.AssignmentId
        $request | Format-Custom | Out-String -Width 120 | Should -Be ($own | Where-Object { $_ -is [EntraAuditTools.AccessPackageRequest] -and $_.RequestId -eq $request.RequestId } | Format-Custom | Out-String -Width 120)
    }
    It 'exports to CSV, readable and each value once' {
        $lines = Get-AccessPackageRequest -First 1 | ConvertTo-Csv
        $lines[0] | Should -Not -Match 'View|Requestor|CreatedDateTime'
        $lines[1] | Should -Not -Match 'EntraAuditTools\.|System\.'
    }
}
