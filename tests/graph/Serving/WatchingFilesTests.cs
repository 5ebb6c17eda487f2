using System.Text.Json;
using System.Text.RegularExpressions;
using AuStream.Graph.Tests.Configuration;
using AuStream.Pipeline.Configuration;
using AuStream.Pipeline.Graph;
using AuStream.Pipeline.Observing;
using AuStream.Pipeline.Serving;
using AuStream.Testing;

namespace AuStream.Graph.Tests.Serving;

/// <summary>Dashboard, alerts and Kubernetes files must not speak of what is not there.</summary>
public sealed class WatchingFilesTests
{
    [Theory]
    [InlineData("grafana/austream.json")]
    [InlineData("prometheus/alerts.yml")]
    public void Every_metric_in_dashboard_and_alerts_exists(string file)
    {
        string text = File.ReadAllText(Path.Combine(DocumentedKeys.Folder, file));
        HashSet<string> known = [.. Families().SelectMany(family => family.Kind == MetricKind.Histogram
            ? (string[])[family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"]
            : [family.Name])];
        string[] used = [.. Regex.Matches(text, @"\b(austream_(stream|sink|model|compute|build)_\w+|process_\w+|dotnet_\w+)").Select(match => match.Value).Distinct()];

        used.Length.ShouldBeGreaterThan(5);
        used.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void The_dashboard_is_JSON_with_a_query_in_every_panel()
    {
        JsonElement dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(DocumentedKeys.Folder, "grafana", "austream.json"))).RootElement;

        foreach (JsonElement panel in dashboard.GetProperty("panels").EnumerateArray())
        {
            panel.GetProperty("targets").EnumerateArray().ShouldNotBeEmpty();
            panel.GetProperty("targets").EnumerateArray().ShouldAllBe(target => target.GetProperty("expr").GetString()!.Length > 0);
        }
    }

    [Fact]
    public void Names_of_metrics_follow_the_conventions()
    {
        foreach (MetricFamily family in Families())
        {
            family.Name.ShouldMatch("^[a-z][a-z0-9_]*$");
            family.Name.EndsWith("_total", StringComparison.Ordinal).ShouldBe(family.Kind == MetricKind.Counter, family.Name);
            family.Help.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Kubernetes_asks_liveness_of_livez_and_readiness_of_readyz_on_the_usual_port()
    {
        string deployment = File.ReadAllText(Path.Combine(DocumentedKeys.Folder, "k8s", "base", "deployment.yaml"));

        Probe(deployment, "livenessProbe").ShouldBe("/livez");
        Probe(deployment, "startupProbe").ShouldBe("/livez");
        Probe(deployment, "readinessProbe").ShouldBe("/readyz");
        deployment.ShouldContain($"containerPort: {HealthServer.UsualPort}");
        deployment.ShouldContain("replicas: 1");
    }

    [Fact]
    public void Every_set_of_streams_for_Kubernetes_loads()
    {
        string[] files = Directory.GetFiles(Path.Combine(DocumentedKeys.Folder, "k8s", "sets"), "run.yaml", SearchOption.AllDirectories);

        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            RunConfigurationLoader.Load(file).Streams.ShouldNotBeEmpty();
        }
    }

    private static string Probe(string deployment, string name) => Regex.Match(deployment, name + @":\s+httpGet:\s+path: (\S+)").Groups[1].Value;

    private static IReadOnlyList<MetricFamily> Families()
    {
        ManualTimeProvider time = new();
        StreamMonitor monitor = Monitors.Create("cam", "running", time, new StreamMetrics(time), new FakeSink());
        ServiceState state = new(() => [], new ComputeTurns(1, time));
        state.Add(monitor);
        return new ServiceMetrics(state).Collect();
    }
}
