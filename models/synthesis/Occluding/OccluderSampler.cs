using System.Numerics;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.Occluding;

/// <summary>Draws something that hides a part of a face: hands, microphones, headsets, cups, phones, things that pass by.</summary>
public static class OccluderSampler
{
    /// <summary>Something before a face.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="skin">Colour of the person's hands, linear.</param>
    /// <param name="head">The head as posed; hands are laid onto it.</param>
    /// <returns>Parts in head space.</returns>
    public static IReadOnlyList<ScenePart> Draw(RandomStream random, Vector3 skin, PosedHead head)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(head);
        var relief = new FaceRelief(head);
        return random.PickIndex([0.5f, 0.13f, 0.1f, 0.1f, 0.1f, 0.07f]) switch
        {
            0 => [.. HandPlaces.Draw(random, skin, relief)],
            1 => [.. ThingsAtFaces.Microphone(random, skin, relief)],
            2 => [.. ThingsAtFaces.Headset(random, relief)],
            3 => [.. ThingsAtFaces.Cup(random, skin, relief)],
            4 => [.. ThingsAtFaces.Phone(random, skin, relief)],
            _ => [.. ThingsAtFaces.Passing(random)],
        };
    }
}
