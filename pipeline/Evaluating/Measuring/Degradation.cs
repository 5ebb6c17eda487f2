using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>
/// A way to make frames worse, as the papers do to test robustness (Benitez-Quiroz 2017, section 4.2): less resolution, or a black box of a fifth of
/// the face in width and height.
/// </summary>
/// <param name="Id">For files and tables.</param>
/// <param name="Description">For people.</param>
/// <param name="Shrink">Frame pixels that become one, in each direction.</param>
/// <param name="X">Centre of the black box across the face's box, 0–1; null for no box, NaN for a random place per frame.</param>
/// <param name="Y">The same down the face's box.</param>
internal sealed record Degradation(string Id, string Description, int Shrink, float? X, float? Y)
{
    private const float ShareOfFace = 0.2f;
    private const byte BlackLuma = 16;
    private const byte NoColor = 128;

    /// <summary>The frame as it is.</summary>
    public static Degradation None { get; } = new("as-is", "as it is", 1, null, null);

    /// <summary>All that are tested.</summary>
    public static IReadOnlyList<Degradation> All { get; } =
    [
        new("half", "half the resolution", 2, null, null),
        new("quarter", "a quarter of the resolution", 4, null, null),
        new("box-left-eye", "black box on the eye on the picture's left", 1, 0.29f, 0.36f),
        new("box-right-eye", "black box on the eye on the picture's right", 1, 0.71f, 0.36f),
        new("box-brows", "black box between the brows", 1, 0.5f, 0.28f),
        new("box-nose", "black box on the nose", 1, 0.5f, 0.55f),
        new("box-mouth", "black box on the mouth", 1, 0.5f, 0.77f),
        new("box-random", "black box somewhere on the face", 1, float.NaN, float.NaN),
    ];

    /// <summary>True when something is put on the face, false when the whole frame is treated alike.</summary>
    public bool IsOnFace => X is not null;

    /// <summary>The frame made worse: a new one from the pool, which the caller owns; the old one stays the caller's too.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="face">Where the face is in it; null when it is not known, then there is no box.</param>
    /// <param name="pool">Gives the new frame.</param>
    public VideoFrame Apply(VideoFrame frame, PixelBox? face, FramePool pool)
    {
        (int width, int height) = (Math.Max(1, frame.Width / Shrink), Math.Max(1, frame.Height / Shrink));
        VideoFrame worse = pool.Rent(width, height, frame.Color);
        Span<byte> planes = worse.Buffer.Span;
        int luma = width * height;
        int chroma = worse.ChromaWidth * worse.ChromaHeight;
        Average(frame.Y, frame.Width, frame.Height, planes[..luma], width, height);
        Average(frame.Cb, frame.ChromaWidth, frame.ChromaHeight, planes.Slice(luma, chroma), worse.ChromaWidth, worse.ChromaHeight);
        Average(frame.Cr, frame.ChromaWidth, frame.ChromaHeight, planes.Slice(luma + chroma, chroma), worse.ChromaWidth, worse.ChromaHeight);
        if (face is { } box && X is not null)
        {
            Cover(worse, box, frame.Envelope.Sequence);
        }

        worse.Envelope = frame.Envelope;
        worse.FileName = frame.FileName;
        return worse;
    }

    private void Average(ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, Span<byte> target, int width, int height)
    {
        if (Shrink == 1)
        {
            source.CopyTo(target);
            return;
        }

        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int sum = 0;
                int count = 0;
                for (int y = row * Shrink; y < Math.Min(sourceHeight, (row + 1) * Shrink); y++)
                {
                    for (int x = column * Shrink; x < Math.Min(sourceWidth, (column + 1) * Shrink); x++)
                    {
                        sum += source[(y * sourceWidth) + x];
                        count++;
                    }
                }

                target[(row * width) + column] = (byte)((sum + (count / 2)) / count);
            }
        }
    }

    private void Cover(VideoFrame frame, in PixelBox face, long sequence)
    {
        (float across, float down) = float.IsNaN(X!.Value) ? Anywhere(sequence) : (X.Value, Y!.Value);
        float centerX = face.X + (across * face.Width);
        float centerY = face.Y + (down * face.Height);
        (int left, int right) = Range(centerX, ShareOfFace * face.Width, frame.Width);
        (int top, int bottom) = Range(centerY, ShareOfFace * face.Height, frame.Height);
        Span<byte> planes = frame.Buffer.Span;
        int luma = frame.Width * frame.Height;
        for (int y = top; y < bottom; y++)
        {
            planes.Slice((y * frame.Width) + left, right - left).Fill(frame.Color is YuvColor.Bt601Full or YuvColor.Bt709Full ? (byte)0 : BlackLuma);
        }

        for (int plane = 0; plane < 2; plane++)
        {
            Span<byte> chroma = planes.Slice(luma + (plane * frame.ChromaWidth * frame.ChromaHeight), frame.ChromaWidth * frame.ChromaHeight);
            for (int y = top / 2; y < (bottom + 1) / 2; y++)
            {
                chroma.Slice((y * frame.ChromaWidth) + (left / 2), ((right + 1) / 2) - (left / 2)).Fill(NoColor);
            }
        }
    }

    private static (int First, int End) Range(float center, float length, int side)
    {
        int first = Math.Clamp((int)MathF.Round(center - (length / 2)), 0, side);
        return (first, Math.Clamp((int)MathF.Round(center + (length / 2)), first, side));
    }

    // The same place for a frame in every run: a hash of its number, kept a tenth away from the face's edge.
    private static (float Across, float Down) Anywhere(long sequence)
    {
        ulong mixed = ((ulong)sequence + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed ^= mixed >> 27;
        return (0.1f + (0.8f * (mixed & 0xFFFF) / 0xFFFF), 0.1f + (0.8f * ((mixed >> 16) & 0xFFFF) / 0xFFFF));
    }
}
