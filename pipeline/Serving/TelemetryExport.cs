using System.Diagnostics.Metrics;
using System.Globalization;
using AuStream.Pipeline.Configuration;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AuStream.Pipeline.Serving;

/// <summary>
/// The service's metrics as instruments of <see cref="System.Diagnostics.Metrics"/>, pushed to an OpenTelemetry collector. Names and labels are those of
/// /metrics; a histogram goes out as its cumulative <c>_bucket</c>, <c>_sum</c> and <c>_count</c> counters.
/// </summary>
public sealed class TelemetryExport : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "AuStream";

    private static readonly TimeSpan s_oneRound = TimeSpan.FromMilliseconds(200);
    private readonly Meter _meter = new(MeterName);
    private readonly ServiceMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly MeterProvider? _provider;
    private Dictionary<string, MetricFamily> _latest = [];
    private long? _collectedAt;

    private TelemetryExport(ServiceState state, TimeProvider time, Action<MeterProviderBuilder>? export)
    {
        _metrics = new ServiceMetrics(state);
        _time = time;
        foreach (MetricFamily family in _metrics.Collect())
        {
            Create(family);
        }

        if (export is not null)
        {
            MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder().AddMeter(MeterName);
            export(builder);
            _provider = builder.Build();
        }
    }

    /// <summary>Starts to push where the configuration, or OpenTelemetry's own variable, names a collector; else returns null.</summary>
    public static TelemetryExport? Start(TelemetryConfiguration configuration, ServiceState state, string site, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string endpoint = configuration.OtlpEndpoint.Length > 0 ? configuration.OtlpEndpoint : Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") ?? "";
        if (endpoint.Length == 0)
        {
            return null;
        }

        return new TelemetryExport(state, time, builder => builder
            .ConfigureResource(resource => resource.AddService("austream", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3))
                .AddAttributes([new("austream.site", site)]))
            .AddOtlpExporter((exporter, reader) =>
            {
                bool isHttp = configuration.OtlpProtocol == "http";
                exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
                // Over HTTP the exporter takes an address as it is; the path belongs to the protocol.
                bool lacksPath = isHttp && new Uri(endpoint).AbsolutePath == "/";
                exporter.Endpoint = new Uri(lacksPath ? endpoint.TrimEnd('/') + "/v1/metrics" : endpoint);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)(configuration.IntervalSeconds * 1000);
            }));
    }

    /// <summary>Only the instruments, for listeners inside this process.</summary>
    internal static TelemetryExport CreateInstruments(ServiceState state, TimeProvider time) => new(state, time, export: null);

    /// <summary>Pushes what is there a last time, for at most two seconds.</summary>
    public void Dispose()
    {
        _provider?.ForceFlush(2000);
        _provider?.Dispose();
        _meter.Dispose();
    }

    private void Create(MetricFamily family)
    {
        string name = family.Name;
        switch (family.Kind)
        {
            case MetricKind.Counter:
                _meter.CreateObservableCounter(name, () => Observe(name, sample => [(sample.Value, null)]), null, family.Help);
                break;
            case MetricKind.Gauge:
                _meter.CreateObservableGauge(name, () => Observe(name, sample => [(sample.Value, null)]), null, family.Help);
                break;
            default:
                _meter.CreateObservableCounter(name + "_bucket", () => Observe(name, Buckets), null, family.Help);
                _meter.CreateObservableCounter(name + "_sum", () => Observe(name, sample => [(sample.Value, null)]), null, family.Help);
                _meter.CreateObservableCounter(name + "_count", () => Observe(name, sample => [(sample.Counts!.Sum(), null)]), null, family.Help);
                break;
        }
    }

    private static IEnumerable<(double Value, string? Bound)> Buckets(MetricSample sample)
    {
        long atMost = 0;
        for (int i = 0; i < sample.Counts!.Count; i++)
        {
            atMost += sample.Counts[i];
            yield return (atMost, i < sample.Bounds!.Count ? sample.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf");
        }
    }

    private IEnumerable<Measurement<double>> Observe(string name, Func<MetricSample, IEnumerable<(double Value, string? Bound)>> values)
    {
        foreach (MetricSample sample in Latest(name))
        {
            foreach ((double value, string? bound) in values(sample))
            {
                IEnumerable<KeyValuePair<string, object?>> tags = sample.Labels.Select(label => new KeyValuePair<string, object?>(label.Key, label.Value));
                yield return new Measurement<double>(value, bound is null ? tags : tags.Append(new("le", bound)));
            }
        }
    }

    // Every instrument is asked in one round: what was collected for the first one is good for all.
    private IReadOnlyList<MetricSample> Latest(string name)
    {
        lock (_gate)
        {
            if (_collectedAt is not { } at || _time.GetElapsedTime(at) > s_oneRound)
            {
                _latest = _metrics.Collect().ToDictionary(family => family.Name);
                _collectedAt = _time.GetTimestamp();
            }

            return _latest.TryGetValue(name, out MetricFamily? family) ? family.Samples : [];
        }
    }
}
