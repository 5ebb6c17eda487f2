using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AuStream.Pipeline.Configuration;

/// <summary>
/// Puts the contents of files and environment variables in place of <c>${file:PATH}</c> and <c>${env:NAME}</c> in any text value, so that a camera's
/// password need not stand in the configuration: <c>rtsp://viewer:${file:/run/secrets/camera}@camera/stream1</c>.
/// </summary>
public static partial class SecretReferences
{
    /// <summary>Replaces all references. Relative paths start at the folder of the configuration file.</summary>
    /// <exception cref="ConfigurationException">A file or a variable is not there; the message names key and reference, never a value.</exception>
    public static void Resolve(RunConfiguration configuration, string path)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(path);
        ResolveSection(configuration, "", path);
    }

    private static void ResolveSection(object section, string prefix, string path)
    {
        foreach ((string key, PropertyInfo property) in ConfigurationKeys.Of(section.GetType()))
        {
            object? value = property.GetValue(section);
            if (value is string text && text.Contains("${", StringComparison.Ordinal))
            {
                property.SetValue(section, Reference().Replace(text, match => Read(match, prefix + key, path)));
            }
            else if (value is IList list)
            {
                for (int i = 0; i < list.Count; i++)
                {
                    if (list[i] is { } item && ConfigurationKeys.IsSection(item.GetType()))
                    {
                        ResolveSection(item, $"{prefix}{key}[{i}].", path);
                    }
                }
            }
            else if (value is not null && ConfigurationKeys.IsSection(value.GetType()))
            {
                ResolveSection(value, $"{prefix}{key}.", path);
            }
        }
    }

    private static string Read(Match reference, string key, string path)
    {
        string name = reference.Groups["name"].Value;
        if (reference.Groups["kind"].Value == "env")
        {
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new ConfigurationException($"{path}: {key} refers to the environment variable {name}, which is not set.");
        }

        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
            return File.ReadAllText(Path.Combine(folder, name)).TrimEnd('\r', '\n');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: {key} refers to the file {name}, which cannot be read ({fault.Message}).", fault);
        }
    }

    [GeneratedRegex(@"\$\{(?<kind>file|env):(?<name>[^}]+)\}")]
    private static partial Regex Reference();
}
