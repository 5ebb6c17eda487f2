using System.Collections.Concurrent;
using System.Text;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>What libmosquitto needs of each <see cref="BusRoute"/>, made at its first use and kept: the topic as a C string, the MQTT 5 properties as a native list.</summary>
/// <remarks>Thread-safe, but not to be used any more once disposed.</remarks>
internal sealed class MosquittoRoutes(MqttVersion version) : IDisposable
{
    private readonly ConcurrentDictionary<BusRoute, NativeRoute> _routes = new(ReferenceEqualityComparer.Instance);

    public void Dispose()
    {
        foreach (NativeRoute route in _routes.Values)
        {
            route.Dispose();
        }

        _routes.Clear();
    }

    /// <summary>The native form of a route.</summary>
    /// <exception cref="MessageBusException">The topic is empty or has wildcards.</exception>
    public NativeRoute this[BusRoute route] => route.IsForOneMessage ? Create(route)
        : _routes.TryGetValue(route, out NativeRoute? native) ? native
        : Add(route);

    /// <summary>A property list that the caller owns.</summary>
    public static unsafe nint CreateProperties(BusRoute route, MqttVersion version)
    {
        nint properties = 0;
        if (version == MqttVersion.V311)
        {
            return properties;
        }

        int error = MosquittoNative.AddByteProperty(ref properties, MosquittoCode.PropertyPayloadFormat, route.IsText ? (byte)1 : (byte)0);
        error |= MosquittoNative.AddStringProperty(ref properties, MosquittoCode.PropertyContentType, route.ContentType);
        if (route.Expiry is { } expiry)
        {
            error |= MosquittoNative.AddInt32Property(
                ref properties, MosquittoCode.PropertyMessageExpiry, (uint)Math.Clamp(Math.Ceiling(expiry.TotalSeconds), 1, uint.MaxValue));
        }

        if (route.ResponseTopic is not null)
        {
            error |= MosquittoNative.AddStringProperty(ref properties, MosquittoCode.PropertyResponseTopic, route.ResponseTopic);
        }

        if (!route.CorrelationData.IsEmpty)
        {
            fixed (byte* data = route.CorrelationData.Span)
            {
                error |= MosquittoNative.AddBinaryProperty(ref properties, MosquittoCode.PropertyCorrelationData, data, checked((ushort)route.CorrelationData.Length));
            }
        }

        foreach ((string name, string value) in route.UserProperties)
        {
            error |= MosquittoNative.AddStringPairProperty(ref properties, MosquittoCode.PropertyUserProperty, name, value);
        }

        if (error != MosquittoCode.Success)
        {
            MosquittoNative.FreeProperties(ref properties);
            throw new MessageBusException($"The properties of the topic '{route.Topic}' are not valid in MQTT 5: {MosquittoLibrary.ErrorText(error)}.");
        }

        return properties;
    }

    /// <summary>A topic as a C string.</summary>
    /// <exception cref="MessageBusException">The topic is empty or has wildcards.</exception>
    public static byte[] EncodeTopic(string topic)
    {
        if (string.IsNullOrEmpty(topic) || topic.Contains('\0', StringComparison.Ordinal) || MosquittoNative.CheckTopic(topic) != MosquittoCode.Success)
        {
            throw new MessageBusException($"'{topic}' is not a topic to publish on: it must not be empty nor contain + or #.");
        }

        return [.. Encoding.UTF8.GetBytes(topic), 0];
    }

    private NativeRoute Add(BusRoute route)
    {
        NativeRoute native = Create(route);
        NativeRoute kept = _routes.GetOrAdd(route, native);
        if (!ReferenceEquals(kept, native))
        {
            native.Dispose();
        }

        return kept;
    }

    private NativeRoute Create(BusRoute route) => new(EncodeTopic(route.Topic), CreateProperties(route, version));

    /// <summary>A topic and its properties; one that was made for a single message is freed with the last reference to it.</summary>
    internal sealed class NativeRoute(byte[] topic, nint properties) : IDisposable
    {
        private nint _properties = properties;

        ~NativeRoute() => MosquittoNative.FreeProperties(ref _properties);

        public byte[] Topic => topic;

        public nint Properties => _properties;

        public void Dispose()
        {
            MosquittoNative.FreeProperties(ref _properties);
            GC.SuppressFinalize(this);
        }
    }
}
