using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AuStream.Models.Tests.Manifests;

/// <summary>A folder of models for one test, gone afterwards.</summary>
internal sealed class ManifestFolder : IDisposable
{
    private static readonly byte[] Network = [8, 7, 18, 0];

    public string Path { get; } = Directory.CreateTempSubdirectory("austream-manifests").FullName;

    public static JsonObject ValidJson(string id) => new()
    {
        ["schema"] = "austream.model/1",
        ["id"] = id,
        ["version"] = "1.0.0",
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Network)),
        ["action_units"] = new JsonArray(1, 12, 43),
        ["crop"] = new JsonObject
        {
            ["size"] = 112,
            ["anchor_landmarks"] = new JsonArray(33, 263),
            ["anchor_points"] = new JsonArray(30.5, 36, 81.5, 36),
            ["mean"] = new JsonArray(127.5, 127.5, 127.5),
            ["deviation"] = new JsonArray(127.5, 127.5, 127.5),
        },
        ["landmarks"] = new JsonArray(0, 61, 291),
        ["landmark_network"] = "face_landmark",
        ["thresholds"] = new JsonArray(1, 1.5, 2),
        ["calibration"] = new JsonArray(Curve(), Curve(), Curve()),
        ["licence"] = "MIT",
        ["origin"] = "a test",
        ["metrics"] = new JsonObject { ["auc.synthetic"] = 0.9 },
    };

    /// <summary>Writes a model: manifest and network.</summary>
    public string Write(string id, Action<JsonObject>? change = null, bool withNetwork = true)
    {
        JsonObject json = ValidJson(id);
        change?.Invoke(json);
        return WriteText(id, json.ToJsonString(), withNetwork);
    }

    public string WriteText(string id, string manifest, bool withNetwork = true)
    {
        string path = System.IO.Path.Combine(Path, id + ".json");
        File.WriteAllText(path, manifest);
        if (withNetwork)
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, id + ".onnx"), Network);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static JsonObject Curve() => new() { ["raw"] = new JsonArray(0, 1, 4), ["intensity"] = new JsonArray(0, 2, 5) };
}
