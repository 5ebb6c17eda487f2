using System.Numerics;
using System.Runtime.InteropServices;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// ICT-FaceKit's head (Li et al., "Learning Formation of Physically-Based Face Attributes", CVPR 2020; MIT licence): expressions
/// and identities measured from people. Units are about centimetres. Immutable, thread-safe.
/// </summary>
public sealed class IctFaceModel
{
    /// <summary>Where the point between the eye centres lies in the file's own coordinates.</summary>
    private static readonly Vector3 s_eyeOrigin = new(0, 3.6f, 8.1f);

    private const int FaceTriangles = 18460;
    private const int HeadTriangles = 22288;
    private const int MouthTriangles = 26452;
    private const int SocketTriangles = 28068;
    private const int MouthCavityFirst = 11248;
    private const int SocketFirst = 13294;
    private const int GumsFirst = 14062;
    private const int TeethFirst = 17039;
    private const int LeftEyeFirst = 21451;
    private const int RightEyeFirst = 23021;
    private const int ScleraVertices = 770;
    private const int UsedVertices = RightEyeFirst + ScleraVertices;

    /// <summary>Share of the skin texture's width and height that the face gets; the back of the head fills the strip on the right.</summary>
    private const float FaceShare = 0.8f;

    private IctFaceModel(HeadRig rig, MorphShape[] identities, MeshPart[] parts, Vector2[] landmarkCoordinates)
    {
        Rig = rig;
        Identities = identities;
        (Skin, MouthCavity, EyeSockets, Gums, Teeth) = (parts[0], parts[1], parts[2], parts[3], parts[4]);
        SkinLayout = new SkinLayout { Points68 = [.. landmarkCoordinates], NeedsPaintedBrows = true, IsPhotographic = false, TextureSize = 1024 };
        BrowSkin = SkinSurface.Around(Skin, landmarkCoordinates.AsSpan(17, 10), 0.08f);
    }

    /// <summary>Neutral head, expressions, points.</summary>
    public HeadRig Rig { get; }

    /// <summary>Principal shape modes of identity; a standard normal weight each gives the measured distribution.</summary>
    public IReadOnlyList<MorphShape> Identities { get; }

    /// <summary>Face, ears, neck and back of the head in one atlas.</summary>
    public MeshPart Skin { get; }

    /// <summary>Inside of the mouth.</summary>
    public MeshPart MouthCavity { get; }

    /// <summary>Inside of the eye sockets, with the inner corners of the eyes.</summary>
    public MeshPart EyeSockets { get; }

    /// <summary>Gums and tongue.</summary>
    public MeshPart Gums { get; }

    /// <summary>Both rows of teeth.</summary>
    public MeshPart Teeth { get; }

    /// <summary>Where features lie in the texture of <see cref="Skin"/>: one for all people, so that what is worked out for it is kept.</summary>
    public SkinLayout SkinLayout { get; }

    /// <summary>The skin around the brows, up to 8 % of the texture away from where the scheme's points lie.</summary>
    internal SkinSurface BrowSkin { get; }

    /// <summary>Number of vertices of the face itself (skin without the back of the head).</summary>
    internal static int FaceVertices => 9409;

    /// <summary>First vertices of the sclerae, right and left, and their number.</summary>
    internal static (int Right, int Left, int Count) Sclerae => (RightEyeFirst, LeftEyeFirst, ScleraVertices);

    /// <summary>Eyeball of the neutral head whose sclera begins at a vertex: least-squares sphere.</summary>
    internal EyeSphere NeutralEye(int firstScleraVertex) => SphereFit.Fit(Rig.Neutral.AsSpan(firstScleraVertex, ScleraVertices));

    /// <summary>Reads the archive (arrays neutral, uv, tri, tri_uv, tri_material, expression_names, expressions, identities, landmarks68).</summary>
    /// <exception cref="SynthesisAssetException">Missing or different from what is expected.</exception>
    public static IctFaceModel Load(string path)
    {
        using NpzFile archive = NpzFile.Open(path);
        Vector3[] neutral = ToVectors(archive.Read("neutral"));
        int[] triangles = archive.Read("tri").ToInt32s();
        int[] triangleCoordinates = archive.Read("tri_uv").ToInt32s();
        int[] materials = archive.Read("tri_material").ToInt32s();
        Vector2[] coordinates = MemoryMarshal.Cast<float, Vector2>(archive.Read("uv").ToSingles()).ToArray();
        string[] names = archive.Read("expression_names").ToStrings();
        int[] landmarks = archive.Read("landmarks68").ToInt32s();
        if (neutral.Length < UsedVertices || triangles.Length / 3 < SocketTriangles || triangles.Length != triangleCoordinates.Length || landmarks.Length != 68)
        {
            throw SynthesisAssetException.For(path, $"{neutral.Length} vertices and {triangles.Length / 3} triangles are not ICT-FaceKit's topology", "Use the archive made from the original FaceXModel");
        }

        int fileVertices = neutral.Length;
        for (int i = 0; i < neutral.Length; i++)
        {
            neutral[i] -= s_eyeOrigin;
        }

        neutral = neutral[..UsedVertices];
        MorphShape[] expressions = ReadExpressions(archive.Read("expressions"), names, fileVertices, path);
        MorphShape[] identities = ReadShapes(archive.Read("identities"), fileVertices, UsedVertices, 0);
        Vector2[] corners = AtlasCoordinates(coordinates, triangleCoordinates);
        MeshPart[] parts = BuildParts(neutral, triangles, corners, materials);
        var landmarkCoordinates = new Vector2[68];
        for (int i = 0; i < FaceTriangles * 3; i++)
        {
            int at = Array.IndexOf(landmarks, triangles[i]);
            if (at >= 0)
            {
                landmarkCoordinates[at] = corners[i];
            }
        }

        var sculptor = new SculptedShapes(
            neutral,
            landmarks,
            expressions[(int)FaceShape.JawOpen],
            [expressions[(int)FaceShape.EyeBlinkLeft], expressions[(int)FaceShape.EyeBlinkRight]],
            parts[0].Vertices.Concat(parts[1].Vertices).Concat(parts[2].Vertices));
        foreach (FaceShape shape in FaceShapes.Sculpted)
        {
            expressions[(int)shape] = sculptor.Make(shape);
        }

        var rig = new HeadRig(neutral, expressions, landmarks, FacePoints.Find(neutral, landmarks, parts[0], landmarkCoordinates, FacePoints.Ict), FindLowerIncisor(neutral, expressions), FindLids(neutral));
        return new IctFaceModel(rig, identities, parts, landmarkCoordinates);
    }

    private static Vector3[] ToVectors(NpyArray array) => MemoryMarshal.Cast<float, Vector3>(array.ToSingles()).ToArray();

    private static MorphShape[] ReadShapes(NpyArray array, int fileVertices, int keep, float threshold)
    {
        Vector3[] all = ToVectors(array);
        var shapes = new MorphShape[all.Length / fileVertices];
        for (int s = 0; s < shapes.Length; s++)
        {
            shapes[s] = MorphShape.FromDense(all.AsSpan(s * fileVertices, keep), threshold);
        }

        return shapes;
    }

    private static MorphShape[] ReadExpressions(NpyArray array, string[] names, int fileVertices, string path)
    {
        // The eyeballs are left out: they are turned, not morphed.
        MorphShape[] inFile = ReadShapes(array, fileVertices, LeftEyeFirst, 0.001f);
        var shapes = new MorphShape[FaceShapes.Count];
        foreach (FaceShape shape in FaceShapes.Measured)
        {
            int at = Array.IndexOf(names, FaceShapes.AssetName(shape));
            shapes[(int)shape] = at >= 0 ? inFile[at]
                : throw SynthesisAssetException.For(path, $"has no expression \"{FaceShapes.AssetName(shape)}\"", "Use the archive made from the original FaceXModel");
        }

        return shapes;
    }

    private static Vector2[] AtlasCoordinates(Vector2[] coordinates, int[] triangleCoordinates)
    {
        var corners = new Vector2[triangleCoordinates.Length];
        for (int t = 0; t < triangleCoordinates.Length; t += 3)
        {
            // Every material has its own unit tile along u.
            Vector2 a = coordinates[triangleCoordinates[t]];
            Vector2 b = coordinates[triangleCoordinates[t + 1]];
            Vector2 c = coordinates[triangleCoordinates[t + 2]];
            var tile = new Vector2(MathF.Floor(MathF.Min(a.X, MathF.Min(b.X, c.X)) + 1e-4f), 0);
            for (int k = 0; k < 3; k++)
            {
                Vector2 at = coordinates[triangleCoordinates[t + k]] - tile;
                corners[t + k] = (t / 3) switch
                {
                    < FaceTriangles => new Vector2(at.X * FaceShare, 1 - ((1 - at.Y) * FaceShare)),
                    < HeadTriangles => new Vector2(FaceShare + (at.X * (1 - FaceShare)), at.Y),
                    _ => at,
                };
            }
        }

        return corners;
    }

    private static MeshPart[] BuildParts(Vector3[] neutral, int[] triangles, Vector2[] corners, int[] materials)
    {
        MeshPartBuilder[] builders = [new(), new(), new(), new(), new()];
        for (int t = 0; t < triangles.Length / 3; t++)
        {
            int part = t switch
            {
                < HeadTriangles => 0,
                < MouthTriangles => 1,
                < SocketTriangles => 2,
                _ => materials[t] switch { 2 => 3, 3 => 4, _ => -1 },
            };
            if (part >= 0)
            {
                int i = t * 3;
                builders[part].Add(triangles[i], triangles[i + 1], triangles[i + 2], corners[i], corners[i + 1], corners[i + 2]);
            }
        }

        float Depth(int vertex, float from, float range, float low, float high) =>
            vertex < MouthCavityFirst ? high : Math.Clamp((neutral[vertex].Z - from) / range, low, high);
        return
        [
            builders[0].Build(),
            builders[1].Build(v => Depth(v, -4.1f, 7.5f, 0.12f, 0.8f)),
            builders[2].Build(v => v >= SocketFirst && v < GumsFirst ? 0.7f : 0.85f),
            builders[3].Build(v => Depth(v, -4.1f, 6.5f, 0.2f, 0.8f)),
            builders[4].Build(v => Depth(v, -3.6f, 5.5f, 0.3f, 0.95f)),
        ];
    }

    private static int FindLowerIncisor(Vector3[] neutral, MorphShape[] expressions)
    {
        Vector3[] jaw = expressions[(int)FaceShape.JawOpen].ToDense(neutral.Length);
        int best = TeethFirst;
        float bestScore = float.MinValue;
        for (int v = TeethFirst; v < LeftEyeFirst; v++)
        {
            float score = jaw[v].Length() - MathF.Abs(neutral[v].X);
            if (score > bestScore)
            {
                (best, bestScore) = (v, score);
            }
        }

        return best;
    }

    private static int[][] FindLids(Vector3[] neutral)
    {
        int[] Near(int first)
        {
            Vector3 center = Vector3.Zero;
            for (int v = first; v < first + ScleraVertices; v++)
            {
                center += neutral[v] / ScleraVertices;
            }

            center.Z = 0;
            return [.. Enumerable.Range(0, FaceVertices).Where(v => Vector3.Distance(neutral[v], center) < 2.3f)];
        }

        return [Near(RightEyeFirst), Near(LeftEyeFirst)];
    }
}
