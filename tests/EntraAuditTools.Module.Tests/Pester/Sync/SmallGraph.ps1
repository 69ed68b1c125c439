# A small Graph of our own on the loopback: it lists, filters by time, pages, and fails as it is told to. Everything in it is synthetic.

function Start-SmallGraph {
    # Listings: path → records (Time or null, Json). Faults, the first that matches: Match (of the address), Left (how often), Status,
    # Headers, Body, Cut (breaks off in the middle of the body). Log has every address that was asked, Sent the bytes of each whole page.
    $state = [hashtable]::Synchronized(@{
            PageSize = 2; Listings = @{}; Faults = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new())
            Log = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new())
            Sent = [Collections.ArrayList]::Synchronized([Collections.ArrayList]::new()); Fault = $null
        })
    for ($try = 0; ; $try++) {
        $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $port = $probe.LocalEndpoint.Port
        $probe.Stop()
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://localhost:$port/")
        try { $listener.Start(); break } catch { if ($try -ge 9) { throw } }
    }
    $engine = [powershell]::Create().AddScript({
            param($listener, $state, $origin)
            function Send($response, [int] $status, [string] $body, $headers, [bool] $cut) {
                $bytes = [Text.Encoding]::UTF8.GetBytes($body)
                $response.StatusCode = $status
                $response.ContentType = 'application/json'
                if ($headers) { foreach ($name in $headers.Keys) { $response.AddHeader($name, $headers[$name]) } }
                $response.ContentLength64 = $bytes.Length
                $length = $cut ? [int] ($bytes.Length / 2) : $bytes.Length
                $response.OutputStream.Write($bytes, 0, $length)
                if ($cut) { $response.OutputStream.Flush(); $response.Abort(); return }
                if ($status -eq 200) { [void] $state.Sent.Add([Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes))) }
                $response.Close()
            }
            function Answer($context) {
                $address = [uri]::UnescapeDataString($context.Request.Url.PathAndQuery)
                [void] $state.Log.Add($address)
                $path = $context.Request.Url.AbsolutePath -replace '^/v1\.0/'
                $records = @($state.Listings[$path])
                if ($address -match 'activityDateTime (ge|gt) (\S+) and activityDateTime (le|lt) ([^&\s]+)') {
                    $operators, $from, $to = ($Matches[1] + $Matches[3]), [datetimeoffset] $Matches[2], [datetimeoffset] $Matches[4]
                    $records = @($records | Where-Object { $_.Time -ge $from -and $_.Time -le $to -and
                            ($operators -eq 'gele' -or ($_.Time -gt $from -and $_.Time -lt $to)) })
                }
                if ($records -and $records[0].Time) { $records = @($records | Sort-Object Time -Descending) }
                $skip = $address -match '\$skiptoken=(\d+)' ? [int] $Matches[1] : 0
                $size = $address -match '\$top=(\d+)' ? [int] $Matches[1] : $state.PageSize
                $page = @($records | Select-Object -Skip $skip -First $size)
                $next = $skip + $size -ge $records.Count ? '' :
                    """@odata.nextLink"":$(ConvertTo-Json "$origin$($context.Request.Url.PathAndQuery -replace '[&?]\$skiptoken=\d+')$(
                        $address.Contains('?') ? '&' : '?')`$skiptoken=$($skip + $size)"),"
                $body = """@odata.context"":""https://graph.microsoft.com/v1.0/`$metadata#$path"",$next""value"":[$($page.Json -join ',')]"
                $fault = $state.Faults | Where-Object { $_.Left -gt 0 -and $address -match $_.Match } | Select-Object -First 1
                if ($fault) {
                    $fault.Left--
                    Send $context.Response ($fault.Status ?? 200) ($fault.Body ?? "{$body}") $fault.Headers ([bool] $fault.Cut)
                }
                else { Send $context.Response 200 "{$body}" $null $false }
            }
            while ($listener.IsListening) {
                try { $context = $listener.GetContext() } catch { break }
                try { Answer $context } catch { $state.Fault = "$_"; try { $context.Response.Abort() } catch { } }
            }
        }).AddArgument($listener).AddArgument($state).AddArgument("http://localhost:$port")
    [pscustomobject]@{ Address = "http://localhost:$port"; State = $state; Listener = $listener; Engine = $engine; Run = $engine.BeginInvoke() }
}

function Stop-SmallGraph($Graph) {
    $Graph.Listener.Stop()
    $Graph.Listener.Close()
    [void] $Graph.Engine.EndInvoke($Graph.Run)
    $Graph.Engine.Dispose()
    if ($Graph.State.Fault) { throw "The small Graph failed itself: $($Graph.State.Fault)" }
}

function Add-Fault($Graph, [hashtable] $Fault) {
    foreach ($name in 'Status', 'Headers', 'Body', 'Cut') { if (-not $Fault.ContainsKey($name)) { $Fault[$name] = $null } }
    if (-not $Fault.ContainsKey('Left')) { $Fault.Left = 1 }
    [void] $Graph.State.Faults.Add($Fault)
}
