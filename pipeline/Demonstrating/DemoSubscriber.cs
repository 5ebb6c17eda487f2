using System.Text.Json;

namespace AuStream.Pipeline.Demonstrating;

/// <summary>A consumer of the demo's messages, as any MQTT client could be one: keeps the latest intensities and the events. Thread-safe.</summary>
public sealed class DemoSubscriber
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, float> _intensities = [];
    private readonly Dictionary<int, bool> _present = [];
    private readonly List<MeasuredFrame> _frames = [];
    private readonly List<MeasuredEvent> _events = [];

    /// <summary>Frame messages received.</summary>
    public int FrameCount
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count;
            }
        }
    }

    /// <summary>PTS of the latest frame message in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Called for every event start and end, on the bus's thread.</summary>
    public Action<MeasuredEvent>? OnEvent { get; set; }

    /// <summary>Takes a message from a <c>…/frames</c> or <c>…/events</c> topic.</summary>
    public void Receive(string topic, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(topic);
        Utf8JsonReader reader = new(payload);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (topic.EndsWith("/frames", StringComparison.Ordinal))
        {
            TakeFrame(document.RootElement);
        }
        else if (topic.EndsWith("/events", StringComparison.Ordinal))
        {
            TakeEvent(document.RootElement);
        }
    }

    /// <summary>Latest intensity 0–5 and presence of an action unit.</summary>
    public (float Intensity, bool IsPresent) Latest(int actionUnit)
    {
        lock (_gate)
        {
            return (_intensities.GetValueOrDefault(actionUnit), _present.GetValueOrDefault(actionUnit));
        }
    }

    /// <summary>All frames received so far.</summary>
    public IReadOnlyList<MeasuredFrame> Frames()
    {
        lock (_gate)
        {
            return [.. _frames];
        }
    }

    /// <summary>All event starts and ends received so far.</summary>
    public IReadOnlyList<MeasuredEvent> Events()
    {
        lock (_gate)
        {
            return [.. _events];
        }
    }

    private void TakeFrame(JsonElement root)
    {
        double pts = root.GetProperty("pts").GetDouble();
        Dictionary<int, bool> present = [];
        lock (_gate)
        {
            _intensities.Clear();
            _present.Clear();
            foreach (JsonElement face in root.GetProperty("faces").EnumerateArray())
            {
                if (!face.TryGetProperty("action_units", out JsonElement units) || units.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                foreach (JsonProperty unit in units.EnumerateObject())
                {
                    int number = int.Parse(unit.Name.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);
                    _intensities[number] = unit.Value.GetProperty("intensity").GetSingle();
                    present[number] = _present[number] = unit.Value.GetProperty("presence").GetBoolean();
                }

                break;
            }

            Seconds = pts;
            _frames.Add(new MeasuredFrame(pts, present));
        }
    }

    private void TakeEvent(JsonElement root)
    {
        if (!root.TryGetProperty("action_unit", out JsonElement unit))
        {
            return;
        }

        string phase = root.GetProperty("phase").GetString() ?? "";
        if (phase == "update")
        {
            return;
        }

        MeasuredEvent received = new(
            unit.GetInt32(),
            phase == "start",
            root.GetProperty("onset").GetDouble(),
            phase == "end" ? root.GetProperty("offset").GetDouble() : null,
            root.GetProperty("peak_intensity").GetSingle());
        lock (_gate)
        {
            _events.Add(received);
        }

        OnEvent?.Invoke(received);
    }
}
