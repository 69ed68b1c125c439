using System.Globalization;

namespace EntraAuditTools.Trust.Running;

/// <summary>What to run, and for how long.</summary>
/// <param name="Campaigns">Names; empty for all.</param>
/// <param name="Minutes">How long, all campaigns together.</param>
/// <param name="Rounds">How many rounds of each campaign, in place of minutes; null for as many as there is time for.</param>
/// <param name="Seed">The first round's seed; those that follow count up.</param>
/// <param name="Keep">Folder for what fails.</param>
internal sealed record TrustOptions(IReadOnlyList<string> Campaigns, double Minutes, int? Rounds, int Seed, string Keep)
{
    public const string Usage =
        "Usage: dotnet run -c Release --project tests/EntraAuditTools.Trust -- [campaign …] [--minutes N] [--rounds N] [--seed N|random] [--keep FOLDER]";

    /// <summary>Null when the arguments make no sense.</summary>
    public static TrustOptions? Parse(IReadOnlyList<string> args)
    {
        var names = new List<string>();
        var options = new TrustOptions(names, 5, null, 1, Path.Combine("artifacts", "trust"));
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--minutes" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    options = options with { Minutes = minutes };
                    break;
                case "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--seed" when value == "random":
                    // Far from the end: seeds count up.
                    options = options with { Seed = Random.Shared.Next(1_000_000_000) };
                    break;
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--keep" when !string.IsNullOrEmpty(value):
                    options = options with { Keep = value };
                    break;
                case var name when !name.StartsWith('-'):
                    names.Add(name);
                    continue;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }
}
