namespace AuStream.Stages.Faces;

/// <summary>An upright rectangle in pixels of the upright picture; origin at the top left corner of the top left pixel. May reach outside the picture.</summary>
public readonly record struct PixelBox(float X, float Y, float Width, float Height)
{
    /// <summary>Horizontal centre in pixels.</summary>
    public float CenterX => X + (Width / 2);

    /// <summary>Vertical centre in pixels.</summary>
    public float CenterY => Y + (Height / 2);

    /// <summary>Area in square pixels.</summary>
    public float Area => Math.Max(0, Width) * Math.Max(0, Height);

    /// <summary>Intersection over union with another box, 0–1.</summary>
    public float IntersectionOverUnion(in PixelBox other)
    {
        float width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        float height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        float shared = width * height;
        return shared / (Area + other.Area - shared);
    }
}
