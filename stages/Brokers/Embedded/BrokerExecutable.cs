namespace AuStream.Stages.Brokers.Embedded;

/// <summary>Finds the programs that the embedded broker needs.</summary>
public static class BrokerExecutable
{
    private static readonly string[] UsualFolders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/sbin"];

    /// <summary>Full path of <c>mosquitto</c>, or null when it is not installed. Debian puts it into a folder that is not on every user's PATH.</summary>
    public static string? FindMosquitto() => Find("mosquitto");

    internal static string RequireMosquitto(string? configured)
    {
        if (configured is not null)
        {
            return File.Exists(configured)
                ? configured
                : throw new MessageBusException($"The embedded broker's program is not there: {configured}. Install it: apt-get install mosquitto.");
        }

        return FindMosquitto() ?? throw new MessageBusException(
            "The embedded broker needs mosquitto, which is not installed. Install it: apt-get install mosquitto; or use a broker that runs elsewhere (mqtt://HOST:1883).");
    }

    /// <summary>util-linux's <c>setpriv</c>, which ties a child's life to its parent's; null where there is none.</summary>
    internal static string? FindSetpriv() => Find("setpriv");

    private static string? Find(string name)
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(UsualFolders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
