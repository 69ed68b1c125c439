# Another module that brings one of our libraries, in the same version, an older or a newer one: dot-sourced after Common.ps1. It loads the
# library as such modules do, by RequiredAssemblies, into PowerShell's own load context.

$script:NeighbourFolder = if ($env:ENTRAAUDIT_NEIGHBOURS) { $env:ENTRAAUDIT_NEIGHBOURS } else {
    # The build puts them beside the tests; the last one wins, as it does for the staged module.
    (Get-Item (Join-Path $PSScriptRoot '../../bin/*/net8.0/neighbours') | Sort-Object LastWriteTime | Select-Object -Last 1).FullName
}

# What the other module's function answers: the version of the assembly that it uses, where that lies, and what its library makes of a question.
$script:NeighbourScripts = @{
    'Microsoft.Data.Sqlite' = @'
[void] [Type]::GetType('SQLitePCL.Batteries_V2, SQLitePCLRaw.batteries_v2').GetMethod('Init').Invoke($null, @())
$connection = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$Path;Pooling=False")
$connection.Open()
try {
    $command = $connection.CreateCommand()
    $command.CommandText = "CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES (1); SELECT sqlite_version() || ' ' || count(*) FROM t"
    $answer = $command.ExecuteScalar()
}
finally { $connection.Dispose() }
$assembly = [Microsoft.Data.Sqlite.SqliteConnection].Assembly
'@
    'SQLitePCLRaw'          = @'
[SQLitePCL.Batteries_V2]::Init()
$database = $null
if ([SQLitePCL.raw]::sqlite3_open($Path, [ref] $database) -ne 0) { throw "$Path was not opened." }
try {
    foreach ($sql in 'CREATE TABLE IF NOT EXISTS t (x)', 'INSERT INTO t VALUES (1)') {
        if ([SQLitePCL.raw]::sqlite3_exec($database, $sql) -ne 0) { throw "$sql failed." }
    }
    $statement = $null
    [void] [SQLitePCL.raw]::sqlite3_prepare_v2($database, 'SELECT count(*) FROM t', [ref] $statement)
    [void] [SQLitePCL.raw]::sqlite3_step($statement)
    $answer = '{0} {1}' -f [SQLitePCL.raw]::sqlite3_libversion_number(), [SQLitePCL.raw]::sqlite3_column_int($statement, 0)
    [void] [SQLitePCL.raw]::sqlite3_finalize($statement)
}
finally { [void] [SQLitePCL.raw]::sqlite3_close($database) }
$assembly = [SQLitePCL.raw].Assembly
'@
    'CsvHelper'             = @'
$text = [IO.StringWriter]::new()
# Its interface was made anew with version 34.
$isOld = -not [CsvHelper.CsvWriter].GetMethod('EndRecord')
$writer = if ($isOld) { [CsvHelper.CsvWriter]::new($text, [cultureinfo]::InvariantCulture) } else { [CsvHelper.CsvWriter]::Create($text, $null, $true) }
$writer.WriteField('1')
$writer.WriteField('2,3')
if ($isOld) { $writer.NextRecord() } else { $writer.EndRecord() }
$writer.Flush()
$answer = "$text".Trim()
$assembly = [CsvHelper.CsvWriter].Assembly
'@
}

function Set-AssemblyVersion {
    # Raises the version of an assembly in its file, for a newer one than was ever published; .NET holds no strong name against its content.
    param([string] $Path, [uint16] $Major)
    $bytes = [IO.File]::ReadAllBytes($Path)
    $file = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($bytes))
    $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($file)
    # II.22.2 of ECMA-335: a row of the assembly table begins with the hash algorithm, in four bytes, and the four numbers of the version.
    $row = $file.PEHeaders.MetadataStartOffset + [Reflection.Metadata.Ecma335.MetadataReaderExtensions]::GetTableMetadataOffset($metadata, 'Assembly')
    [BitConverter]::GetBytes($Major).CopyTo($bytes, $row + 4)
    [IO.File]::WriteAllBytes($Path, $bytes)
}

function New-Neighbour {
    # Makes the module, and answers its name and the folder to import; nothing where this engine cannot load the library.
    param([string] $Library, [ValidateSet('Same', 'Older', 'Newer')] [string] $Version)
    $name = "Neighbour$($Library -replace '\W')$Version"
    $folder = (New-Item -ItemType Directory "$TestDrive/$name").FullName
    if ($Library -eq 'CsvHelper') {
        Copy-Item "$NeighbourFolder/csvhelper-$($Version -eq 'Older' ? 'older' : 'same')/*" $folder
    }
    elseif ($Version -eq 'Older') {
        Copy-Item "$NeighbourFolder/sqlite-older/*" $folder
    }
    else {
        Copy-Item "$ModulePath/lib/*.dll" $folder -Exclude 'EntraAuditTools.*'
        $runtime = [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier -replace '^(win|osx)[^-]*', '$1' -replace '^(?!win|osx|linux)[^-]*', 'linux'
        Copy-Item "$ModulePath/lib/runtimes/$runtime/native/*" $folder
    }
    if ($Version -eq 'Newer') {
        # Where a newer one was published, that one: it wants .NET 10.
        if ($Library -eq 'Microsoft.Data.Sqlite' -and [Environment]::Version.Major -ge 10) { Copy-Item "$NeighbourFolder/sqlite-newer/*" $folder -Force }
        else { Set-AssemblyVersion "$folder/$($Library -eq 'SQLitePCLRaw' ? 'SQLitePCLRaw.core' : $Library).dll" 99 }
    }
    if ($Library -eq 'SQLitePCLRaw') { Remove-Item "$folder/Microsoft.Data.Sqlite.dll" }
    $managed = (Get-ChildItem "$folder/*.dll" | Where-Object Name -NE 'e_sqlite3.dll').Name
    "function Use-$name([string] `$Path) {`n$($NeighbourScripts[$Library])`n[pscustomobject]@{ version = `"`$(`$assembly.GetName().Version)`"; folder = Split-Path `$assembly.Location; answer = `$answer } }" |
        Set-Content "$folder/$name.psm1"
    New-ModuleManifest "$folder/$name.psd1" -RootModule "$name.psm1" -RequiredAssemblies $managed -FunctionsToExport "Use-$name" -ModuleVersion 1.0.0
    [pscustomobject]@{ Name = $name; Folder = $folder }
}
