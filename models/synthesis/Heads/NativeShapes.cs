using System.Numerics;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.Heads;

/// <summary>
/// MakeHuman's own expression targets, sorted under our shapes: alone where ICT-FaceKit is absent, and mixed into the
/// transferred shapes where they are better (lids, jaw, brows).
/// </summary>
internal sealed class NativeShapes(MakeHumanPackage package)
{
    private const string Units = "expression/units/caucasian/";

    /// <summary>Names hold % for the side; a target without % moves both sides and is cut at the middle for sided shapes.</summary>
    private static readonly (FaceShape Shape, string Target, float Weight)[] s_table =
    [
        (FaceShape.BrowDownLeft, Units + "eyebrows-%-down", 0.8f), (FaceShape.BrowInnerUpLeft, Units + "eyebrows-%-inner-up", 1), (FaceShape.BrowOuterUpLeft, Units + "eyebrows-%-extern-up", 1),
        (FaceShape.CheekPuffLeft, "cheek/!-cheek-volume-inflate", 1), (FaceShape.CheekSquintLeft, "cheek/!-cheek-trans-vert-up", 0.8f), (FaceShape.CheekSquintLeft, Units + "eye-%-slit", 0.3f),
        (FaceShape.EyeBlinkLeft, Units + "eye-%-closure", 1.02f), (FaceShape.EyeLookDownLeft, Units + "eye-%-closure", 0.55f), (FaceShape.EyeLookUpLeft, Units + "eye-%-opened-up", 0.4f),
        (FaceShape.EyeSquintLeft, Units + "eye-%-slit", 0.5f), (FaceShape.EyeWideLeft, Units + "eye-%-opened-up", 1),
        (FaceShape.JawForward, "chin/chin-prognathism-more", 0.5f), (FaceShape.JawOpen, Units + "mouth-open", 1.05f),
        (FaceShape.MouthDimpleLeft, Units + "mouth-retraction", 0.5f), (FaceShape.MouthDimpleLeft, "mouth/mouth-dimples-in", 1), (FaceShape.MouthFrownLeft, Units + "mouth-depression", 0.9f),
        (FaceShape.MouthFunnel, Units + "mouth-protusion", 0.8f), (FaceShape.MouthLeft, "mouth/mouth-trans-out", 0.6f), (FaceShape.MouthRight, "mouth/mouth-trans-in", 0.6f),
        (FaceShape.MouthLowerDownLeft, Units + "mouth-parling", 0.7f), (FaceShape.MouthPressLeft, Units + "mouth-compression", 1), (FaceShape.MouthPucker, Units + "mouth-pursing", 0.9f),
        (FaceShape.MouthRollLower, "mouth/mouth-lowerlip-volume-deflate", 1), (FaceShape.MouthRollLower, "mouth/mouth-lowerlip-height-min", 0.8f),
        (FaceShape.MouthRollUpper, "mouth/mouth-upperlip-volume-deflate", 1), (FaceShape.MouthRollUpper, "mouth/mouth-upperlip-height-min", 0.8f),
        (FaceShape.MouthShrugLower, "mouth/mouth-lowerlip-middle-up", 1), (FaceShape.MouthShrugLower, "chin/chin-height-min", 0.5f), (FaceShape.MouthShrugUpper, "mouth/mouth-upperlip-middle-up", 0.5f),
        (FaceShape.MouthSmileLeft, Units + "mouth-corner-puller", 1), (FaceShape.MouthStretchLeft, Units + "mouth-retraction", 0.9f), (FaceShape.MouthUpperUpLeft, Units + "mouth-elevation", 0.7f),
        (FaceShape.NoseSneerLeft, Units + "nose-%-elevation", 1), (FaceShape.NoseSneerLeft, Units + "nose-compression", 0.5f),
    ];

    /// <summary>Adds the native form of a shape, displacement by displacement.</summary>
    public void AddTo(Vector3[] displacement, FaceShape shape, float weight)
    {
        bool isRight = FaceShapes.AssetName(shape).EndsWith("_R", StringComparison.Ordinal);
        FaceShape listed = isRight ? shape - 1 : shape;
        foreach ((FaceShape entry, string target, float share) in s_table)
        {
            if (entry != listed)
            {
                continue;
            }

            string name = target.Replace("%", isRight ? "right" : "left", StringComparison.Ordinal).Replace("!", isRight ? "r" : "l", StringComparison.Ordinal);
            MorphShape morph = package.Target(name);
            bool isSided = FaceShapes.AssetName(shape)[^2] == '_';
            if (name == target && isSided)
            {
                AddSide(displacement, morph, weight * share, isRight);
            }
            else
            {
                morph.AddTo(displacement, weight * share);
            }
        }
    }

    private void AddSide(Vector3[] displacement, MorphShape morph, float weight, bool isRight)
    {
        Vector3[] dense = morph.ToDense(displacement.Length);
        for (int v = 0; v < dense.Length; v++)
        {
            float toLeft = Math.Clamp(0.5f + (package.Positions[v].X / 1.2f), 0, 1);
            displacement[v] += dense[v] * (weight * (isRight ? 1 - toLeft : toLeft));
        }
    }
}
