namespace AuStream.Pipeline.Serving;

/// <summary>How a metric's values are to be read.</summary>
public enum MetricKind
{
    /// <summary>Only grows until the program ends.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Values counted in buckets.</summary>
    Histogram,
}
