using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Skin;

/// <summary>Paints a person's skin once; see <see cref="PaintedSkin"/> for what changes with the expression. Thread-safe.</summary>
public static class SkinPainter
{
    /// <summary>Paints the skin of a person. The same person always gets the same skin.</summary>
    /// <param name="person">Looks; its seed decides everything that is left to chance.</param>
    /// <param name="layout">Where features lie in the texture.</param>
    /// <param name="restingSkin">The skin part of the person's neutral face; its material's albedo is the photograph where there is one.</param>
    /// <param name="largestSide">Upper limit of the texture's side in texels, a power of two from 64 to 2,048.</param>
    /// <exception cref="ArgumentException">A side that is no power of two or out of range.</exception>
    public static PaintedSkin Paint(PersonAppearance person, SkinLayout layout, ScenePart restingSkin, int largestSide = 512)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(restingSkin);
        int side = Math.Min(layout.TextureSize, largestSide);
        if (side is < 64 or > 2048 || !BitOperations.IsPow2(side))
        {
            throw new ArgumentException($"A skin texture of {side} texels; the side must be a power of two from 64 to 2048.", nameof(largestSide));
        }

        var random = new RandomStream(person.Seed);
        var frame = FaceFrame.Of(layout, side);
        var canvas = new SkinCanvas(frame);
        Texture? photograph = layout.IsPhotographic ? restingSkin.Material.Albedo : null;
        if (photograph is null)
        {
            TonePainter.Paint(canvas, person, random.Split("tone"));
        }
        else
        {
            TonePainter.PaintPhotograph(canvas, photograph);
        }

        TonePainter.PaintGrain(canvas, person, random.Split("grain"), photograph is not null);
        BlemishPainter.Paint(canvas, person, random.Split("blemishes"));
        LipPainter.Paint(canvas, person, random.Split("lips"), photograph is not null);
        EyeMakeUpPainter.Paint(canvas, person, random.Split("eyes"), photograph is not null);
        HairPainter.PaintBeard(canvas, person, random.Split("beard"));
        if (photograph is null && !person.IsBald && !person.HasHairMesh)
        {
            HairPainter.PaintScalp(canvas, person, new TexelPositions(restingSkin), random.Split("scalp"));
        }

        if (layout.NeedsPaintedBrows)
        {
            BrowPainter.Paint(canvas, person);
        }

        Clamp(canvas);
        return new PaintedSkin(canvas, WrinkleMap.Draw(frame, person, random.Split("wrinkles"))) { Reflectance = MeanReflectance(canvas) };
    }

    private static void Clamp(SkinCanvas canvas)
    {
        for (int i = 0; i < canvas.Colors.Length; i++)
        {
            canvas.Colors[i] = Vector3.Clamp(canvas.Colors[i], new Vector3(0.002f), new Vector3(0.95f));
        }
    }

    private static float MeanReflectance(SkinCanvas canvas)
    {
        double sum = 0;
        int count = 0;
        for (float y = 0.3f; y < 0.5f; y += 0.02f)
        {
            for (float x = 0.28f; x < 0.73f; x += 0.03f)
            {
                Vector2 texel = canvas.Frame.ToTexel(new Vector2(x, y));
                int column = Math.Clamp((int)texel.X, 0, canvas.Size - 1);
                int row = Math.Clamp((int)texel.Y, 0, canvas.Size - 1);
                Vector3 color = canvas.Colors[(row * canvas.Size) + column];
                sum += (0.2126 * color.X) + (0.7152 * color.Y) + (0.0722 * color.Z);
                count++;
            }
        }

        return (float)(sum / count);
    }
}
