namespace AuStream.Stages.Landmarks;

/// <summary>Names of the landmark networks in manifests and in the model store.</summary>
public static class LandmarkNetworks
{
    /// <summary>Id in the model store.</summary>
    public static string ModelId(this LandmarkNetwork network) => network switch
    {
        LandmarkNetwork.Mesh => "face_landmark",
        LandmarkNetwork.AttentionMesh => "face_landmark_with_attention",
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "Unknown landmark network."),
    };

    /// <summary>The network that a manifest's <c>landmark_network</c> names.</summary>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static LandmarkNetwork Parse(string modelId)
    {
        foreach (LandmarkNetwork network in Enum.GetValues<LandmarkNetwork>())
        {
            if (network.ModelId() == modelId)
            {
                return network;
            }
        }

        throw new ArgumentException($"'{modelId}' is no landmark network; there are {string.Join(" and ", Enum.GetValues<LandmarkNetwork>().Select(ModelId))}.", nameof(modelId));
    }
}
