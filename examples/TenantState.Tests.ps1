#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

<#
.SYNOPSIS
    Five tests of a tenant's state, for CI and for every morning.

.DESCRIPTION
    Nobody holds what must not go together; no provisioning job is in quarantine; no role was given
    directly; no day of the logs is missing; and a package is not to be had without an approval.

    A test that finds nothing because nothing was imported fails, and says what is missing: what
    these tests pass is known, not merely not seen. Each warning of the module that data is missing
    is a failure here.

.EXAMPLE
    $tests = New-PesterContainer -Path ./examples/TenantState.Tests.ps1 -Data @{ Mirror = './mirror.db'; Package = 'Release signing' }
    Invoke-Pester -Container $tests -CI

    Writes testResults.xml and ends with the number of tests that failed.
#>
param(
    # The mirror; the session's without it.
    [string] $Mirror,
    # The access package that nobody may have without an approval: its name or id.
    [Parameter(Mandatory)] [string] $Package,
    # How many whole days of the logs are looked at.
    [int] $Days = 7,
    # The end of these days; the last midnight in UTC without it.
    [datetimeoffset] $Before = [datetimeoffset]::new([datetime]::UtcNow.Date, [timespan]::Zero),
    # How old what is known of packages, assignments and jobs may be, counted from the end.
    [int] $StateDays = 2,
    # The logs that must be whole.
    [string[]] $Log = @('AuditActivity', 'ProvisioningLog')
)

BeforeAll {
    Import-Module EntraAuditTools
    $after = $Before.AddDays(-$Days)
    $common = @{ ErrorAction = 'Stop' }
    if ($Mirror) { $common.Mirror = $Mirror }

    function Get-Known([scriptblock] $question) {
        # The answer of a question, or a failure that says what it lacks: every warning is of that.
        $answer = @(& $question 3>&1)
        $missing = @($answer | Where-Object { $_ -is [Management.Automation.WarningRecord] })
        if ($missing) { throw "Not known: $($missing.Message -join ' ')" }
        $answer
    }
    function Assert-Fresh($objects, [string] $what) {
        # Something is held, and the newest of it is not older than -StateDays.
        $newest = @($objects | ForEach-Object ObservedAt | Where-Object { $_ }) | Sort-Object -Descending | Select-Object -First 1
        if (-not $newest) { throw "Not known: the mirror holds no $what. Import an export of them." }
        $limit = $Before.AddDays(-$StateDays)
        if ($newest -lt $limit) { throw "Not known: the newest export of $what is of $($newest.ToString('u')), older than $($limit.ToString('u')). Import a newer one." }
    }
    function Format-Finding($objects, [string[]] $property) {
        ($objects | Select-Object -First 10 | ForEach-Object { $one = $_; ($property | ForEach-Object { "$($one.$_)" }) -join ', ' }) -join '; '
    }
}

Describe 'The tenant' {
    It 'has nobody who holds what must not go together' {
        Assert-Fresh (Get-Known { Get-AccessPackage @common }) 'access packages'
        Assert-Fresh (Get-Known { Get-AccessPackageAssignment @common }) 'assignments of access packages'
        $found = Get-Known { Get-AccessPackageConflict -Kind IncompatibleAccessPackage, IncompatibleGroup @common }
        $found | Should -BeNullOrEmpty -Because "these are held together: $(Format-Finding $found User, AccessPackage, ConflictsWith)"
    }

    It 'has no provisioning job in quarantine' {
        # All that is known of jobs; what only the logs name has no state.
        $jobs = Get-Known { Get-ProvisioningSummary @common }
        Assert-Fresh $jobs 'synchronization jobs'
        $unknown = @($jobs | Where-Object Derived)
        if ($unknown) { throw "Not known: no export has the job of $(Format-Finding $unknown Application). Import its synchronization jobs." }
        $found = @($jobs | Where-Object InQuarantine)
        $found | Should -BeNullOrEmpty -Because "in quarantine: $(Format-Finding $found Application)"
    }

    It 'has had no role given directly in these days' {
        # Roles of applications other than through an access package, and roles of the directory other than through PIM.
        $roles = Get-Known { Get-AppRoleAssignmentActivity -After $after -Before $Before -RequireCoverage @common } |
            Where-Object { $_.Activity -like 'Add app role*' -and $_.Result -eq 'success' }
        $directory = Get-Known { Get-AuditActivity 'Add *member to role*' -After $after -Before $Before -RequireCoverage @common } |
            Where-Object { $_.Activity -in 'Add member to role', 'Add eligible member to role' -and $_.Result -eq 'success' -and $_.InitiatedBy.DisplayName -ne 'MS-PIM' }
        @($roles) | Should -BeNullOrEmpty -Because "given directly: $(Format-Finding $roles TimeUtc, Application, Role, Principal)"
        @($directory) | Should -BeNullOrEmpty -Because "given directly: $(Format-Finding $directory TimeUtc, Activity, TargetSummary, InitiatedBy)"
    }

    It 'has no day of its logs missing' {
        $coverage = Get-Known { Get-AuditCoverage -Kind $Log -After $after -Before $Before @common }
        foreach ($kind in $Log) {
            $held = @($coverage | Where-Object Kind -eq $kind)
            if (($held.Day | Sort-Object -Unique).Count -lt $Days) { throw "Not known: the mirror has no days of $kind. Import its exports." }
        }
        $found = @($coverage | Where-Object State -notin Covered, Provisional)
        $found | Should -BeNullOrEmpty -Because "not covered: $(Format-Finding $found Day, Kind, State)"
    }

    It 'gives nobody <Package> without an approval' {
        $packages = @(Get-Known { Get-AccessPackage $Package @common })
        Assert-Fresh $packages "access package '$Package'"
        foreach ($one in $packages) {
            if (-not $one.PoliciesKnown) { throw "Not known: no export has the policies of '$one'." }
            $open = @($one.Policies | Where-Object AcceptsRequests)
            $unclear = @($one.Policies | Where-Object { $null -eq $_.AcceptsRequests -or ($_.AcceptsRequests -and $null -eq $_.ApprovalRequired) })
            if ($unclear) { throw "Not known: whether the policy $(Format-Finding $unclear DisplayName) of '$one' asks for an approval." }
            $without = @($open | Where-Object { -not $_.ApprovalRequired })
            $without | Should -BeNullOrEmpty -Because "these policies of '$one' give it without: $(Format-Finding $without DisplayName)"
        }
        $requests = Get-Known { Get-AccessPackageRequest $Package -Type UserRequest -Status Fulfilled -After $after -Before $Before -RequireCoverage @common }
        $found = @($requests | Where-Object { $_.ApprovalBypassed -or -not ($_.Approvals | Where-Object Decision -eq 'Approved') })
        $found | Should -BeNullOrEmpty -Because "given without an approval: $(Format-Finding $found User, RequestedAtUtc)"
    }
}
