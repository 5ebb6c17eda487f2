namespace AuStream.Stages.Landmarks;

/// <summary>Which landmark network. All give the same 468 points; action unit models are trained with one of them.</summary>
public enum LandmarkNetwork
{
    /// <summary>The plain face mesh: about 1 ms per face.</summary>
    Mesh,

    /// <summary>The face mesh with attention: lips and eyes refined, irises measured; about 2.5 times the time.</summary>
    AttentionMesh,

    /// <summary>
    /// The landmark CNN of paper 1 (Benitez-Quiroz et al. 2017), trained here on synthetic faces: 66 points, completed linearly to the mesh.
    /// </summary>
    LandmarkCnn,
}
