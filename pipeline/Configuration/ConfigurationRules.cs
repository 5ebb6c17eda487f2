using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AuStream.Pipeline.Configuration;

/// <summary>Checks a configuration against the attributes of its classes. The JSON Schema for editors is made of the same attributes.</summary>
internal static class ConfigurationRules
{
    public const string Name = "^[A-Za-z0-9._-]+$";
    public const string NameFault = "cannot be part of a topic: use letters, digits, '-', '_' and '.'";
    public const string TopicPrefix = "^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$";
    public const string TopicPrefixFault = "cannot be part of a topic: use letters, digits, '-', '_', '.' and '/'";

    /// <exception cref="ConfigurationException">A rule is broken; the message names file, key and remedy.</exception>
    public static void Check(RunConfiguration configuration, string path) => CheckSection(configuration, "", path);

    /// <exception cref="ConfigurationException">The condition does not hold.</exception>
    public static void Require(bool holds, string path, string key, string problem)
    {
        if (!holds)
        {
            throw new ConfigurationException($"{path}: {key} {problem.TrimEnd('.')}.");
        }
    }

    private static void CheckSection(object section, string prefix, string path)
    {
        foreach ((string key, PropertyInfo property) in ConfigurationKeys.Of(section.GetType()))
        {
            string at = prefix + key;
            object? value = property.GetValue(section);
            Require(value is not null || property.PropertyType.IsValueType, path, at, "has no value: give one, or leave the key out");
            foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                CheckRule(rule, value, at, path);
            }

            if (ConfigurationKeys.IsSection(property.PropertyType))
            {
                CheckSection(value!, at + ".", path);
            }
            else if (value is IList list)
            {
                for (int i = 0; i < list.Count; i++)
                {
                    string item = $"{at}[{i.ToString(CultureInfo.InvariantCulture)}]";
                    Require(list[i] is not null, path, item, "has no value");
                    if (ConfigurationKeys.IsSection(list[i]!.GetType()))
                    {
                        CheckSection(list[i]!, item + ".", path);
                    }
                }
            }
        }
    }

    private static void CheckRule(ValidationAttribute rule, object? value, string key, string path)
    {
        switch (rule, value)
        {
            case (RangeAttribute range, IDictionary map):
                foreach (DictionaryEntry entry in map)
                {
                    CheckRule(range, entry.Value, $"{key}.{Text(entry.Key)}", path);
                }

                break;
            case (RangeAttribute range, not null):
                double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                bool isInside = number >= Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture) && number <= Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
                Require(isInside, path, key, $"is {Text(value)}: {Text(range.Minimum)} to {Text(range.Maximum)} are possible{(range.ErrorMessage is { } more ? "; " + more : "")}");
                break;
            case (AllowedValuesAttribute allowed, IList<string> words):
                for (int i = 0; i < words.Count; i++)
                {
                    CheckRule(allowed, words[i], $"{key}[{i.ToString(CultureInfo.InvariantCulture)}]", path);
                }

                break;
            case (AllowedValuesAttribute allowed, string word):
                string[] known = [.. allowed.Values.Cast<string>()];
                string hint = Spelling.Nearest(word, known) is { } nearest ? $". Did you mean '{nearest}'?" : ".";
                if (!known.Contains(word, StringComparer.Ordinal))
                {
                    throw new ConfigurationException($"{path}: {key} is '{word}'; possible are {string.Join(", ", known)}{hint}");
                }

                break;
            case (RegularExpressionAttribute pattern, string word):
                Require(Regex.IsMatch(word, pattern.Pattern, RegexOptions.CultureInvariant), path, key, $"'{word}' {pattern.ErrorMessage}");
                break;
            case (RequiredAttribute required, string word):
                Require(word.Trim().Length > 0, path, key, required.ErrorMessage ?? "is missing");
                break;
            case (MinLengthAttribute least, ICollection items):
                Require(items.Count >= least.Length, path, key, least.ErrorMessage ?? "is too short");
                break;
            case (_, null):
                break;
            default:
                throw new NotSupportedException($"{key}: no check is written for {rule.GetType().Name} on {value.GetType().Name}.");
        }
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
