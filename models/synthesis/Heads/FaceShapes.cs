using AuStream.Synthesis.ActionUnits;

namespace AuStream.Synthesis.Heads;

/// <summary>Names and sides of <see cref="FaceShape"/>.</summary>
public static class FaceShapes
{
    private static readonly FaceShape[] s_all = Enum.GetValues<FaceShape>();
    private static readonly string[] s_assetNames = MakeAssetNames();

    /// <summary>The first shape that no asset holds: it and those after it are made by <see cref="SculptedShapes"/>.</summary>
    internal const FaceShape FirstSculpted = FaceShape.CheekBulgeLeft;

    /// <summary>The shapes that assets hold.</summary>
    internal static IEnumerable<FaceShape> Measured => s_all.Where(s => s < FirstSculpted);

    /// <summary>The shapes that no asset holds.</summary>
    internal static IEnumerable<FaceShape> Sculpted => s_all.Where(s => s >= FirstSculpted);

    /// <summary>Number of shapes.</summary>
    public static int Count => s_all.Length;

    /// <summary>All shapes in order.</summary>
    public static IReadOnlyList<FaceShape> All => s_all;

    /// <summary>Name in ICT-FaceKit's files, for example browDown_L.</summary>
    public static string AssetName(FaceShape shape) => s_assetNames[(int)shape];

    /// <summary>The shape of a pair for a side, given the left one.</summary>
    public static FaceShape OnSide(FaceShape left, FaceSide side) => side == FaceSide.Left ? left : left + 1;

    private static string[] MakeAssetNames()
    {
        var names = new string[s_all.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = s_all[i].ToString();
            if (name is not ("JawLeft" or "JawRight" or "MouthLeft" or "MouthRight"))
            {
                name = name.EndsWith("Left", StringComparison.Ordinal) ? name[..^4] + "_L"
                    : name.EndsWith("Right", StringComparison.Ordinal) ? name[..^5] + "_R" : name;
            }

            names[i] = char.ToLowerInvariant(name[0]) + name[1..];
        }

        return names;
    }
}
