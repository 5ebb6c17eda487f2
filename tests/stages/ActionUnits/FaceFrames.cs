using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Tests.ActionUnits;

/// <summary>Frames of noise with faces whose landmarks were put there.</summary>
internal sealed class FaceFrames(int seed)
{
    private readonly Random _random = new(seed);
    private readonly FramePool _frames = new();
    private readonly FrameFacesPool _faces = new();

    /// <summary>A frame with this many tracked faces.</summary>
    public FrameFaces Next(int faces)
    {
        VideoFrame frame = _frames.Rent(160, 120, YuvColor.Bt601Limited);
        _random.NextBytes(frame.Buffer.Span);
        FrameFaces result = _faces.Rent(frame);
        for (int i = 0; i < faces; i++)
        {
            FaceObservation face = result.AddFace();
            face.FaceId = i + 1;
            face.State = FaceState.Tracked;
            float x = 100 * _random.NextSingle();
            float y = 80 * _random.NextSingle();
            for (int k = 0; k < face.Landmarks.Length; k += 3)
            {
                face.Landmarks[k] = x + (30 * _random.NextSingle());
                face.Landmarks[k + 1] = y + (30 * _random.NextSingle());
            }

            Place(face, 33, x + 5, y + 10);
            Place(face, 263, x + 25 + (4 * _random.NextSingle()), y + 10 + (4 * _random.NextSingle()));
            Place(face, 168, x + 15, y + 8);
        }

        return result;
    }

    public static void Place(FaceObservation face, int landmark, float x, float y)
    {
        face.Landmarks[3 * landmark] = x;
        face.Landmarks[(3 * landmark) + 1] = y;
    }
}
