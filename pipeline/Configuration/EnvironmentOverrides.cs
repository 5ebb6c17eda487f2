using System.Collections;
using System.Globalization;
using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace AuStream.Pipeline.Configuration;

/// <summary>
/// Environment variables that replace keys of the file: <c>AUSTREAM__BROKER__HOST=mqtt.local</c> is <c>broker: { host: mqtt.local }</c>, and
/// <c>AUSTREAM__STREAMS__0__SOURCE</c> or <c>AUSTREAM__STREAMS__front__SOURCE</c> the source of the first stream, or of the one with that id. Keys in any
/// case; values are YAML.
/// </summary>
public static class EnvironmentOverrides
{
    private const string Prefix = "AUSTREAM__";
    private const string Separator = "__";

    /// <summary>The variables of this process that override keys.</summary>
    public static IReadOnlyDictionary<string, string> OfThisProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(entry => ((string)entry.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>Replaces the keys that the variables name, in the order of the variables' names.</summary>
    /// <exception cref="ConfigurationException">A variable names no key, or its value does not fit; the message names the variable.</exception>
    public static void Apply(RunConfiguration configuration, IReadOnlyDictionary<string, string>? environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach ((string variable, string value) in (environment ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (variable.StartsWith(Prefix, StringComparison.Ordinal))
            {
                Apply(configuration, variable, variable[Prefix.Length..].Split(Separator), value);
            }
        }
    }

    private static void Apply(object target, string variable, ReadOnlySpan<string> keys, string value)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            string key = keys[i].ToLowerInvariant();
            PropertyInfo property = ConfigurationKeys.Of(target.GetType()).FirstOrDefault(entry => entry.Key == key).Property
                ?? throw new ConfigurationException($"environment variable {variable}: {ConfigurationKeys.DescribeUnknown(key, target.GetType())}.");
            bool isLast = i == keys.Length - 1;
            if (isLast)
            {
                property.SetValue(target, Parse(variable, value, property.PropertyType));
                return;
            }

            object current = property.GetValue(target) ?? throw new ConfigurationException($"environment variable {variable}: '{key}' has nothing below it.");
            if (current is IList list)
            {
                current = FindItem(list, keys[++i], variable);
                if (i == keys.Length - 1)
                {
                    throw new ConfigurationException($"environment variable {variable}: names an entry of '{key}', but none of its keys. Add one, e.g. {variable}{Separator}SOURCE.");
                }
            }

            target = ConfigurationKeys.IsSection(current.GetType())
                ? current
                : throw new ConfigurationException($"environment variable {variable}: '{key}' has no keys below it.");
        }
    }

    private static object FindItem(IList list, string name, string variable)
    {
        object? found = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index < list.Count ? list[index] : null
            : list.OfType<StreamConfiguration>().FirstOrDefault(stream => stream.Id.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found ?? throw new ConfigurationException(
            $"environment variable {variable}: there is no entry '{name}'; the file has {string.Join(", ", list.OfType<StreamConfiguration>().Select((stream, i) => $"{i} ({stream.Id})"))}.");
    }

    private static object? Parse(string variable, string value, Type type)
    {
        if (type == typeof(string))
        {
            return value;
        }

        try
        {
            return new DeserializerBuilder().WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance).Build().Deserialize(value, type);
        }
        catch (YamlException fault)
        {
            throw new ConfigurationException($"environment variable {variable}: '{value}' does not fit: {(fault.InnerException ?? fault).Message.TrimEnd('.')}.", fault);
        }
    }
}
