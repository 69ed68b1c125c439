namespace EntraAuditTools.SampleTenant;

internal static class PeopleFactory
{
    // Names with accents, apostrophes and other scripts are there on purpose: encodings are tested with them.
    private static readonly string[] Given =
    [
        "Adele", "Alex", "Amina", "Ana", "Anders", "Bianca", "Björn", "Carmen", "Chidi", "Clara", "Daiki", "Diego", "Elif", "Emeka",
        "Emma", "Farid", "Fatima", "Greta", "Hana", "Hiro", "Ines", "Ingrid", "Isaac", "Jana", "Joao", "Jonas", "Kavya", "Kim", "Lara",
        "Lena", "Liam", "Lucía", "Luca", "Malik", "Marek", "Maya", "Megan", "Milan", "Nadia", "Nils", "Noor", "Olga", "Omar", "Patti",
        "Paul", "Priya", "Rafael", "Rosa", "Sami", "Sara", "Søren", "Tariq", "Tomás", "Uma", "Vera", "Wei", "Yara", "Yusuf", "Zoë", "明",
    ];

    private static readonly string[] Family =
    [
        "Abadi", "Alvarez", "Andersson", "Bakker", "Banerjee", "Bauer", "Becker", "Bianchi", "Brandt", "Castro", "Chen", "Costa", "Dahl",
        "Darwish", "Diallo", "Dubois", "Eriksen", "Fernández", "Fischer", "Fontaine", "Garcia", "Gruber", "Haddad", "Hansen", "Hoffmann",
        "Ibrahim", "Ivanova", "Jansen", "Jensen", "Kaya", "Keller", "Kowalski", "Kumar", "Larsen", "Lehmann", "Lindqvist", "Lopez",
        "Marino", "Mbeki", "Mehta", "Moreau", "Müller", "Nakamura", "Nguyen", "Novak", "Núñez", "O'Brien", "Okafor", "Olsen", "Patel",
        "Pereira", "Petrov", "Popescu", "Rahman", "Reyes", "Rossi", "Santos", "Schmidt", "Silva", "Singh", "Tanaka", "Torres", "Vance",
        "Vargas", "Weber", "Wilber", "Yilmaz", "Zeman", "Østergård", "田中",
    ];

    private static readonly string[] Departments =
        ["Finance", "Sales", "Engineering", "Human Resources", "Legal", "Operations", "Research & Development", "Marketing", "IT",
            "Customer Care"];

    private static readonly string[] Titles =
        ["Analyst", "Senior Analyst", "Manager", "Team Lead", "Engineer", "Architect", "Director", "Assistant", "Specialist", "Consultant"];

    internal static IReadOnlyList<PartnerOrganization> Organizations(SampleRandom random) =>
    [
        new(random.NewId(), random.NewId(), "Fabrikam Instruments", "fabrikam.example", true, "configured"),
        new(random.NewId(), random.NewId(), "Litware Logistics", "litware.example", true, "configured"),
        new(random.NewId(), random.NewId(), "Proseware Advisory", "proseware.example", true, "proposed"),
        new(random.NewId(), random.NewId(), "Tailspin Freight", "tailspin.example", false, "configured"),
    ];

    internal static Person[] Create(SampleRandom random, int count, string domain, IReadOnlyList<PartnerOrganization> organizations)
    {
        var people = new Person[count];
        for (int index = 0; index < count; index++)
        {
            string given = Given[index % Given.Length];
            string family = Family[index * 31 % Family.Length];
            int round = index / (Given.Length * Family.Length / 10);
            string alias = Ascii(given, $"user{index}")
                + "." + Ascii(family, $"n{index}") + (round == 0 ? "" : index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            bool guest = index % 8 == 7;
            var home = guest ? organizations[index / 8 % organizations.Count] : null;
            string mail = $"{alias}@{home?.Domain ?? domain}";
            people[index] = new Person(
                random.NewId(),
                index % 17 == 3 ? $"{family}, {given} (Ext)" : $"{given} {family}",
                guest ? $"{mail.Replace('@', '_')}#EXT#@{domain}" : mail,
                mail,
                random.Pick(Departments),
                random.Pick(Titles))
            {
                Home = home,
                IpAddresses = [Address(random), random.Chance(20) ? $"2001:db8:{random.Below(0xffff):x}::{random.Below(0xffff):x}"
                    : Address(random)],
            };
        }

        return people;
    }

    private static string Address(SampleRandom random) =>
        random.Pick(["192.0.2.", "198.51.100.", "203.0.113."]) + random.Between(1, 254)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);

    // Not String.Normalize: what it can do depends on the machine's globalization settings.
    private static string Ascii(string name, string fallback)
    {
        const string accented = "áéëíñöøúü";
        const string plain = "aeeinoouu";
        var letters = new System.Text.StringBuilder();
        foreach (char letter in name.ToLowerInvariant())
        {
            int accent = accented.IndexOf(letter, StringComparison.Ordinal);
            if (accent >= 0)
                letters.Append(plain[accent]);
            else if (letter is >= 'a' and <= 'z')
                letters.Append(letter);
        }

        return letters.Length == 0 ? fallback : letters.ToString();
    }
}
