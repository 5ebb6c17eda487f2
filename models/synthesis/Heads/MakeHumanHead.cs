using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Heads;

/// <summary>MakeHuman's head: skin cut out of the base mesh, laid out in a texture atlas of its own, with expressions. Immutable, thread-safe.</summary>
public sealed class MakeHumanHead
{
    private const float SkinAboveCentimetres = -21.5f;

    /// <summary>
    /// Base mesh vertices of the 68 iBUG points (file numbering), found by registering ICT-FaceKit's points; those of the
    /// brows lie under the mean of its twelve brow meshes, those of the eyes (0 here) are found on the margins of the lids.
    /// </summary>
    private static readonly int[] s_landmarks68 =
    [
        5237, 5235, 270, 736, 737, 3698, 916, 5292, 732, 11898, 7618, 10366, 7457, 7456, 7039, 11844, 11846,
        255, 206, 176, 174, 181, 6957, 6950, 6952, 6981, 7024, 132, 131, 201, 297, 360, 314, 343, 7077, 7121,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        403, 447, 457, 466, 7216, 7207, 7163, 7130, 7241, 492, 486, 370, 443, 515, 474, 7262, 7203, 7236, 493, 481,
    ];

    private MakeHumanHead(HeadRig rig, MakeHumanPackage package, MeshPart skin, MeshPart mouth, MeshPart sockets, Vector2[] landmarkCoordinates)
    {
        Rig = rig;
        Package = package;
        Skin = skin;
        MouthCavity = mouth;
        EyeSockets = sockets;
        SkinLayout = new SkinLayout { Points68 = [.. landmarkCoordinates], NeedsPaintedBrows = false, IsPhotographic = true, TextureSize = 1024 };
        BrowSkin = SkinSurface.Around(Skin, landmarkCoordinates.AsSpan(17, 10), 0.08f);
    }

    /// <summary>Mean head, expressions, points.</summary>
    public HeadRig Rig { get; }

    /// <summary>Source of morph targets, worn meshes and pictures.</summary>
    public MakeHumanPackage Package { get; }

    /// <summary>Face, scalp, ears, neck and shoulders.</summary>
    public MeshPart Skin { get; }

    /// <summary>Inside of the mouth.</summary>
    public MeshPart MouthCavity { get; }

    /// <summary>Skin around the eyeballs behind the lids.</summary>
    public MeshPart EyeSockets { get; }

    /// <summary>Where features lie in the texture of <see cref="Skin"/>: one for all people, so that what is worked out for it is kept.</summary>
    public SkinLayout SkinLayout { get; }

    /// <summary>The skin around the brows, up to 8 % of the texture away from where the scheme's points lie.</summary>
    internal SkinSurface BrowSkin { get; }

    /// <summary>Builds the head.</summary>
    /// <param name="package">The assets.</param>
    /// <param name="ict">Source of better expressions, or null to use MakeHuman's own.</param>
    public static MakeHumanHead Build(MakeHumanPackage package, IctFaceModel? ict)
    {
        ArgumentNullException.ThrowIfNull(package);
        Vector3[] neutral = [.. package.Positions];
        package.Target("macrodetails/caucasian-male-young").AddTo(neutral, 0.5f);
        package.Target("macrodetails/caucasian-female-young").AddTo(neutral, 0.5f);
        EyeOrigin.Center(neutral, package.EyeJoints);

        MeshPartBuilder[] builders = [new(), new(), new()];
        ThreeJsonMesh mesh = package.FileMesh;
        var skinTriangles = new List<int>();
        for (int t = 0; t < mesh.Materials.Length; t++)
        {
            int i = t * 3;
            if (mesh.Materials[t] != 0)
            {
                continue;
            }

            (int a, int b, int c) = (package.Compact(mesh.Triangles[i]), package.Compact(mesh.Triangles[i + 1]), package.Compact(mesh.Triangles[i + 2]));
            if (a < 0 || b < 0 || c < 0 || MathF.Min(package.Positions[a].Y, MathF.Min(package.Positions[b].Y, package.Positions[c].Y)) < SkinAboveCentimetres)
            {
                continue;
            }

            Vector2 middle = (mesh.TextureCoordinates[i] + mesh.TextureCoordinates[i + 1] + mesh.TextureCoordinates[i + 2]) / 3;
            MakeHumanAtlas.Region region = MakeHumanAtlas.RegionOf(middle);
            builders[region switch { MakeHumanAtlas.Region.Mouth => 1, MakeHumanAtlas.Region.Sockets => 2, _ => 0 }].Add(
                a, b, c, MakeHumanAtlas.FromFile(mesh.TextureCoordinates[i], region), MakeHumanAtlas.FromFile(mesh.TextureCoordinates[i + 1], region), MakeHumanAtlas.FromFile(mesh.TextureCoordinates[i + 2], region));
            skinTriangles.AddRange([a, b, c]);
        }

        int[] skinVertices = [.. skinTriangles.Distinct().Order()];
        MorphShape[] shapes = MakeShapes(package, ict, neutral, skinVertices, [.. skinTriangles]);
        MeshPart skin = builders[0].Build();
        MeshPart sockets = builders[2].Build();
        int[] landmarks = [.. s_landmarks68.Select(package.Compact)];
        LidMargin.Find(neutral, skin, sockets).CopyTo(landmarks, LidMargin.FirstPoint);
        MeshPart cavity = builders[1].Build(v => Math.Clamp((package.Positions[v].Z + 3.6f) / 6.7f, 0.1f, 1));
        int[] lashes = Lashes(package);
        var sculptor = new SculptedShapes(
            neutral,
            landmarks,
            shapes[(int)FaceShape.JawOpen],
            [shapes[(int)FaceShape.EyeBlinkLeft], shapes[(int)FaceShape.EyeBlinkRight]],
            skin.Vertices.Concat(cavity.Vertices).Concat(sockets.Vertices).Concat(lashes));
        foreach (FaceShape shape in FaceShapes.Sculpted)
        {
            shapes[(int)shape] = sculptor.Make(shape);
        }

        var coordinates = new Vector2[68];
        for (int i = 0; i < skin.Triangles.Length; i++)
        {
            int at = Array.IndexOf(landmarks, skin.Vertices[skin.Triangles[i]]);
            if (at >= 0)
            {
                coordinates[at] = skin.TextureCoordinates[i];
            }
        }

        (int firstTooth, int teeth) = MakeHumanVertices.LowerTeeth;
        int incisor = Enumerable.Range(firstTooth, teeth).Select(package.Compact).MaxBy(v => neutral[v].Z - (4 * MathF.Abs(neutral[v].X)));
        var rig = new HeadRig(neutral, shapes, landmarks, FacePoints.Find(neutral, landmarks, skin, coordinates, FacePoints.MakeHuman), incisor, [Lids(neutral, [.. skin.Vertices, .. lashes], -1), Lids(neutral, [.. skin.Vertices, .. lashes], 1)]);
        return new MakeHumanHead(
            rig,
            package,
            skin,
            cavity,
            sockets,
            coordinates);
    }

    private static MorphShape[] MakeShapes(MakeHumanPackage package, IctFaceModel? ict, Vector3[] neutral, int[] skin, int[] triangles)
    {
        var native = new NativeShapes(package);
        var transfer = ict is null ? null : new ExpressionTransfer(package, ict, neutral, skin, triangles, Lashes(package));
        var shapes = new MorphShape[FaceShapes.Count];
        foreach (FaceShape shape in FaceShapes.Measured)
        {
            shapes[(int)shape] = MakeShape(shape, native, transfer, neutral.Length);
        }

        return shapes;
    }

    private static MorphShape MakeShape(FaceShape shape, NativeShapes native, ExpressionTransfer? transfer, int vertices)
    {
        bool isNativeBetter = shape is FaceShape.EyeBlinkLeft or FaceShape.EyeBlinkRight or FaceShape.JawOpen or FaceShape.EyeLookDownLeft or FaceShape.EyeLookDownRight;
        float cheek = shape is FaceShape.CheekSquintLeft or FaceShape.CheekSquintRight ? 0.4f : 0;
        bool mixNative = shape is >= FaceShape.BrowDownLeft and <= FaceShape.BrowOuterUpRight or FaceShape.EyeWideLeft or FaceShape.EyeWideRight;
        Vector3[] displacement = transfer is null || isNativeBetter ? new Vector3[vertices] : transfer.Transfer(shape);
        native.AddTo(displacement, shape, transfer is null || isNativeBetter ? 1 : mixNative ? 0.35f : cheek);
        return MorphShape.FromDense(displacement, 0.002f);
    }

    /// <summary>Helper strips that lash meshes hang on; no skin themselves.</summary>
    private static int[] Lashes(MakeHumanPackage package)
    {
        (int firstLeft, int countLeft) = MakeHumanVertices.LeftLashes;
        (int firstRight, int countRight) = MakeHumanVertices.RightLashes;
        return [.. Enumerable.Range(firstLeft, countLeft).Concat(Enumerable.Range(firstRight, countRight)).Select(package.Compact).Where(v => v >= 0)];
    }

    private static int[] Lids(Vector3[] neutral, int[] vertices, float side)
    {
        var center = new Vector3(side * 3.19f, 0, 0);
        return [.. vertices.Where(v => Vector3.Distance(neutral[v], center) < 2.3f)];
    }
}
