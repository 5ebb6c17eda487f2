using System.Reflection;
using YamlDotNet.Serialization.NamingConventions;

namespace AuStream.Pipeline.Configuration;

/// <summary>The keys that a class of the configuration stands for.</summary>
public static class ConfigurationKeys
{
    /// <summary>The properties that can be set, by key, in the order in which they are declared.</summary>
    public static IReadOnlyList<(string Key, PropertyInfo Property)> Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .Select(property => (UnderscoredNamingConvention.Instance.Apply(property.Name), property)),
        ];
    }

    /// <summary>Whether the type is a class of the configuration, i.e. has keys of its own.</summary>
    public static bool IsSection(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Namespace == typeof(RunConfiguration).Namespace;
    }

    /// <summary>Says that a key is unknown, and what may have been meant.</summary>
    internal static string DescribeUnknown(string key, Type type)
    {
        string[] known = [.. Of(type).Select(entry => entry.Key)];
        string? nearest = Spelling.Nearest(key, known);
        return nearest is null
            ? $"unknown key '{key}'. Known here: {string.Join(", ", known)}"
            : $"unknown key '{key}'. Did you mean '{nearest}'?";
    }
}
