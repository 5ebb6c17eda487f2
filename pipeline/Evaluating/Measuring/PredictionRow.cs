using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>One row of <c>frames.csv</c>.</summary>
/// <param name="Key">The frame's number, or the picture's file name.</param>
/// <param name="HasFace">False for a frame without a face.</param>
/// <param name="Size">Area of the face's box, or its confidence where the file has no boxes.</param>
/// <param name="Box">The face's box; null where the file has none.</param>
/// <param name="Intensities">Per action unit, 0–5.</param>
/// <param name="Calls">Per action unit; empty when they are not read.</param>
internal sealed record PredictionRow(string Key, bool HasFace, float Size, PixelBox? Box, float[] Intensities, bool[] Calls);
