using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using AuStream.Pipeline.Configuration;

namespace AuStream.Graph.Tests.Configuration;

/// <summary>Makes the JSON Schema of the configuration from its classes, so that editors know what the loader knows.</summary>
internal sealed class ConfigurationSchema(IReadOnlyDictionary<string, string> comments)
{
    public JsonObject Create()
    {
        JsonObject schema = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Configuration of 'austream run --config FILE'",
            ["description"] = "Made from the program's own classes by the test ConfigurationSchemaTests; do not edit by hand.",
        };
        foreach ((string key, JsonNode? value) in Section(new RunConfiguration(), "").ToList())
        {
            schema[key] = value?.DeepClone();
        }

        return schema;
    }

    private JsonObject Section(object defaults, string prefix)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach ((string key, PropertyInfo property) in ConfigurationKeys.Of(defaults.GetType()))
        {
            string path = prefix + key;
            JsonObject described = new() { ["description"] = comments.TryGetValue(path, out string? comment) ? comment : throw new InvalidOperationException($"edge-config/example.yaml has no key {path}") };
            foreach ((string keyword, JsonNode? value) in Describe(property, property.GetValue(defaults), path).ToList())
            {
                described[keyword] = value?.DeepClone();
            }

            properties[key] = described;
            if (property.GetCustomAttribute<RequiredAttribute>() is not null || property.GetCustomAttribute<MinLengthAttribute>() is not null)
            {
                required.Add(key);
            }
        }

        JsonObject section = new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0)
        {
            section["required"] = required;
        }

        return section;
    }

    private JsonObject Describe(PropertyInfo property, object? value, string path)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (ConfigurationKeys.IsSection(type))
        {
            return Section(value!, path + ".");
        }

        if (value is IDictionary)
        {
            Type[] pair = type.GetGenericArguments();
            JsonObject item = Scalar(pair[1], property);
            JsonObject map = new() { ["type"] = "object", ["additionalProperties"] = item };
            if (pair[0] == typeof(int))
            {
                map["propertyNames"] = new JsonObject { ["pattern"] = "^[0-9]+$" };
            }

            return map;
        }

        if (value is IList)
        {
            Type item = type.GetGenericArguments()[0];
            JsonObject list = new() { ["type"] = "array", ["items"] = ConfigurationKeys.IsSection(item) ? Section(Activator.CreateInstance(item)!, path + ".") : Scalar(item, property) };
            if (property.GetCustomAttribute<MinLengthAttribute>() is { } least)
            {
                list["minItems"] = least.Length;
            }

            return list;
        }

        JsonObject scalar = Scalar(type, property);
        if (property.GetCustomAttribute<RequiredAttribute>() is not null)
        {
            scalar["minLength"] = 1;
        }
        else if (value is not null)
        {
            scalar["default"] = value switch
            {
                string text => text,
                bool truth => truth,
                int whole => whole,
                double number => number == Math.Floor(number) ? (long)number : number,
                _ => throw new NotSupportedException($"{path}: no default of type {type.Name} is written yet"),
            };
        }

        return scalar;
    }

    private static JsonObject Scalar(Type type, PropertyInfo property)
    {
        JsonObject scalar = new()
        {
            ["type"] = Type.GetTypeCode(type) switch
            {
                TypeCode.String => "string",
                TypeCode.Boolean => "boolean",
                TypeCode.Int32 or TypeCode.Int64 => "integer",
                TypeCode.Double => "number",
                _ => throw new NotSupportedException($"{property.Name}: {type.Name} is no type of a key yet"),
            },
        };
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            scalar["minimum"] = Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture);
            scalar["maximum"] = Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture);
        }

        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
        {
            scalar["enum"] = new JsonArray([.. allowed.Values.Select(one => (JsonNode)(string)one!)]);
        }

        if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
        {
            scalar["pattern"] = pattern.Pattern;
        }

        return scalar;
    }
}
