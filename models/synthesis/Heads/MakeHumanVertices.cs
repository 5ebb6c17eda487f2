namespace AuStream.Synthesis.Heads;

/// <summary>Vertices of MakeHuman's base mesh (numbering of the file) that mean something to us.</summary>
internal static class MakeHumanVertices
{
    public const int BodyCount = 13380;
    public const int NoseTip = 297;
    public const int LipCornerRight = 403;
    public const int LipCornerLeft = 7163;
    public const int UpperLipInner = 474;
    public const int LowerLipInner = 493;
    public const int UpperLipTop = 466;
    public const int LowerLipBottom = 492;

    /// <summary>Helper spheres of the eyes.</summary>
    public static (int First, int Count) LeftEye => (14598, 72);

    public static (int First, int Count) RightEye => (14670, 72);

    /// <summary>Helper strips along the lids.</summary>
    public static (int First, int Count) LeftLashes => (14742, 125);

    public static (int First, int Count) RightLashes => (14867, 125);

    /// <summary>Helper of the lower teeth: moves with the jaw.</summary>
    public static (int First, int Count) LowerTeeth => (14992, 68);
}
