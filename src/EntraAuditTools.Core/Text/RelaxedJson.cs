using System.Text.Encodings.Web;
using System.Text.Json;

namespace EntraAuditTools.Core.Text;

/// <summary>Options for JSON that people read: letters of any script are not escaped.</summary>
internal static class RelaxedJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
