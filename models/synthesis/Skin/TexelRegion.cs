using System.Numerics;

namespace AuStream.Synthesis.Skin;

/// <summary>A rectangle of texels.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns, 0 or more.</param>
/// <param name="Height">Rows, 0 or more.</param>
internal readonly record struct TexelRegion(int Left, int Top, int Width, int Height)
{
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The texels between two corners, within a square texture.</summary>
    public static TexelRegion Covering(Vector2 low, Vector2 high, int size)
    {
        int left = Math.Clamp((int)MathF.Floor(low.X), 0, size);
        int top = Math.Clamp((int)MathF.Floor(low.Y), 0, size);
        int right = Math.Clamp((int)MathF.Ceiling(high.X), left, size);
        int bottom = Math.Clamp((int)MathF.Ceiling(high.Y), top, size);
        return new TexelRegion(left, top, right - left, bottom - top);
    }

    /// <summary>The smallest rectangle around both.</summary>
    public TexelRegion Union(TexelRegion other)
    {
        if (IsEmpty)
        {
            return other;
        }

        if (other.IsEmpty)
        {
            return this;
        }

        int left = Math.Min(Left, other.Left);
        int top = Math.Min(Top, other.Top);
        return new TexelRegion(left, top, Math.Max(Left + Width, other.Left + other.Width) - left, Math.Max(Top + Height, other.Top + other.Height) - top);
    }

    /// <summary>The rectangle grown by some texels, within a square texture.</summary>
    public TexelRegion Grow(int texels, int size) =>
        IsEmpty ? this : Covering(new Vector2(Left - texels, Top - texels), new Vector2(Left + Width + texels, Top + Height + texels), size);
}
