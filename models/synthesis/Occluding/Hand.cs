using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Occluding;

/// <summary>Makes a hand with nails, forearm and perhaps a sleeve, laid onto a face or held before it.</summary>
internal sealed class Hand
{
    private const float Cell = 0.33f;

    // Flesh gives way: fingers sink into a face by this share of their thickness.
    private const float Softness = 0.3f;

    private readonly RandomStream _random;
    private readonly Material _skin;
    private readonly Material _nails;
    private readonly Material? _sleeve;
    private readonly float _size;
    private readonly float _girth;

    /// <param name="random">Size, nails, sleeve.</param>
    /// <param name="skin">Colour of the person's hands, linear.</param>
    public Hand(RandomStream random, Vector3 skin)
    {
        _random = random;
        _size = random.Uniform(0.86f, 1.06f);
        _girth = random.Uniform(0.84f, 1.1f);
        Vector3 color = Vector3.Clamp(skin * new Vector3(random.Uniform(0.9f, 1.1f), random.Uniform(0.84f, 1.02f), random.Uniform(0.82f, 1.02f)), Vector3.Zero, Vector3.One);
        float specular = random.Uniform(0.1f, 0.35f);
        _skin = new Material { Kind = MaterialKind.Skin, Tint = color, Specular = specular, Gloss = random.Uniform(8, 25), IsOccluder = true };
        bool isVarnished = random.Chance(0.15f);
        Vector3 varnish = new(random.Uniform(0.1f, 0.7f), random.Uniform(0.01f, 0.2f), random.Uniform(0.02f, 0.25f));
        Vector3 natural = Vector3.Lerp(color, new Vector3(0.75f, 0.5f, 0.45f), 0.35f);
        _nails = new Material { Kind = MaterialKind.Plastic, Tint = isVarnished ? varnish : natural, Specular = isVarnished ? 0.6f : 0.25f, Gloss = 40, IsOccluder = true };
        _sleeve = random.Chance(0.6f)
            ? new Material { Kind = MaterialKind.Cloth, Tint = new Vector3(random.NextUnit(), random.NextUnit(), random.NextUnit()) * random.Uniform(0.05f, 0.8f), Specular = 0.05f, IsOccluder = true }
            : null;
    }

    /// <summary>A hand whose given point rests on a place.</summary>
    /// <param name="gesture">How it is held.</param>
    /// <param name="thumbSide">−1 for the person's right hand, 1 for the left.</param>
    /// <param name="contact">Chooses the point of the hand, in its own space.</param>
    /// <param name="place">Where that point goes, head space.</param>
    /// <param name="fingers">Direction of the fingers, head space.</param>
    /// <param name="back">Direction that the back of the hand faces, head space.</param>
    /// <param name="relief">Keeps the hand outside this face, or null to leave it where it is put.</param>
    public IEnumerable<ScenePart> Make(HandGesture gesture, float thumbSide, Func<HandSolid, Vector3> contact, Vector3 place, Vector3 fingers, Vector3 back, FaceRelief? relief)
    {
        HandSolid solid = new(Vary(gesture), thumbSide, _size, _girth);
        Vector3 y = Vector3.Normalize(fingers);
        Vector3 z = Vector3.Normalize(back - (y * Vector3.Dot(back, y)));
        Vector3 x = Vector3.Cross(y, z);
        Vector3 origin = place - Turn(contact(solid));
        if (relief is not null)
        {
            origin += z * KeepOut(solid, point => origin + Turn(point), relief, z);
        }

        Vector3 ToHead(Vector3 point) => origin + Turn(point);
        Vector3 Turn(Vector3 point) => (x * point.X) + (y * point.Y) + (z * point.Z);

        (Vector3 low, Vector3 high) = solid.Bounds();
        (Vector3[] positions, int[] triangles) = new SurfaceNet().Mesh(solid, low, high, Cell);
        yield return new ScenePart
        {
            Positions = Array.ConvertAll(positions, ToHead),
            Triangles = triangles,
            TextureCoordinates = new Vector2[triangles.Length],
            Material = _skin,
        };
        yield return Nails(solid).ToPart(_nails, ToHead);

        // The forearm goes on as bones do, down and outwards.
        Vector3 elbow = new(_random.Normal(0, 3), -30, _random.Normal(-2, 2));
        yield return new PrimitiveMesh().AddCapsule(new Vector3(0, -3, 0) * _size, elbow, 2.35f * _size, 4 * _size).ToPart(_skin, ToHead);
        if (_sleeve is not null)
        {
            float from = _random.Uniform(0.02f, 0.45f);
            Vector3 cuff = Vector3.Lerp(new Vector3(0, -3, 0) * _size, elbow, from);
            yield return new PrimitiveMesh().AddCapsule(cuff, elbow, (2.9f + (1.6f * from)) * _size, 5.2f * _size).ToPart(_sleeve, ToHead);
        }
    }

    private static float KeepOut(HandSolid solid, Func<Vector3, Vector3> toHead, FaceRelief relief, Vector3 outwards)
    {
        float needed = 0;
        foreach ((Vector3 center, float radius) in solid.Joints())
        {
            Vector3 at = toHead(center);
            if (relief.At(at.X, at.Y) is { } surface)
            {
                needed = MathF.Max(needed, surface.Z + (radius * (1 - Softness)) - at.Z);
            }
        }

        return MathF.Min(needed / MathF.Max(outwards.Z, 0.35f), 7);
    }

    private static PrimitiveMesh Nails(HandSolid solid)
    {
        var mesh = new PrimitiveMesh();
        foreach ((Vector3 from, Vector3 to, float radius) in solid.LastBones())
        {
            // Nails lie on the far side of the bend, a little above the flesh.
            Vector3 along = Vector3.Normalize(to - from);
            Vector3 up = Vector3.Normalize(Vector3.UnitZ - (along * along.Z) + (along.Y < 0 ? new Vector3(0, 0.6f, 0) : Vector3.Zero));
            up = Vector3.Normalize(up - (along * Vector3.Dot(up, along)));
            Vector3 across = Vector3.Cross(along, up);
            mesh.AddEllipsoid(to + (along * radius * 0.25f) + (up * radius * 0.62f), across * radius * 0.62f, along * radius * 0.85f, up * radius * 0.42f);
        }

        return mesh;
    }

    private HandGesture Vary(HandGesture gesture)
    {
        Vector4 Jitter(Vector4 angles) => Vector4.Max(angles + new Vector4(_random.Normal(0, 5), _random.Normal(0, 5), _random.Normal(0, 5), _random.Normal(0, 5)), new Vector4(-5));
        return gesture with
        {
            Knuckles = Jitter(gesture.Knuckles),
            Middles = Jitter(gesture.Middles),
            Ends = Jitter(gesture.Ends),
            Spread = MathF.Max(0, gesture.Spread + _random.Normal(0, 2)),
            ThumbOut = gesture.ThumbOut + _random.Normal(0, 7),
            ThumbIn = gesture.ThumbIn + _random.Normal(0, 7),
        };
    }
}
