@{
    RootModule             = 'EntraAuditTools.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f0e2a0b-5c1d-4a53-9f0a-3f1a7d0c9b42'
    Author                 = 'EntraAuditTools contributors'
    CompanyName            = 'EntraAuditTools contributors'
    Copyright              = '(c) EntraAuditTools contributors. MIT licence.'
    Description            = 'Takes in exports of the Microsoft Entra audit and provisioning logs and of entitlement management in any shape, keeps them in one local SQLite file and answers questions about them: beyond 30 days, across downloads and tenants, offline. Nothing is sent anywhere.'

    CompatiblePSEditions   = @('Core')
    # Built for 7.4 and later (net8.0). Tested in 7.6; in 7.4 by the hosted workflow.
    PowerShellVersion      = '7.4'

    # types.ps1xml names its types, and is read before the module's own assemblies.
    RequiredAssemblies     = @('EntraAuditTools.Model.dll')
    # Comes before the cmdlets: it keeps the libraries in lib/ in a load context of their own.
    NestedModules          = @('EntraAuditTools.Loader.dll')
    TypesToProcess         = 'EntraAuditTools.types.ps1xml'
    FormatsToProcess       = 'EntraAuditTools.format.ps1xml'

    # Listed one by one: a wildcard would keep PowerShell from loading the module on first use of a command.
    CmdletsToExport        = @(
        'Backup-AuditMirror'
        'Compare-AccessPackageAssignment'
        'Compare-AuditActivity'
        'Copy-AuditMirror'
        'Export-AuditRecord'
        'Export-AuditReport'
        'Get-AccessPackage'
        'Get-AccessPackageActivity'
        'Get-AccessPackageAssignment'
        'Get-AccessPackageConflict'
        'Get-AccessPackageRequest'
        'Get-AppRoleAssignmentActivity'
        'Get-AuditActivity'
        'Get-AuditActivityType'
        'Get-AuditCoverage'
        'Get-AuditImport'
        'Get-AuditMirror'
        'Get-ConnectedOrganization'
        'Get-ProvisioningEvent'
        'Get-ProvisioningLog'
        'Get-ProvisioningSummary'
        'Get-ResourceAssignment'
        'Import-AuditExport'
        'Initialize-AuditMirror'
        'Invoke-AuditQuery'
        'Measure-AuditActivity'
        'Optimize-AuditMirror'
        'Remove-AuditRecord'
        'Set-AuditMirror'
        'Test-AuditMirror'
        'Update-AuditMirror'
    )
    FunctionsToExport      = @()
    # The verb's own abbreviation and a noun that no module of the field uses: gaudit is Get-AuditActivity.
    AliasesToExport        = @(
        'craudit'
        'gaccasg'
        'gaccpkg'
        'gaccreq'
        'gaudcov'
        'gaudimp'
        'gaudit'
        'gprovlog'
        'gprovsum'
        'gresasg'
        'ipaudit'
        'msaudit'
    )
    VariablesToExport      = @()

    FileList               = @(
        'EntraAuditTools.psd1'
        'LICENSE'
        'THIRD-PARTY-NOTICES.txt'
        'EntraAuditTools.types.ps1xml'
        'EntraAuditTools.format.ps1xml'
        'EntraAuditTools.localtime.ps1xml'
        'EntraAuditTools.Loader.dll'
        'EntraAuditTools.Model.dll'
        'EntraAuditTools.PowerShell.dll'
        'en-US/EntraAuditTools.PowerShell.dll-Help.xml'
        'en-US/about_EntraAuditTools.help.txt'
        'en-US/about_EntraAuditTools_Entitlement.help.txt'
    )

    PrivateData            = @{
        PSData = @{
            Tags                     = @('Entra', 'EntraID', 'AzureAD', 'Audit', 'AuditLog', 'Provisioning', 'EntitlementManagement', 'AccessPackage', 'Graph', 'Identity', 'Compliance', 'Forensics', 'SQLite')
            ProjectUri               = 'https://github.com/EntraAuditTools/EntraAuditTools'
            LicenseUri               = 'https://github.com/EntraAuditTools/EntraAuditTools/blob/main/LICENSE'
            IconUri                  = 'https://raw.githubusercontent.com/EntraAuditTools/EntraAuditTools/main/packaging/icon.png'
            ReleaseNotes             = 'The first preview. https://github.com/EntraAuditTools/EntraAuditTools/blob/main/CHANGELOG.md'
            # What is no release yet is labelled; Directory.Build.props says the same of the program.
            Prerelease               = 'preview'
        }
    }
}
