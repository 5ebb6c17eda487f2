using System.Reflection;
using System.Text.RegularExpressions;
using AuStream.Stages.Commanding;
using AuStream.Stages.Publishing;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AuStream.Pipeline.Configuration;

/// <summary>Reads and checks a configuration file before anything is started.</summary>
public static partial class RunConfigurationLoader
{
    private static readonly string[] s_detectors = ["auto", "short", "full"];
    private static readonly string[] s_hardware = ["none", "auto", "cuda", "vaapi"];
    private static readonly string[] s_commands = [.. Enum.GetValues<StreamCommandName>().Select(CommandParser.NameOf)];
    private static readonly string[] s_versions = ["5", "3.1.1"];
    private static readonly string[] s_encodings = ["json", "protobuf"];
    private static readonly string[] s_privacyModes = ["faces", "aggregate", "events-only"];

    /// <summary>Loads a YAML file.</summary>
    /// <exception cref="ConfigurationException">The file is missing, is not YAML, or a key or value is wrong; the message says where and what to do.</exception>
    public static RunConfiguration Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: cannot be read ({error.Message}). Give an existing file with --config; edge-config/ has ready ones.", error);
        }

        return Parse(text, path);
    }

    /// <summary>Parses YAML text; <paramref name="path"/> is named in messages.</summary>
    /// <exception cref="ConfigurationException">A key or value is wrong.</exception>
    public static RunConfiguration Parse(string text, string path)
    {
        IDeserializer deserializer = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .Build();
        RunConfiguration configuration;
        try
        {
            configuration = deserializer.Deserialize<RunConfiguration?>(text)
                ?? throw new ConfigurationException($"{path}: the file is empty. edge-config/example.yaml shows every key.");
        }
        catch (YamlException error)
        {
            throw new ConfigurationException($"{path}:{error.Start.Line}: {Explain(error)}", error);
        }

        Validate(configuration, path);
        return configuration;
    }

    private static string Explain(YamlException error)
    {
        Match unknown = UnknownProperty().Match(error.Message);
        if (!unknown.Success)
        {
            Exception inner = error.InnerException ?? error;
            return $"{inner.Message.TrimEnd('.')}.";
        }

        string key = unknown.Groups["key"].Value;
        Type? type = typeof(RunConfiguration).Assembly.GetType(unknown.Groups["type"].Value);
        IEnumerable<string> known = (type ?? typeof(RunConfiguration))
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => UnderscoredNamingConvention.Instance.Apply(property.Name))
            .ToList();
        string? nearest = Spelling.Nearest(key, known);
        return nearest is null
            ? $"unknown key '{key}'. Known here: {string.Join(", ", known)}."
            : $"unknown key '{key}'. Did you mean '{nearest}'?";
    }

    private static void Validate(RunConfiguration configuration, string path)
    {
        RequireName(configuration.Site, "site", path);
        Require(configuration.Purpose.Trim().Length > 0, path, "purpose", "is missing: say in a few words what the measurements are for (docs/responsible-use.md)");
        Require(configuration.Streams.Count > 0, path, "streams", "has no stream: give at least one with 'id' and 'source'");
        RequireBroker(configuration.Broker, path);
        RequireDapr(configuration, path);
        RequirePublishing(configuration, path);
        HashSet<string> ids = [];
        for (int i = 0; i < configuration.Streams.Count; i++)
        {
            StreamConfiguration stream = configuration.Streams[i];
            string at = $"streams[{i}]";
            RequireName(stream.Id, $"{at}.id", path);
            Require(ids.Add(stream.Id), path, $"{at}.id", $"'{stream.Id}' is used twice: ids are part of topics and must differ");
            Require(stream.Source.Length > 0, path, $"{at}.source", "is missing: give a file, a folder, rtsp://, http(s):// or /dev/videoN");
            Require(stream.MaxFaces is >= 1 and <= 100, path, $"{at}.max_faces", $"is {stream.MaxFaces}: 1 to 100 are possible");
            RequireOneOf(stream.Detector, s_detectors, $"{at}.detector", path);
            RequireOneOf(stream.HardwareDecoding, s_hardware, $"{at}.hardware_decoding", path);
            Require(stream.StallSeconds is >= 1 and <= 3600, path, $"{at}.stall_seconds", $"is {stream.StallSeconds}: 1 to 3600 are possible");
        }
    }

    private static void RequireBroker(BrokerConfiguration broker, string path)
    {
        Require(broker.Port is >= 0 and <= 65535, path, "broker.port", $"is {broker.Port}: 0 to 65535 are possible");
        Require(broker.UsesEmbedded || broker.Host.Length > 0, path, "broker.host", "is missing: name the broker, or leave 'embedded' out");
        Require(!(broker.UsesEmbedded && broker.Host.Length > 0), path, "broker", "has both 'embedded: true' and a host: keep one of them");
        Require(!(broker.UsesEmbedded && broker.Tls), path, "broker.tls", "needs a host: the embedded broker listens on loopback only, without encryption");
        Require(TopicPrefix().IsMatch(broker.Prefix), path, "broker.prefix", $"'{broker.Prefix}' cannot be part of a topic: use letters, digits, '-', '_', '.' and '/'");
        string[] passwords = [broker.PasswordEnvironment, broker.PasswordFile, broker.PasswordDaprSecret];
        Require(passwords.Count(one => one.Length > 0) <= 1, path, "broker", "names two passwords: keep one of password_environment, password_file and password_dapr_secret");
        Require(broker.KeyPasswordEnvironment.Length == 0 || broker.KeyPasswordFile.Length == 0, path, "broker", "names two key passwords: keep key_password_environment or key_password_file");
        RequireOneOf(broker.Version, s_versions, "broker.version", path);
        Require(broker.KeepAliveSeconds is >= 5 and <= 65535, path, "broker.keep_alive_seconds", $"is {broker.KeepAliveSeconds}: 5 to 65535 are possible");
        Require(broker.FrameQos is 0 or 1, path, "broker.frame_qos", $"is {broker.FrameQos}: 0 and 1 are possible");
        Require(broker.StatsQos is 0 or 1, path, "broker.stats_qos", $"is {broker.StatsQos}: 0 and 1 are possible");
        Require(broker.FrameExpirySeconds >= 1, path, "broker.frame_expiry_seconds", "must be at least 1");
        Require(broker.EventExpirySeconds >= 0, path, "broker.event_expiry_seconds", "must be at least 1, or 0 for ever");
        Require(broker.CertificateFile.Length == 0 == (broker.KeyFile.Length == 0), path, "broker.certificate_file", "and key_file belong together: give both or none");
    }

    private static void RequireDapr(RunConfiguration configuration, string path)
    {
        DaprConfiguration dapr = configuration.Dapr;
        Require(dapr.HttpPort is >= 0 and <= 65535, path, "dapr.http_port", $"is {dapr.HttpPort}: 0 to 65535 are possible");
        Require(dapr.TopicSeparator.Length == 1 && "/.-_~".Contains(dapr.TopicSeparator[0], StringComparison.Ordinal), path, "dapr.topic_separator", $"is '{dapr.TopicSeparator}': one of / . - _ ~ is possible");
        Require(configuration.Broker.PasswordDaprSecret.Length == 0 || dapr.SecretStore.Length > 0, path, "broker.password_dapr_secret", "needs dapr.secret_store: name the secret store component");
    }

    private static void RequirePublishing(RunConfiguration configuration, string path)
    {
        RequireOneOf(configuration.Encoding, s_encodings, "encoding", path);
        RequireOneOf(configuration.Privacy.Mode, s_privacyModes, "privacy.mode", path);
        Require(configuration.Privacy.MinimumGroup is >= GroupAggregator.SmallestGroup and <= 100, path, "privacy.minimum_group", $"is {configuration.Privacy.MinimumGroup}: 3 to 100 are possible; fewer faces are no group");
        Require(configuration.Privacy.IntervalSeconds is >= 1 and <= 86_400, path, "privacy.interval_seconds", $"is {configuration.Privacy.IntervalSeconds}: 1 to 86400 are possible");
        Require(configuration.Spool.MaxMegabytes is >= 1 and <= 1_000_000, path, "spool.max_megabytes", $"is {configuration.Spool.MaxMegabytes}: 1 to 1000000 are possible");
        Require(configuration.Spool.MaxAgeHours is > 0 and <= 87_600, path, "spool.max_age_hours", $"is {configuration.Spool.MaxAgeHours}: up to 87600 are possible");
        foreach (string command in configuration.Commands)
        {
            RequireOneOf(command, s_commands, "commands", path);
        }

        Require(configuration.Commands.Count == 0 || configuration.PublishesMqtt, path, "commands", "need an MQTT broker: they come on its topics");
        Require(!configuration.OutputMessages || configuration.OutputFolder.Length > 0, path, "output_messages", "needs output_folder: say where the files go");
    }

    private static void RequireName(string value, string key, string path) =>
        Require(Name().IsMatch(value), path, key, $"'{value}' cannot be part of a topic: use letters, digits, '-', '_' and '.'");

    private static void RequireOneOf(string value, string[] known, string key, string path)
    {
        if (!known.Contains(value, StringComparer.Ordinal))
        {
            string? nearest = Spelling.Nearest(value, known);
            string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
            throw new ConfigurationException($"{path}: {key} is '{value}'; possible are {string.Join(", ", known)}.{hint}");
        }
    }

    private static void Require(bool holds, string path, string key, string problem)
    {
        if (!holds)
        {
            throw new ConfigurationException($"{path}: {key} {problem}.");
        }
    }

    [GeneratedRegex(@"Property '(?<key>[^']+)' not found on type '(?<type>[^']+)'")]
    private static partial Regex UnknownProperty();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$")]
    private static partial Regex TopicPrefix();
}
