namespace AuStream.Stages.Landmarks;

/// <summary>Names of the landmark networks in manifests and in the model store.</summary>
public static class LandmarkNetworks
{
    /// <summary>Id in the model store.</summary>
    public static string ModelId(this LandmarkNetwork network) => network switch
    {
        LandmarkNetwork.Mesh => "face_landmark",
        LandmarkNetwork.AttentionMesh => "face_landmark_with_attention",
        LandmarkNetwork.LandmarkCnn => "landmark-cnn",
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "Unknown landmark network."),
    };

    /// <summary>The word that stands for the network that the action unit model names.</summary>
    public const string Auto = "auto";

    /// <summary>Ids of all networks.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Enum.GetValues<LandmarkNetwork>().Select(ModelId)];

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

        throw new ArgumentException($"'{modelId}' is no landmark network; there are {string.Join(", ", Ids)}.", nameof(modelId));
    }
}
