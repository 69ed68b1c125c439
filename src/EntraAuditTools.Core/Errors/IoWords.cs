using System.Globalization;

namespace EntraAuditTools.Core.Errors;

/// <summary>What went wrong with a file, in words: .NET's own messages repeat paths, and speak of streams and buffers.</summary>
internal static class IoWords
{
    private const int WindowsFacility = unchecked((int)0x80070000);
    private const string InTheWay = "a file lies where it needs a folder";

    /// <summary>Goes on after "cannot be read: ".</summary>
    public static string Of(Exception e) => e switch
    {
        DamagedSourceException damaged => damaged.Message,
        InvalidDataException => SourceErrors.DamagedData,
        UnauthorizedAccessException => "access is denied",
        FileNotFoundException or DirectoryNotFoundException => "it is not there",
        PathTooLongException => "its name is longer than the system allows",
        EndOfStreamException => "it ends too early",
        IOException io => OfNumber(io.HResult),
        _ => "of an error that the system does not name",
    };

    /// <summary>Whether another program holds the file, so that waiting may help.</summary>
    public static bool IsHeldByAnother(IOException e) =>
        Number(e.HResult) is var number && (IsWindows(e.HResult) ? number is 32 or 33 : number is 11 or 35);

    /// <summary>Whether the reader of the output has closed it.</summary>
    public static bool IsBrokenPipe(IOException e) =>
        Number(e.HResult) is var number && (IsWindows(e.HResult) ? number is 109 or 232 : number == 32);

    private static string OfNumber(int result)
    {
        var number = Number(result);
        if (IsWindows(result))
        {
            return number switch
            {
                21 or 23 or 1117 => "its disk reports an error",
                32 or 33 => "another program holds it",
                19 => "its disk is write-protected",
                39 or 112 => "its disk is full",
                53 or 64 or 121 or 1231 => "the network does not answer",
                80 or 183 or 267 => InTheWay,
                4 => "too many files are open",
                206 => "its name is longer than the system allows",
                _ => string.Create(CultureInfo.InvariantCulture, $"the system reports error {number}"),
            };
        }

        return number switch
        {
            5 => "its disk, or what stands for one, reports an error",
            11 or 35 => "another program holds it",
            17 or 20 => InTheWay,
            21 => "it is a folder",
            23 or 24 => "too many files are open",
            27 => "it would be larger than the system allows",
            22 => "it is nothing that can be read from its beginning",
            28 or 69 or 122 => "its disk is full",
            30 => "it lies in a place that can only be read",
            36 or 63 => "its name is longer than the system allows",
            40 or 62 => "links lead in a circle",
            110 or 112 or 113 or 116 => "the network does not answer",
            _ => string.Create(CultureInfo.InvariantCulture, $"the system reports error {number}"),
        };
    }

    private static bool IsWindows(int result) => (result & 0xFFFF0000) == (WindowsFacility & 0xFFFF0000);

    private static int Number(int result) => IsWindows(result) ? result & 0xFFFF : result;
}
