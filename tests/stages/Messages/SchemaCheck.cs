using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AuStream.Stages.Tests.Messages;

/// <summary>Checks JSON against the part of JSON Schema 2020-12 that the project's schemas use. A keyword it does not know is an error, so that nothing is passed over in silence.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "then", "else"];

    public static SchemaCheck Load(string path) => new(JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    /// <summary>What is wrong, each with its place; empty when the value is valid.</summary>
    public IReadOnlyList<string> Validate(JsonNode? value) => [.. Check(root, value, "$")];

    /// <summary>Properties of the value that the schema does not describe. Consumers must put up with such, our own messages must not have any.</summary>
    public IReadOnlyList<string> Undescribed(JsonNode? value) => [.. Undescribed(root, value, "$")];

    private static bool IsType(JsonNode? value, string type) => (type, value) switch
    {
        ("object", JsonObject) or ("array", JsonArray) => true,
        ("string", JsonValue v) => v.GetValueKind() == System.Text.Json.JsonValueKind.String,
        ("boolean", JsonValue v) => v.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        ("number", JsonValue v) => v.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        ("integer", JsonValue v) => v.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.IsInteger(v.GetValue<decimal>()),
        _ => false,
    };

    private IEnumerable<string> Check(JsonNode? schema, JsonNode? value, string place)
    {
        if (schema is JsonValue allowed)
        {
            return allowed.GetValue<bool>() ? [] : [$"{place} is not allowed"];
        }

        return schema!.AsObject().SelectMany(keyword => Check(schema.AsObject(), keyword.Key, keyword.Value!, value, place));
    }

    private IEnumerable<string> Check(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string place) => keyword switch
    {
        _ when Annotations.Contains(keyword) => [],
        "$ref" => Check(root["$defs"]![rule.GetValue<string>()["#/$defs/".Length..]], value, place),
        "type" => Unless(IsType(value, rule.GetValue<string>()), $"{place} is not of type {rule}"),
        "const" => Unless(JsonNode.DeepEquals(rule, value), $"{place} is not {rule}"),
        "enum" => Unless(rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)), $"{place} is none of {rule.ToJsonString()}"),
        "minimum" => Unless(value is not JsonValue || !IsType(value, "number") || value.GetValue<decimal>() >= rule.GetValue<decimal>(), $"{place} is below {rule}"),
        "maximum" => Unless(value is not JsonValue || !IsType(value, "number") || value.GetValue<decimal>() <= rule.GetValue<decimal>(), $"{place} is above {rule}"),
        "exclusiveMinimum" => Unless(value is not JsonValue || !IsType(value, "number") || value.GetValue<decimal>() > rule.GetValue<decimal>(), $"{place} is not above {rule}"),
        "maxLength" => Unless(!IsType(value, "string") || value!.GetValue<string>().Length <= rule.GetValue<int>(), $"{place} is too long"),
        "minLength" => Unless(!IsType(value, "string") || value!.GetValue<string>().Length >= rule.GetValue<int>(), $"{place} is too short"),
        "pattern" => Unless(!IsType(value, "string") || Regex.IsMatch(value!.GetValue<string>(), rule.GetValue<string>()), $"{place} does not match {rule}"),
        "required" => rule.AsArray().Where(name => value is JsonObject o && !o.ContainsKey(name!.GetValue<string>())).Select(name => $"{place} lacks {name}"),
        "properties" => rule.AsObject().Where(p => value is JsonObject o && o.ContainsKey(p.Key)).SelectMany(p => Check(p.Value, value![p.Key], $"{place}.{p.Key}")),
        "patternProperties" => (value as JsonObject ?? []).SelectMany(p =>
            rule.AsObject().Where(one => Regex.IsMatch(p.Key, one.Key)).SelectMany(one => Check(one.Value, p.Value, $"{place}.{p.Key}"))),
        "additionalProperties" => (value as JsonObject ?? []).Where(p => !IsDescribed(schema, p.Key)).SelectMany(p => Check(rule, p.Value, $"{place}.{p.Key}")),
        "items" => (value as JsonArray ?? []).SelectMany((item, i) => Check(rule, item, $"{place}[{i}]")),
        "oneOf" => Unless(rule.AsArray().Count(one => !Check(one, value, place).Any()) == 1, $"{place} does not match exactly one of the alternatives"),
        "if" => Check(schema[Check(rule, value, place).Any() ? "else" : "then"] ?? true, value, place),
        _ => throw new NotSupportedException($"The checker does not know the keyword '{keyword}'."),
    };

    private IEnumerable<string> Undescribed(JsonNode? schema, JsonNode? value, string place)
    {
        if (schema?["$ref"] is { } reference)
        {
            schema = root["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]];
        }

        return value switch
        {
            JsonObject o => o.SelectMany(p => Find(schema!.AsObject(), p.Key) is { } described
                ? Undescribed(described, p.Value, $"{place}.{p.Key}")
                : [$"{place}.{p.Key}"]),
            JsonArray a => a.SelectMany((item, i) => Undescribed(schema!["items"], item, $"{place}[{i}]")),
            _ => [],
        };
    }

    private static bool IsDescribed(JsonObject schema, string name) => Find(schema, name) is not null;

    private static JsonNode? Find(JsonObject schema, string name) =>
        schema["properties"]?[name] ?? (schema["patternProperties"] as JsonObject)?.FirstOrDefault(p => Regex.IsMatch(name, p.Key)).Value;

    private static IEnumerable<string> Unless(bool holds, string complaint) => holds ? [] : [complaint];
}
