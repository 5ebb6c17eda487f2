namespace AuStream.Stages.Commanding;

/// <summary>What a stream can be told to do.</summary>
public enum StreamCommandName
{
    /// <summary>Take the faces as they are now as their neutral reference.</summary>
    EnrolNeutral,

    /// <summary>Begin again after <see cref="Stop"/>.</summary>
    Start,

    /// <summary>Stop measuring and let go of the source.</summary>
    Stop,

    /// <summary>Change from which intensity on an action unit is present.</summary>
    SetThreshold,
}
