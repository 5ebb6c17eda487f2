using System.Security.Cryptography;
using System.Text;

namespace AuStream.Pipeline.Running;

/// <summary>Where a service keeps what must outlive it: waiting events, the lease of its ids, the audit log.</summary>
internal static class StateFolder
{
    private const int HashCharacters = 8;

    /// <summary>
    /// The folder that the configuration names, from the configuration's own folder on; otherwise one of this configuration file's
    /// alone in systemd's <c>STATE_DIRECTORY</c>, in <c>XDG_STATE_HOME</c>, or in <c>~/.local/state</c>, or beside the file for a user without a home.
    /// </summary>
    public static string Of(string configured, string configurationFile)
    {
        string file = Path.GetFullPath(configurationFile);
        if (configured.Length > 0)
        {
            return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, configured));
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)))[..HashCharacters];
        string name = $"{Path.GetFileNameWithoutExtension(file)}-{hash}";
        string? system = Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0];
        if (!string.IsNullOrEmpty(system))
        {
            return Path.Combine(system, name);
        }

        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return !string.IsNullOrEmpty(state) ? Path.Combine(state, "austream", name)
            : home.Length > 0 ? Path.Combine(home, ".local", "state", "austream", name)
            : Path.Combine(Path.GetDirectoryName(file)!, $".austream-{name}");
    }
}
