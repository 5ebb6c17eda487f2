namespace AuStream.Pipeline.Evaluating;

/// <summary>What action units are relative to while a dataset is measured.</summary>
public enum EvaluationReference
{
    /// <summary>As the pipeline does by itself: in video each face's own calm frames, where the model has a network for it; in pictures nothing.</summary>
    Automatic,

    /// <summary>The neutral picture of the same person that the data name; where there is none, as <see cref="Automatic"/>.</summary>
    Pictures,

    /// <summary>Nothing.</summary>
    Off,
}
