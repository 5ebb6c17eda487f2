using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Backgrounds;

/// <summary>Draws things in front of a face, in head space: fingers and hands, microphones, cups, phones, cards.</summary>
public static class OccluderSampler
{
    /// <summary>Something that hides a part of the face.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="skin">Colour of the person's hands, linear.</param>
    public static IReadOnlyList<ScenePart> Draw(RandomStream random, Vector3 skin)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.PickIndex([0.55f, 0.2f, 0.25f]) switch
        {
            0 => [Hand(random, skin)],
            1 => Microphone(random),
            _ => Thing(random),
        };
    }

    private static ScenePart Hand(RandomStream random, Vector3 skin)
    {
        // Where the finger tips rest: chin, cheek, temple, mouth, nose, brow.
        Vector3 tip = random.PickIndex([3, 3, 1.5f, 2, 1, 1]) switch
        {
            0 => new Vector3(random.Normal(0, 1.5f), -10.2f, 4.2f),
            1 => new Vector3(Side(random) * 5.2f, random.Uniform(-7, -2), 1.5f),
            2 => new Vector3(Side(random) * 6.2f, random.Uniform(0, 3.5f), -0.5f),
            3 => new Vector3(random.Normal(0, 1.6f), -6.8f, 5.2f),
            4 => new Vector3(random.Normal(0, 1), -3.6f, 5.6f),
            _ => new Vector3(random.Normal(0, 2.5f), 2.8f, 4),
        };
        float sideways = tip.X * 0.14f;
        Vector3 from = Vector3.Normalize(new Vector3(sideways + random.Normal(0, 0.45f), -1, random.Uniform(0.05f, 0.5f)));
        Vector3 across = Vector3.Normalize(Vector3.Cross(from, new Vector3(random.Normal(0, 0.15f), random.Normal(0, 0.1f), 1)));
        int fingers = random.PickIndex([0, 0.3f, 0.2f, 0.2f, 0.3f]);
        var mesh = new PrimitiveMesh();
        float thickness = random.Uniform(0.68f, 0.9f);
        Vector3 knuckles = tip + (from * random.Uniform(6, 8));
        for (int i = 0; i <= fingers; i++)
        {
            float offset = (i - (fingers / 2f)) * thickness * 2.05f;
            Vector3 end = tip + (across * offset) + (from * MathF.Abs(i - 1.4f) * 0.8f) + new Vector3(0, 0, random.Uniform(0.3f, 0.9f));
            Vector3 joint = Vector3.Lerp(end, knuckles + (across * offset * 0.95f), random.Uniform(0.4f, 0.5f)) + new Vector3(0, 0, random.Uniform(0.2f, 1));
            mesh.AddCapsule(end, joint, thickness * 0.86f, thickness);
            mesh.AddCapsule(joint, knuckles + (across * offset * 0.95f), thickness, thickness * 1.1f);
        }

        // The back of the hand and the wrist, of thick neighbouring rays.
        Vector3 wrist = knuckles + (from * 8);
        for (int i = 0; i < 4; i++)
        {
            mesh.AddCapsule(knuckles + (across * (i - 1.5f) * 1.75f), wrist + (across * (i - 1.5f) * 1.1f), 1.2f, 1.4f);
        }

        mesh.AddCapsule(wrist, wrist + (from * 22), 2.7f, 3.4f);
        return mesh.ToPart(new Material
        {
            Kind = MaterialKind.Skin,
            Tint = Vector3.Clamp(skin * new Vector3(random.Uniform(0.9f, 1.1f), random.Uniform(0.82f, 1.02f), random.Uniform(0.8f, 1.02f)), Vector3.Zero, Vector3.One),
            Specular = random.Uniform(0.1f, 0.4f),
            Gloss = random.Uniform(8, 25),
        });
    }

    private static IReadOnlyList<ScenePart> Microphone(RandomStream random)
    {
        Vector3 head = new(random.Normal(0, 2.2f), random.Uniform(-11.5f, -7), random.Uniform(7, 11));
        Vector3 down = Vector3.Normalize(new Vector3(random.Normal(0, 0.5f), -1, random.Uniform(-0.1f, 0.8f)));
        float radius = random.Uniform(1.6f, 2.6f);
        var black = new Vector3(random.Uniform(0.008f, 0.06f));
        var capsule = new PrimitiveMesh().AddCapsule(head, head + (down * radius * 0.6f), radius, radius * 0.95f);
        var handle = new PrimitiveMesh().AddCapsule(head + (down * radius), head + (down * 18), radius * 0.6f, radius * 0.5f);
        return
        [
            capsule.ToPart(new Material { Kind = MaterialKind.Plastic, Tint = random.Chance(0.3f) ? new Vector3(0.3f) : black, Specular = 0.4f, Gloss = 12 }),
            handle.ToPart(new Material { Kind = MaterialKind.Plastic, Tint = black, Specular = 0.6f, Gloss = 50 }),
        ];
    }

    private static IReadOnlyList<ScenePart> Thing(RandomStream random)
    {
        Vector3 center = new(random.Normal(0, 6), random.Normal(-7, 4), random.Uniform(7, 14));
        Vector2 half = new(random.Uniform(1.5f, 5), random.Uniform(1.5f, 6));
        float turn = random.Normal(0, 0.4f);
        Vector3 right = new(MathF.Cos(turn), MathF.Sin(turn), random.Normal(0, 0.2f));
        right = Vector3.Normalize(right);
        Vector3 up = Vector3.Normalize(Vector3.Cross(new Vector3(random.Normal(0, 0.2f), random.Normal(0, 0.2f), 1), right));
        Vector3 forward = Vector3.Cross(right, up);
        Vector3 color = BackgroundBrush.Color(random, 0.9f);
        Material material = new() { Kind = random.Chance(0.5f) ? MaterialKind.Plastic : MaterialKind.Cloth, Tint = color, Specular = random.NextUnit(), Gloss = random.Uniform(10, 80) };
        return random.Chance(0.35f)
            ? [new PrimitiveMesh().AddCapsule(center + (up * half.Y), center - (up * half.Y), half.X, half.X * 0.8f).ToPart(material)]
            : [new PrimitiveMesh().AddBox(center, right * half.X, up * half.Y, forward * random.Uniform(0.3f, 1.5f)).ToPart(material)];
    }

    private static float Side(RandomStream random) => random.Chance(0.5f) ? 1 : -1;
}
