using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Occluding;

/// <summary>Draws what hands do at faces: cover a mouth, hold a chin or a cheek, rub an eye, touch nose and forehead, wave before it all.</summary>
internal static class HandPlaces
{
    /// <summary>Over the mouth.</summary>
    public const int Mouth = 0;

    /// <summary>At an eye.</summary>
    public const int Eye = 4;

    /// <summary>One or two hands.</summary>
    public static IEnumerable<ScenePart> Draw(RandomStream random, Vector3 skin, FaceRelief relief) =>
        Draw(random, skin, relief, random.PickIndex([3, 2, 2.5f, 2, 2, 2, 2, 1.5f, 1]));

    /// <summary>Hands at a given place: <see cref="Mouth"/>, <see cref="Eye"/> and the others in the order of <see cref="Draw(RandomStream, Vector3, FaceRelief)"/>.</summary>
    public static IEnumerable<ScenePart> Draw(RandomStream random, Vector3 skin, FaceRelief relief, int what)
    {
        float side = random.Chance(0.5f) ? 1 : -1;
        var hand = new Hand(random.Split("hand"), skin);
        Vector3 wobble = new(random.Normal(0, 0.6f), random.Normal(0, 0.6f), 0);
        float tilt = random.Normal(0, 0.18f);
        IEnumerable<ScenePart> parts = what switch
        {
            0 => CoverMouth(hand, side, relief, wobble, tilt),
            1 => hand.Make(HandGesture.Fist, side, solid => new Vector3(0, 10.2f, -1) * solid.Size, relief.Points68[8] + wobble + new Vector3(0, -0.8f, 0), new Vector3((-0.25f * side) + tilt, 1, 0.1f), new Vector3(0.5f * side, -0.1f, 1), relief),
            2 => HoldCheek(hand, side, relief, wobble, tilt),
            3 => Think(hand, side, relief, wobble, tilt),
            4 => RubEye(hand, side, relief, wobble, tilt),
            5 => Forehead(hand, side, relief, wobble, tilt),
            6 => hand.Make(HandGesture.Pointing, side, solid => solid.Tip(0), relief.Middle(random.Chance(0.5f) ? 48 : 30, random.Chance(0.5f) ? 1 : 3) + wobble, new Vector3((-0.5f * side) + tilt, 1, 0.05f), new Vector3(0.35f * side, 0, 1), relief),
            7 => Wave(hand, side, relief, random),
            _ => CoverMouth(hand, side, relief, wobble, tilt).Concat(CoverMouth(new Hand(random.Split("hand"), skin), -side, relief, wobble + new Vector3(0, 0.4f, 1.7f), -tilt)),
        };
        return parts;
    }

    // The fingers lie across the mouth, the thumb on the cheek.
    private static IEnumerable<ScenePart> CoverMouth(Hand hand, float side, FaceRelief relief, Vector3 wobble, float tilt) => hand.Make(
        HandGesture.Flat, side, solid => new Vector3(0, 11.5f, -0.9f) * solid.Size, relief.Middle(48, 20) + wobble,
        new Vector3(-side, 0.45f + tilt, 0.05f), new Vector3(0.2f * side, 0.05f, 1), relief);

    private static IEnumerable<ScenePart> HoldCheek(Hand hand, float side, FaceRelief relief, Vector3 wobble, float tilt)
    {
        Vector3 cheek = Vector3.Lerp(relief.Points68[side < 0 ? 3 : 13], relief.Middle(48, 20), 0.25f) + wobble;
        return hand.Make(
            HandGesture.Cupped, side, solid => new Vector3(0, 8, -1.4f) * solid.Size, cheek,
            new Vector3((0.18f * side) + tilt, 1, -0.25f), new Vector3(0.8f * side, 0.1f, 0.62f), relief);
    }

    // The index finger along the cheek, the others below the lip.
    private static IEnumerable<ScenePart> Think(Hand hand, float side, FaceRelief relief, Vector3 wobble, float tilt) => hand.Make(
        HandGesture.Pointing, side, solid => new Vector3(0, 9.5f, -1) * solid.Size, Vector3.Lerp(relief.Points68[8], relief.Points68[side < 0 ? 4 : 12], 0.35f) + wobble,
        new Vector3((0.2f * side) + tilt, 1, -0.05f), new Vector3(0.3f * side, 0, 1), relief);

    private static IEnumerable<ScenePart> RubEye(Hand hand, float side, FaceRelief relief, Vector3 wobble, float tilt) => hand.Make(
        wobble.X > 0 ? HandGesture.TwoFingers : HandGesture.Cupped, side, solid => (solid.Tip(0) + solid.Tip(1)) / 2, relief.Middle(side < 0 ? 36 : 42, 6) + (wobble * 0.6f),
        new Vector3((-0.35f * side) + tilt, 1, 0.02f), new Vector3(0.35f * side, 0, 1), relief);

    private static IEnumerable<ScenePart> Forehead(Hand hand, float side, FaceRelief relief, Vector3 wobble, float tilt)
    {
        Vector3 forehead = relief.Middle(17, 10) + new Vector3(1.5f * side, 2.6f, 0) + wobble;
        return hand.Make(
            HandGesture.Flat, side, solid => new Vector3(0, 12, -0.8f) * solid.Size, forehead,
            new Vector3(-0.9f * side, 0.75f + tilt, 0), new Vector3(0.3f * side, 0.25f, 1), relief);
    }

    // A hand that talks, between face and camera.
    private static IEnumerable<ScenePart> Wave(Hand hand, float side, FaceRelief relief, RandomStream random)
    {
        Vector3 place = relief.Middle(31, 5) + new Vector3(random.Uniform(1, 8) * side, random.Normal(-5, 3.5f), random.Uniform(6, 14));
        return hand.Make(
            random.Chance(0.6f) ? HandGesture.Open : HandGesture.Cupped, side, solid => new Vector3(0, 10, 0) * solid.Size, place,
            new Vector3(random.Normal(-0.3f, 0.3f) * side, 1, random.Normal(0, 0.3f)), new Vector3(random.Normal(0, 0.5f), random.Normal(0, 0.2f), random.Chance(0.5f) ? 1 : -1), null);
    }
}
