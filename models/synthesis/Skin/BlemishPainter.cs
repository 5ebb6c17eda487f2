using System.Numerics;
using AuStream.Synthesis.People;
using AuStream.Synthesis.Randomness;

namespace AuStream.Synthesis.Skin;

/// <summary>Freckles, moles, age spots, pimples.</summary>
internal static class BlemishPainter
{
    public static void Paint(SkinCanvas canvas, PersonAppearance person, RandomStream random)
    {
        PaintFreckles(canvas, person.Freckles, random.Split("freckles"));
        PaintSpots(canvas, person, random.Split("spots"));
    }

    private static void PaintFreckles(SkinCanvas canvas, float amount, RandomStream random)
    {
        int count = (int)(amount * 380);
        for (int i = 0; i < count; i++)
        {
            // Over nose and cheeks, some on forehead and chin.
            Vector2 at = random.Chance(0.75f)
                ? new Vector2(random.Normal(0.5f, 0.15f), random.Normal(0.40f, 0.05f))
                : new Vector2(random.Uniform(0.22f, 0.78f), random.Uniform(0.06f, 0.68f));
            float radius = random.Uniform(0.0008f, 0.0028f);
            float strength = random.Uniform(0.08f, 0.38f) * (0.4f + (0.6f * amount));
            canvas.Tint(at, new Vector2(radius, radius * random.Uniform(0.7f, 1.3f)), new Vector3(0.62f, 0.46f, 0.36f), strength);
        }
    }

    private static void PaintSpots(SkinCanvas canvas, PersonAppearance person, RandomStream random)
    {
        for (int i = 0; i < person.Moles; i++)
        {
            Vector2 at = new(random.Uniform(0.2f, 0.8f), random.Uniform(0.06f, 0.74f));
            float radius = random.Uniform(0.0018f, 0.0045f);
            canvas.Tint(at, new Vector2(radius, radius * random.Uniform(0.8f, 1.2f)), new Vector3(0.25f, 0.16f, 0.12f), random.Uniform(0.4f, 0.95f));
            float bump = random.Uniform(0, 0.05f);
            canvas.ForEach(at, new Vector2(radius * 1.1f), (index, weight) => canvas.Heights[index] += weight * bump);
        }

        int ageSpots = (int)(person.Age * person.Age * random.Below(12));
        for (int i = 0; i < ageSpots; i++)
        {
            Vector2 at = new(random.Chance(0.5f) ? random.Uniform(0.18f, 0.34f) : random.Uniform(0.66f, 0.82f), random.Uniform(0.05f, 0.5f));
            canvas.Tint(at, new Vector2(random.Uniform(0.003f, 0.009f), random.Uniform(0.003f, 0.009f)), new Vector3(0.7f, 0.56f, 0.46f), random.Uniform(0.15f, 0.6f));
        }

        int pimples = random.Chance(0.25f) ? random.Below(10) : 0;
        for (int i = 0; i < pimples; i++)
        {
            Vector2 at = new(random.Uniform(0.22f, 0.78f), random.Uniform(0.06f, 0.7f));
            float radius = random.Uniform(0.002f, 0.005f);
            canvas.Tint(at, new Vector2(radius), new Vector3(1.02f, 0.62f, 0.60f), random.Uniform(0.3f, 0.9f));
            canvas.ForEach(at, new Vector2(radius * 0.7f), (index, weight) => canvas.Heights[index] += weight * 0.03f);
        }
    }
}
