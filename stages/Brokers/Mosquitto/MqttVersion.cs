namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>Version of the MQTT protocol.</summary>
public enum MqttVersion
{
    /// <summary>MQTT 3.1.1: no properties, no reasons for rejected messages.</summary>
    V311,

    /// <summary>MQTT 5.</summary>
    V5,
}
