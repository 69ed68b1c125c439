using System.Collections;
using System.Reflection;
using System.Text.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Looks at all that an answer shows: every property at every level, its originals, its text, and what it is as JSON.</summary>
internal static class Shown
{
    private const int MaxDepth = 12;

    /// <exception cref="Exception">Whatever an answer throws that is looked at.</exception>
    public static void LookAt(object? answer)
    {
        Visit(answer, 0);
        if (answer != null) JsonSerializer.Serialize(answer, answer.GetType());
    }

    private static void Visit(object? value, int depth)
    {
        switch (value)
        {
            case null or DateTimeOffset or TimeSpan or DateOnly or bool or int or long or double or Enum or Guid:
                return;
            case string text:
                CheckText(text);
                return;
            case IEnumerable items:
                foreach (var item in items) Visit(item, depth + 1);
                CheckText(value.ToString() ?? string.Empty);
                return;
        }

        if (depth > MaxDepth) throw new InvalidOperationException($"an answer that never ends: {value.GetType().Name}");
        CheckText(value.ToString() ?? string.Empty);
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0) Visit(Unwrapped(() => property.GetValue(value)), depth + 1);
        }

        foreach (var method in value.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (method.Name.StartsWith("Get", StringComparison.Ordinal) && !method.IsSpecialName && method.GetParameters().Length == 0
                && method.ReturnType == typeof(string) && method.Name != "GetHashCode")
                CheckWhole((string?)Unwrapped(() => method.Invoke(value, null)));
        }
    }

    private static object? Unwrapped(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (TargetInvocationException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private static void CheckText(string text)
    {
        CheckWhole(text);
        if (TerminalText.Visible(text) != text) throw new InvalidOperationException("an answer shows text that must not reach a terminal");
    }

    /// <summary>Half a surrogate pair can be neither printed nor sent.</summary>
    private static void CheckWhole(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                throw new InvalidOperationException("an answer holds half a surrogate pair");
            i++;
        }
    }
}
