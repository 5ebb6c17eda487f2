namespace AuStream.Stages.Temporal;

/// <summary>The recurrent state of one track. Pooled.</summary>
internal sealed class TemporalTrack(int stateLength)
{
    public long FaceId { get; set; }

    /// <summary>PTS of the latest step, µs; null before the first.</summary>
    public long? LastStep { get; set; }

    /// <summary>What the head remembers; zeros at the start.</summary>
    public float[] State { get; } = new float[stateLength];

    public void Reset()
    {
        LastStep = null;
        Array.Clear(State);
    }
}
