using AuStream.Pipeline.Serving;

namespace AuStream.Graph.Tests.Serving;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Counters_gauges_and_histograms_are_written_as_the_format_asks()
    {
        string text = PrometheusText.Write(
        [
            new("frames_total", MetricKind.Counter, "Frames.", [new([new("stream", "a")], 12), new([new("stream", "b")], 0.5)]),
            new("up", MetricKind.Gauge, "Up.", [new([], 1)]),
            new("seconds", MetricKind.Histogram, "Time.", [new([new("stream", "a")], 1.75, [0.5, 1], [2, 0, 1])]),
        ]);

        text.ShouldBe("""
            # HELP frames_total Frames.
            # TYPE frames_total counter
            frames_total{stream="a"} 12
            frames_total{stream="b"} 0.5
            # HELP up Up.
            # TYPE up gauge
            up 1
            # HELP seconds Time.
            # TYPE seconds histogram
            seconds_bucket{stream="a",le="0.5"} 2
            seconds_bucket{stream="a",le="1"} 2
            seconds_bucket{stream="a",le="+Inf"} 3
            seconds_sum{stream="a"} 1.75
            seconds_count{stream="a"} 3

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Quotes_backslashes_and_line_ends_in_labels_and_help_are_escaped()
    {
        string text = PrometheusText.Write([new("x", MetricKind.Gauge, "one\ntwo \\", [new([new("stream", "a\"b\\c\nd")], 1)])]);

        text.ShouldBe("# HELP x one\\ntwo \\\\\n# TYPE x gauge\nx{stream=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    [Fact]
    public void A_metric_without_values_is_left_out() => PrometheusText.Write([new("x", MetricKind.Gauge, "x", [])]).ShouldBeEmpty();

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e20, "1E+20")]
    public void Unusual_numbers_have_the_spelling_that_parsers_know(double value, string expected) =>
        PrometheusText.Write([new("x", MetricKind.Gauge, "x", [new([], value)])]).ShouldEndWith($"x {expected}\n");
}
