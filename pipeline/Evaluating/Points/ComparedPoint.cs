namespace AuStream.Pipeline.Evaluating.Points;

/// <summary>A point that people place by hand and the landmark networks find.</summary>
/// <param name="Name">Name of its columns, without <c>_x</c> and <c>_y</c>; right and left are the person's.</param>
/// <param name="Scheme">Its place in the 66-point scheme.</param>
/// <param name="Mesh">The point of the face mesh nearest to it.</param>
internal sealed record ComparedPoint(string Name, int Scheme, int Mesh)
{
    /// <summary>The outer corner of the eye on the picture's left.</summary>
    public const string RightCorner = "right_eye_outer";

    /// <summary>The outer corner of the eye on the picture's right.</summary>
    public const string LeftCorner = "left_eye_outer";

    /// <summary>All of them. The 66-point scheme has neither pupils nor the middle of an upper lid.</summary>
    public static IReadOnlyList<ComparedPoint> All { get; } =
    [
        new(RightCorner, 36, 33), new("right_eye_inner", 39, 133), new("left_eye_inner", 42, 362), new(LeftCorner, 45, 263),
        new("nose_base", 33, 2),
        new("right_brow_outer", 17, 70), new("right_brow_inner", 21, 107), new("left_brow_inner", 22, 336), new("left_brow_outer", 26, 300),
        new("mouth_right", 48, 61), new("upper_lip_top", 51, 0), new("mouth_left", 54, 291), new("lower_lip_bottom", 57, 17),
        new("chin", 8, 152),
    ];
}
