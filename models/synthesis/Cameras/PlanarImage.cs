namespace AuStream.Synthesis.Cameras;

/// <summary>Three planes of floats: RGB or YCbCr, 0–1. Grows, never shrinks. Not thread-safe.</summary>
internal sealed class PlanarImage
{
    private readonly float[][] _planes = [[], [], []];

    public int Width { get; private set; }

    public int Height { get; private set; }

    public Span<float> this[int plane] => _planes[plane].AsSpan(0, Width * Height);

    public void Resize(int width, int height)
    {
        Width = width;
        Height = height;
        for (int i = 0; i < 3; i++)
        {
            if (_planes[i].Length < width * height)
            {
                _planes[i] = new float[width * height];
            }
        }
    }
}
