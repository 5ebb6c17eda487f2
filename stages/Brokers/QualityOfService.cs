namespace AuStream.Stages.Brokers;

/// <summary>How hard a bus tries to deliver.</summary>
public enum QualityOfService
{
    /// <summary>Sent when the connection can take it, else dropped and counted (MQTT QoS 0).</summary>
    AtMostOnce = 0,

    /// <summary>Acknowledged by the broker; may arrive twice (MQTT QoS 1).</summary>
    AtLeastOnce = 1,
}
