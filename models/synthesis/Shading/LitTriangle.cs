using System.Numerics;

namespace AuStream.Synthesis.Shading;

/// <summary>A triangle lit at its vertices, set up once for all its pixels: the short way for hair, brows and lashes.</summary>
internal readonly struct LitTriangle
{
    private readonly Vector2 _origin;
    private readonly Vector2 _ab;
    private readonly Vector2 _ac;
    private readonly float _reciprocal;
    private readonly MipTexture? _albedo;
    private readonly Vector2 _coordinate;
    private readonly Vector2 _alongB;
    private readonly Vector2 _alongC;
    private readonly int _level;

    // The fourth lane leaves coverage as it is.
    private readonly Vector4 _light;
    private readonly Vector4 _lightAlongB;
    private readonly Vector4 _lightAlongC;

    public LitTriangle(SurfaceGeometry geometry, int triangle, int samplesPerPixelSide)
    {
        int first = triangle * 3;
        int a = geometry.Part.Triangles[first];
        int b = geometry.Part.Triangles[first + 1];
        int c = geometry.Part.Triangles[first + 2];
        _origin = geometry.ScreenPositions[a];
        _ab = geometry.ScreenPositions[b] - _origin;
        _ac = geometry.ScreenPositions[c] - _origin;
        float area = Cross(_ab, _ac);
        _reciprocal = MathF.Abs(area) > 1e-6f ? 1 / area : 0;
        Vector3 tint = geometry.Material.Tint;
        Vector3 light = geometry.VertexLight[a] * tint;
        _light = new Vector4(light, 1);
        _lightAlongB = new Vector4((geometry.VertexLight[b] * tint) - light, 0);
        _lightAlongC = new Vector4((geometry.VertexLight[c] * tint) - light, 0);
        _albedo = geometry.Albedo;
        if (_albedo is not null)
        {
            Vector2[] coordinates = geometry.Part.TextureCoordinates;
            _coordinate = coordinates[first];
            _alongB = coordinates[first + 1] - _coordinate;
            _alongC = coordinates[first + 2] - _coordinate;
            float texels = MathF.Abs(Cross(_alongB, _alongC)) * _albedo.Width * _albedo.Height;
            float pixels = MathF.Abs(area) / (samplesPerPixelSide * samplesPerPixelSide);

            // Coverage thins out in halved copies of fine strands: rather a little too fine than bald.
            _level = (int)Math.Clamp(MathF.Round((MathF.Log2(Math.Max(texels, 1e-6f) / Math.Max(pixels, 1e-6f)) * 0.5f) - 0.6f), 0, 30);
        }
    }

    /// <summary>Colour in the light, and coverage.</summary>
    public Vector4 At(Vector2 sample)
    {
        Vector2 ap = sample - _origin;
        float wb = Math.Clamp(Cross(ap, _ac) * _reciprocal, 0, 1);
        float wc = Math.Clamp(Cross(_ab, ap) * _reciprocal, 0, 1 - wb);
        Vector4 color = Vector4.One;
        if (_albedo is not null)
        {
            color = _albedo.SampleLevel(_coordinate + (_alongB * wb) + (_alongC * wc), _level);
            if (color.W < 0.02f)
            {
                return Vector4.Zero;
            }
        }

        return Vector4.Min(color, new Vector4(float.MaxValue, float.MaxValue, float.MaxValue, 1)) * (_light + (_lightAlongB * wb) + (_lightAlongC * wc));
    }

    private static float Cross(Vector2 a, Vector2 b) => (a.X * b.Y) - (a.Y * b.X);
}
