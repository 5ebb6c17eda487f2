namespace AuStream.Stages.Landmarks;

/// <summary>Which landmark network. Both give the same 468 points; action unit models are trained with one of them.</summary>
public enum LandmarkNetwork
{
    /// <summary>The plain face mesh: about 1 ms per face.</summary>
    Mesh,

    /// <summary>The face mesh with attention: lips and eyes refined, irises measured; about 2.5 times the time.</summary>
    AttentionMesh,
}
