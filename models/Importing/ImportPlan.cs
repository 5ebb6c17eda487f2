using AuStream.Models.Importing.Conversion;

namespace AuStream.Models.Importing;

/// <summary>What is converted from where, and what its outputs are called.</summary>
internal sealed record ImportPlan(string Id, string SourceFile, bool IsMesh, string Pixels, params OutputTensor[] Outputs)
{
    public static readonly IReadOnlyList<ImportPlan> All =
    [
        new("face_detection_short_range", "face_detection_short_range.tflite", false, "RGB in [-1, 1]",
            new OutputTensor("regressors", 896, 16), new OutputTensor("scores", 896)),
        new("face_detection_full_range", "face_detection_full_range.tflite", false, "RGB in [-1, 1]",
            new OutputTensor("regressors", 2304, 16), new OutputTensor("scores", 2304)),
        new("face_landmark", "face_landmark.tflite", true, "RGB in [0, 1]",
            new OutputTensor("landmarks", 468, 3), new OutputTensor("face_flag", 1)),
        new("face_landmark_with_attention", "face_landmark_with_attention.tflite", true, "RGB in [0, 1]",
            new OutputTensor("landmarks", 468, 3), new OutputTensor("lips", 80, 2),
            new OutputTensor("left_eye", 71, 2), new OutputTensor("right_eye", 71, 2),
            new OutputTensor("left_iris", 5, 2), new OutputTensor("right_iris", 5, 2), new OutputTensor("face_flag", 1)),
    ];
}
