using AuStream.Stages.Landmarks;

namespace AuStream.Stages.Tests.Landmarks;

public sealed class LandmarkNetworksTests
{
    [Fact]
    public void Manifests_name_the_networks_by_their_ids()
    {
        LandmarkNetworks.Parse("face_landmark").ShouldBe(LandmarkNetwork.Mesh);
        LandmarkNetworks.Parse("face_landmark_with_attention").ShouldBe(LandmarkNetwork.AttentionMesh);
        LandmarkNetworks.Parse("landmark-cnn").ShouldBe(LandmarkNetwork.LandmarkCnn);
        LandmarkNetworks.Ids.ShouldBe(["face_landmark", "face_landmark_with_attention", "landmark-cnn"]);
        Should.Throw<ArgumentException>(() => LandmarkNetworks.Parse("dlib")).Message.ShouldContain("face_landmark_with_attention");
    }
}
