using System.Numerics;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>A person's body of facts, as made by the builder for its source. Immutable.</summary>
/// <param name="Rig">The head mesh.</param>
/// <param name="Identity">The person's resting face: vertices of the rig in head space.</param>
/// <param name="Eyes">Eyeballs, by face side.</param>
/// <param name="Parts">What is drawn; skin first.</param>
/// <param name="Layout">Where features lie in the skin texture.</param>
/// <param name="Appearance">Looks.</param>
/// <param name="Brows">Where the points 17–26 of the 68 lie: in the middle of the brows' hair.</param>
internal sealed record PersonGeometry(
    HeadRig Rig, Vector3[] Identity, EyeSphere[] Eyes, IReadOnlyList<PersonPart> Parts, SkinLayout Layout, PersonAppearance Appearance,
    SkinPoint[] Brows);
