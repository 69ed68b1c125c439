using System.Text.Encodings.Web;
using System.Text.Json;

namespace EntraAuditTools.Core.Text;

/// <summary>How we write JSON that people read: letters of any script as they are.</summary>
internal static class RelaxedJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
