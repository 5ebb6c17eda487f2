using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AuStream.Pipeline.Configuration;

/// <summary>Reads and checks a configuration file before anything is started: YAML, then overrides by environment variables, then references to
/// secrets, then the rules that the classes of the configuration state.</summary>
public static partial class RunConfigurationLoader
{
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

        return Parse(text, path, EnvironmentOverrides.OfThisProcess());
    }

    /// <summary>Parses YAML text; <paramref name="path"/> is named in messages.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from.</param>
    /// <param name="environment">Variables that override keys (<see cref="EnvironmentOverrides"/>); null for none.</param>
    /// <exception cref="ConfigurationException">A key or value is wrong.</exception>
    public static RunConfiguration Parse(string text, string path, IReadOnlyDictionary<string, string>? environment = null)
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

        EnvironmentOverrides.Apply(configuration, environment);
        SecretReferences.Resolve(configuration, path);
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

        Type type = typeof(RunConfiguration).Assembly.GetType(unknown.Groups["type"].Value) ?? typeof(RunConfiguration);
        return ConfigurationKeys.DescribeUnknown(unknown.Groups["key"].Value, type) + ".";
    }

    private static void Validate(RunConfiguration configuration, string path)
    {
        ConfigurationRules.Check(configuration, path);
        RequireBroker(configuration.Broker, path);
        RequirePublishing(configuration, path);
        HashSet<string> ids = [];
        for (int i = 0; i < configuration.Streams.Count; i++)
        {
            string id = configuration.Streams[i].Id;
            ConfigurationRules.Require(
                configuration.Streams[i].Neutral.Length == 0 || configuration.Calibration.Reference != "off", path, $"streams[{i}].neutral",
                "has no effect while calibration.reference is 'off': remove one of them");
            ConfigurationRules.Require(ids.Add(id), path, $"streams[{i}].id", $"'{id}' is used twice: ids are part of topics and must differ");
        }
    }

    private static void RequireBroker(BrokerConfiguration broker, string path)
    {
        void Require(bool holds, string key, string problem) => ConfigurationRules.Require(holds, path, key, problem);
        Require(broker.UsesEmbedded || broker.Host.Length > 0, "broker.host", "is missing: name the broker, or leave 'embedded' out");
        Require(!(broker.UsesEmbedded && broker.Host.Length > 0), "broker", "has both 'embedded: true' and a host: keep one of them");
        Require(!(broker.UsesEmbedded && broker.Tls), "broker.tls", "needs a host: the embedded broker listens on loopback only, without encryption");
        string[] passwords = [broker.PasswordEnvironment, broker.PasswordFile, broker.PasswordDaprSecret];
        Require(passwords.Count(one => one.Length > 0) <= 1, "broker", "names two passwords: keep one of password_environment, password_file and password_dapr_secret");
        Require(broker.KeyPasswordEnvironment.Length == 0 || broker.KeyPasswordFile.Length == 0, "broker", "names two key passwords: keep key_password_environment or key_password_file");
        Require(broker.CertificateFile.Length == 0 == (broker.KeyFile.Length == 0), "broker.certificate_file", "and key_file belong together: give both or none");
    }

    private static void RequirePublishing(RunConfiguration configuration, string path)
    {
        void Require(bool holds, string key, string problem) => ConfigurationRules.Require(holds, path, key, problem);
        Require(configuration.Broker.PasswordDaprSecret.Length == 0 || configuration.Dapr.SecretStore.Length > 0, "broker.password_dapr_secret", "needs dapr.secret_store: name the secret store component");
        Require(configuration.Commands.Count == 0 || configuration.PublishesMqtt, "commands", "need an MQTT broker: they come on its topics");
        Require(!configuration.OutputMessages || configuration.OutputFolder.Length > 0, "output_messages", "needs output_folder: say where the files go");
    }

    [GeneratedRegex(@"Property '(?<key>[^']+)' not found on type '(?<type>[^']+)'")]
    private static partial Regex UnknownProperty();
}
