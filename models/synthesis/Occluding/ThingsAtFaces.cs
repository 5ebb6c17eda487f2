using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Occluding;

/// <summary>Things that come before faces: microphones, headsets, cups, phones, papers.</summary>
internal static class ThingsAtFaces
{
    /// <summary>A microphone, held in a fist or on a stand.</summary>
    public static IEnumerable<ScenePart> Microphone(RandomStream random, Vector3 skin, FaceRelief relief)
    {
        float side = random.Chance(0.5f) ? 1 : -1;
        Vector3 head = relief.Middle(48, 20) + new Vector3(random.Normal(0, 1.6f), random.Uniform(-4.5f, 0.5f), random.Uniform(2.6f, 6));
        Vector3 down = Vector3.Normalize(new Vector3(random.Uniform(-0.1f, 0.7f) * side, -1, random.Uniform(0, 0.9f)));
        float radius = random.Uniform(1.7f, 2.6f);
        var black = new Vector3(random.Uniform(0.008f, 0.06f));
        yield return new PrimitiveMesh().AddCapsule(head, head + (down * radius * 0.6f), radius, radius * 0.95f)
            .ToPart(Plastic(random.Chance(0.35f) ? new Vector3(0.3f) : black, 0.4f, 12));
        yield return new PrimitiveMesh().AddCapsule(head + (down * radius), head + (down * 18), radius * 0.62f, radius * 0.5f).ToPart(Plastic(black, 0.6f, 50));
        if (random.Chance(0.7f))
        {
            foreach (ScenePart part in Grip(random, skin, side, head + (down * random.Uniform(5, 9)), down, radius * 0.6f))
            {
                yield return part;
            }
        }
    }

    /// <summary>A headset with a boom that ends at the corner of the mouth.</summary>
    public static IEnumerable<ScenePart> Headset(RandomStream random, FaceRelief relief)
    {
        float side = random.Chance(0.5f) ? 1 : -1;
        Material plastic = Plastic(random.Chance(0.7f) ? new Vector3(random.Uniform(0.006f, 0.05f)) : new Vector3(random.Uniform(0.4f, 0.8f)), 0.4f, 25);
        Vector3 right = relief.Points68[0] + new Vector3(-1.0f, 0.4f, -2.2f);
        Vector3 left = relief.Points68[16] + new Vector3(1.0f, 0.4f, -2.2f);
        float reach = random.Uniform(2.2f, 3.2f);
        var pads = new PrimitiveMesh()
            .AddEllipsoid(right, Vector3.UnitX * 1.6f, Vector3.UnitY * reach * 1.1f, Vector3.UnitZ * reach)
            .AddEllipsoid(left, Vector3.UnitX * 1.6f, Vector3.UnitY * reach * 1.1f, Vector3.UnitZ * reach);
        Vector3 middle = (right + left) / 2;
        float half = (left.X - right.X) / 2;
        float height = random.Uniform(13.2f, 14.5f) - middle.Y;
        Vector3 OnBand(int step)
        {
            (float sin, float cos) = MathF.SinCos(MathF.PI * step / 12);
            return middle + new Vector3(half * cos, height * sin, -1.5f * sin);
        }

        for (int i = 0; i < 12; i++)
        {
            pads.AddCapsule(OnBand(i), OnBand(i + 1), 0.55f, 0.55f);
        }

        yield return pads.ToPart(plastic);
        Vector3 ear = side < 0 ? right : left;
        Vector3 corner = relief.Points68[side < 0 ? 48 : 54];
        Vector3 end = corner + new Vector3(random.Uniform(-1.2f, 1.4f) * side, random.Uniform(-1.8f, 0.2f), random.Uniform(1.4f, 2.6f));
        Vector3 bend = new((ear.X + end.X) * 0.62f, end.Y + ((ear.Y - end.Y) * 0.3f), (ear.Z + end.Z) * 0.5f);
        Vector3 Along(float t) => Vector3.Lerp(Vector3.Lerp(ear, bend, t), Vector3.Lerp(bend, end, t), t);
        var boom = new PrimitiveMesh();
        for (int i = 0; i < 8; i++)
        {
            boom.AddCapsule(Along(i / 8f), Along((i + 1) / 8f), 0.2f, 0.2f);
        }

        float foam = random.Uniform(0.55f, 1.1f);
        yield return boom.ToPart(plastic);
        yield return new PrimitiveMesh().AddCapsule(end, end + new Vector3(-0.5f * side, 0, 0.2f), foam, foam)
            .ToPart(new Material { Kind = MaterialKind.Cloth, Tint = new Vector3(random.Uniform(0.005f, 0.03f)), IsOccluder = true });
    }

    /// <summary>A cup or glass at the mouth with the hand that holds it.</summary>
    public static IEnumerable<ScenePart> Cup(RandomStream random, Vector3 skin, FaceRelief relief)
    {
        float side = random.Chance(0.5f) ? 1 : -1;
        float radius = random.Uniform(3.2f, 4.4f);
        float height = random.Uniform(7.5f, 12);
        Vector3 up = Vector3.Normalize(new Vector3(random.Normal(0, 0.12f), 1, random.Uniform(-0.9f, -0.1f)));
        bool isDrinking = random.Chance(0.6f);
        Vector3 rim = isDrinking
            ? relief.Middle(60, 8) + new Vector3(random.Normal(0, 0.5f), random.Uniform(-0.6f, 0.2f), radius + 0.3f)
            : relief.Points68[8] + new Vector3(random.Normal(0, 2.5f), random.Uniform(-1.5f, 3), radius + random.Uniform(2, 6));
        yield return new PrimitiveMesh().AddCup(rim - (up * height), rim, radius * random.Uniform(0.72f, 1), radius)
            .ToPart(Plastic(new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit()) * random.Uniform(0.1f, 0.9f), random.Uniform(0.2f, 0.8f), 60));
        foreach (ScenePart part in Grip(random, skin, side, rim - (up * height * 0.55f), -up, radius * 0.85f))
        {
            yield return part;
        }
    }

    /// <summary>A phone at the ear or before the face, with its hand.</summary>
    public static IEnumerable<ScenePart> Phone(RandomStream random, Vector3 skin, FaceRelief relief)
    {
        float side = random.Chance(0.5f) ? 1 : -1;
        Material material = Plastic(random.Chance(0.6f) ? new Vector3(0.015f) : new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit()) * 0.7f, 0.7f, 90);
        bool isAtEar = random.Chance(0.55f);
        Vector3 ear = relief.Points68[side < 0 ? 1 : 15];
        Vector3 center = isAtEar ? ear + new Vector3(1.6f * side, -2.2f, 0.6f) : relief.Middle(48, 20) + new Vector3(random.Normal(0, 4), random.Uniform(-9, -2), random.Uniform(8, 14));
        Vector3 outwards = Vector3.Normalize(isAtEar ? new Vector3(side, 0, 0.45f) : new Vector3(random.Normal(0, 0.2f), random.Normal(0.1f, 0.2f), 1));
        Vector3 up = Vector3.Normalize((isAtEar ? new Vector3(0.05f * side, 1, -0.45f) : new Vector3(random.Normal(0, 0.15f), 1, 0)) - (outwards * 0.1f));
        up = Vector3.Normalize(up - (outwards * Vector3.Dot(up, outwards)));
        yield return new PrimitiveMesh().AddBox(center, Vector3.Cross(up, outwards) * 3.7f, up * 7.6f, outwards * 0.42f).ToPart(material);
        var hand = new Hand(random.Split("hand"), skin);
        Vector3 palm = center + (outwards * 1.4f) - (up * random.Uniform(1, 4));
        foreach (ScenePart part in hand.Make(HandGesture.Cupped, side, solid => new Vector3(0, 8, -0.7f) * solid.Size, palm, up + new Vector3(0.15f * side, 0, 0), outwards, null))
        {
            yield return part;
        }
    }

    /// <summary>A sheet, a book, a bottle passing by.</summary>
    public static IEnumerable<ScenePart> Passing(RandomStream random)
    {
        Vector3 center = new(random.Normal(0, 6), random.Normal(-7, 4), random.Uniform(7, 14));
        Vector2 half = new(random.Uniform(1.5f, 5), random.Uniform(1.5f, 6));
        float turn = random.Normal(0, 0.4f);
        Vector3 right = Vector3.Normalize(new Vector3(MathF.Cos(turn), MathF.Sin(turn), random.Normal(0, 0.2f)));
        Vector3 up = Vector3.Normalize(Vector3.Cross(new Vector3(random.Normal(0, 0.2f), random.Normal(0, 0.2f), 1), right));
        Material material = Plastic(new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit()) * random.NextUnit(), random.NextUnit(), random.Uniform(10, 80));
        yield return random.Chance(0.35f)
            ? new PrimitiveMesh().AddCapsule(center + (up * half.Y), center - (up * half.Y), half.X, half.X * 0.8f).ToPart(material)
            : new PrimitiveMesh().AddBox(center, right * half.X, up * half.Y, Vector3.Cross(right, up) * random.Uniform(0.3f, 1.5f)).ToPart(material);
    }

    // Fingers around a stick: it lies between palm and fingers.
    private static IEnumerable<ScenePart> Grip(RandomStream random, Vector3 skin, float side, Vector3 center, Vector3 down, float radius)
    {
        var hand = new Hand(random.Split("grip"), skin);
        Vector3 outwards = Vector3.Normalize(new Vector3(0.55f * side, 0, 0.85f));
        outwards = Vector3.Normalize(outwards - (down * Vector3.Dot(outwards, down)));
        Vector3 across = Vector3.Cross(-down, outwards) * -side;
        Vector3 fingers = Vector3.Normalize(across + new Vector3(0, 0.35f, 0));
        return hand.Make(HandGesture.Holding, side, solid => new Vector3(0, 9.2f, -1.3f) * solid.Size, center + (outwards * radius), fingers, outwards, null);
    }

    private static Material Plastic(Vector3 color, float specular, float gloss) =>
        new() { Kind = MaterialKind.Plastic, Tint = color, Specular = specular, Gloss = gloss, IsOccluder = true };
}
