using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>
/// A browser without a window and one page in it, through the DevTools protocol (https://chromedevtools.github.io/devtools-protocol).
/// </summary>
internal sealed class DevTools : IDisposable
{
    private readonly Process browser;
    private readonly ClientWebSocket socket = new();
    private int calls;

    /// <summary>Starts it.</summary>
    /// <param name="path">The browser.</param>
    /// <param name="profile">A folder of its own.</param>
    public DevTools(string path, string profile)
    {
        // The port is the browser's choice, and said in its profile.
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
            $"--user-data-dir={profile}", "about:blank" }) start.ArgumentList.Add(argument);
        browser = Process.Start(start)!;
        browser.BeginErrorReadLine();
        browser.BeginOutputReadLine();
        var said = Path.Combine(profile, "DevToolsActivePort");
        for (var i = 0; i < 300 && !(File.Exists(said) && File.ReadAllLines(said).Length > 1); i++) Thread.Sleep(100);
        using var client = new HttpClient();
        var pages = JsonNode.Parse(client.GetStringAsync(new Uri($"http://127.0.0.1:{File.ReadAllLines(said)[0]}/json")).GetAwaiter().GetResult())!;
        var page = pages.AsArray().First(target => (string?)target!["type"] == "page")!;
        socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), CancellationToken.None).GetAwaiter().GetResult();
        Call("Page.enable");
    }

    /// <summary>Opens a page anew, and waits until its script has run.</summary>
    public void Open(string address)
    {
        Call("Page.navigate", new() { ["url"] = "about:blank" });
        Call("Page.navigate", new() { ["url"] = address });
        for (var i = 0; i < 200 && Evaluate("document.readyState + (document.querySelector('.tools') !== null)") != "completetrue"; i++)
            Thread.Sleep(50);
    }

    /// <summary>What an expression is, as text; the page's own policy does not hold for it.</summary>
    public string Evaluate(string expression)
    {
        var answer = Call("Runtime.evaluate", new()
        {
            ["expression"] = $"(async () => String(await ({expression})))()", ["returnByValue"] = true, ["awaitPromise"] = true,
        });
        Assert.False(answer["exceptionDetails"] is JsonNode, $"{expression}: {answer["exceptionDetails"]}");
        return (string?)answer["result"]?["value"] ?? string.Empty;
    }

    /// <summary>Gives the window another width.</summary>
    public void Resize(int width) => Call("Emulation.setDeviceMetricsOverride",
        new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    /// <summary>Prefers light or dark, as a system's setting does.</summary>
    public void Prefer(string scheme) => Call("Emulation.setEmulatedMedia", new()
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    /// <summary>Presses a key, as a person would.</summary>
    public void Press(string key, string? text = null)
    {
        var code = key switch { "Tab" => 9, "Enter" => 13, "Escape" => 27, " " => 32, _ => 0 };
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            var what = new JsonObject { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code };
            if (text != null && type == "keyDown") what["text"] = text;
            Call("Input.dispatchKeyEvent", what);
        }
    }

    /// <summary>Types a text.</summary>
    public void Type(string text) => Call("Input.insertText", new() { ["text"] = text });

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        browser.Kill(entireProcessTree: true);
        browser.WaitForExit();
        browser.Dispose();
    }

    private JsonNode Call(string method, JsonObject? parameters = null)
    {
        var id = ++calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None)
            .GetAwaiter().GetResult();
        while (true)
        {
            // Events come between the answers.
            var answer = JsonNode.Parse(Receive())!;
            if ((int?)answer["id"] == id) return answer["result"] ?? throw new JsonException($"{method}: {answer["error"]}");
        }
    }

    private byte[] Receive()
    {
        using var message = new MemoryStream();
        var part = new byte[65_536];
        while (true)
        {
            var got = socket.ReceiveAsync(part, CancellationToken.None).GetAwaiter().GetResult();
            message.Write(part, 0, got.Count);
            if (got.EndOfMessage) return message.ToArray();
        }
    }
}
