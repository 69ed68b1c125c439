# Completion from the sample tenant: values that only its objects and ids have, narrowed by what is typed before.
BeforeDiscovery { $hasTenant = Test-Path (Join-Path $PSScriptRoot '../../../seeds/sample-tenant/entitlement/assignments') }

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/SampleTenant.ps1
    Import-StagedModule
    $mirror = New-TestMirror
    Import-SampleTenant $mirror
    Set-AuditMirror $mirror
    $WarningPreference = 'SilentlyContinue'
}

AfterAll { Set-AuditMirror -Default }

Describe 'Completion of' -Skip:(-not $hasTenant) {
    It 'roles, those of most packages first, of the resource that is named' {
        $all = @(Complete 'Get-ResourceAssignment -Role ')
        $all[0].CompletionText | Should -Be Member
        $all[0].ToolTip | Should -BeLike 'Member: of *'
        $resource = (Get-AccessPackage | ForEach-Object ResourceRoles | Where-Object Role -eq 'Contributors')[0].Resource
        (Complete "Get-ResourceAssignment -Resource $($resource.Id) -Role ").CompletionText | Should -Be ((Get-AccessPackage -Resource $resource.Id).ResourceRoles | Where-Object { $_.Resource.Id -eq $resource.Id } | ForEach-Object Role | Sort-Object -Unique)
    }
    It 'domains, of the organization that is named, with its name' {
        (Complete 'Get-ConnectedOrganization -Domain fab').CompletionText | Should -Be fabrikam.example
        (Complete 'Get-ConnectedOrganization -Domain fab').ToolTip | Should -Be 'fabrikam.example: Fabrikam Instruments'
        (Complete 'Get-ConnectedOrganization Lit* -Domain ').CompletionText | Should -Be litware.example
    }
    It 'packages of the catalog, policies of the package and of the catalog' {
        (Complete 'Get-AccessPackageAssignment -Catalog Engineering -AccessPackage ').ListItemText | Should -Be ((Get-AccessPackage -Catalog Engineering).DisplayName | Sort-Object)
        $policies = (Get-AccessPackage 'Engineering workbench').Policies.DisplayName
        (Complete "Get-AccessPackageAssignment 'Engineering workbench' -Policy ").ListItemText | Should -Be ($policies | Sort-Object)
        $found = (Complete 'Get-AccessPackageAssignment -Catalog Engineering -Policy ').ListItemText
        $policies | Should -BeIn $found
        $found.Count | Should -BeLessThan (Complete 'Get-AccessPackageAssignment -Policy ').Count
    }
    It 'ids of assignments and requests by whom they are of' -ForEach @(
        @{ command = 'Get-AccessPackageAssignment'; parameter = 'AssignmentId' }
        @{ command = 'Get-AccessPackageRequest'; parameter = 'RequestId' }
        @{ command = 'Get-ResourceAssignment'; parameter = 'AssignmentId' }
    ) {
        $found = @(Complete "$command -User 'Olive Marsh' -$parameter ")
        $found | Should -Not -BeNullOrEmpty
        $found.ToolTip | Should -BeLike '*: 20??-??-?? ??:??Z Olive Marsh *'
        $found.Count | Should -BeLessThan (Complete "$command -$parameter ").Count
        # What is typed may be the name: nobody knows the id.
        (Complete "$command -$parameter olive").CompletionText | Should -Be $found.CompletionText
        # An assignment that is still delivered gives no role yet.
        if ($command -ne 'Get-ResourceAssignment') { Invoke-Expression "$command -$parameter $($found[0].CompletionText)" | Should -Not -BeNullOrEmpty }
    }
    It '<parameter> of <command>, the newest first, of what is asked for' -ForEach @(
        @{ command = 'Get-AuditActivity'; parameter = 'CorrelationId'; filter = "-Activity 'Add group'"; about = '*Z Add group *' }
        @{ command = 'Measure-AuditActivity'; parameter = 'Id'; filter = "-Activity 'Add group'"; about = '*Z Add group *' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'CycleId'; filter = '-Application ServiceNow'; about = '*Z ServiceNow *' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'ChangeId'; filter = '-Application ServiceNow'; about = '*Z ServiceNow *' }
        @{ command = 'Get-ProvisioningLog'; parameter = 'Id'; filter = '-Application ServiceNow -Last 10y'; about = '*Z ServiceNow *' }
    ) {
        $found = @(Complete "$command $filter -$parameter ")
        $found | Should -Not -BeNullOrEmpty
        $found.ToolTip | Should -BeLike $about
        $times = $found.ToolTip -replace '^.*: (?=\d{4}-\d\d-\d\d )' -replace 'Z .*'
        $times | Should -Be ($times | Sort-Object -Descending)
        Invoke-Expression "$command -$parameter $($found[0].CompletionText)" | Should -Not -BeNullOrEmpty
    }
    It 'users with their names' { (Complete 'Get-AccessPackage -User ad').ToolTip | Should -Contain 'adele.abadi@harborline.example: Adele Abadi' }
}
