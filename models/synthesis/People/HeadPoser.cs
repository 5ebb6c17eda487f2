using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>Poses one person's head mesh and measures the labels that are read off the geometry. Thread-safe.</summary>
internal sealed class HeadPoser
{
    /// <summary>Lip gap in centimetres that counts as AU25 at its maximum (feasibility study: centimetres clipped to 1).</summary>
    private const float FullLipGap = 1.0f;

    /// <summary>Share of the resting opening of the lids that everything but closing them leaves.</summary>
    private const float NarrowestEye = 0.30f;

    /// <summary>Light that reaches the mouth through closed lips, and the lip gap in centimetres that lets all in.</summary>
    private const float ClosedMouthLight = 0.15f;
    private const float LightGap = 0.7f;

    /// <summary>Jaw openings (1 = the full jawOpen shape) between which AU26 grows, and between which AU27 does. Smiles that bare the teeth lower the jaw a little: that is no AU26.</summary>
    private const float JawDropFrom = 0.07f;
    private const float FullJawDrop = 0.50f;
    private const float MouthStretchFrom = 0.38f;
    private const float MouthStretchTo = 0.82f;

    [ThreadStatic]
    private static Vector3[]? t_positions;

    private readonly PersonGeometry _geometry;
    private readonly ActionUnitShapes _movement;
    private readonly float _restGap;
    private readonly float _jawTravel;
    private readonly float[] _restOpening;
    private readonly float[][] _lidFloors;

    public HeadPoser(PersonGeometry geometry, ActionUnitShapes movement)
    {
        _geometry = geometry;
        _movement = movement;
        HeadRig rig = geometry.Rig;
        _restGap = rig.LipGap(geometry.Identity);
        _restOpening = [rig.LidOpening(geometry.Identity, FaceSide.Right), rig.LidOpening(geometry.Identity, FaceSide.Left)];
        _jawTravel = -rig.Shapes[(int)FaceShape.JawOpen].At(rig.LowerIncisor).Y;
        _lidFloors = [LidFloor(FaceSide.Right), LidFloor(FaceSide.Left)];
    }

    public PosedHead Pose(Expression expression)
    {
        SidedStrengths strengths = ExpressionResolver.Resolve(expression);
        HeadRig rig = _geometry.Rig;
        Vector3[] buffer = t_positions is { } kept && kept.Length >= rig.Neutral.Length ? kept : t_positions = new Vector3[rig.Neutral.Length];
        Span<Vector3> positions = buffer.AsSpan(0, rig.Neutral.Length);
        _geometry.Identity.CopyTo(positions);

        Span<float> weights = stackalloc float[FaceShapes.Count];
        _movement.Apply(strengths, expression, weights);
        AddGaze(expression.Gaze, weights);
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0)
            {
                rig.Shapes[i].AddTo(positions, weights[i]);
            }
        }

        var closure = new float[2];
        foreach (FaceSide side in (ReadOnlySpan<FaceSide>)[FaceSide.Right, FaceSide.Left])
        {
            closure[(int)side] = CloseLids(positions, side, strengths[43, side]);
            KeepOutsideEyeball(positions, side);
        }

        return new PosedHead
        {
            Parts = MakeParts(positions, new PartPose(expression.Gaze, expression.TongueUp)),
            Points68 = Points(positions),
            Intensities = Label(strengths, positions, closure),
            Gaze = expression.Gaze,
            Strengths = strengths,
        };
    }

    /// <summary>Lids follow the eyes: shapes are full at 30 degrees.</summary>
    private static void AddGaze(Vector2 gaze, Span<float> weights)
    {
        float up = MathF.Max(0, gaze.Y) / 30;
        float down = MathF.Max(0, -gaze.Y) / 30;
        float left = MathF.Max(0, gaze.X) / 30;
        float right = MathF.Max(0, -gaze.X) / 30;
        weights[(int)FaceShape.EyeLookUpLeft] = weights[(int)FaceShape.EyeLookUpRight] = up;
        weights[(int)FaceShape.EyeLookDownLeft] = weights[(int)FaceShape.EyeLookDownRight] = down;
        weights[(int)FaceShape.EyeLookOutLeft] = weights[(int)FaceShape.EyeLookInRight] = left;
        weights[(int)FaceShape.EyeLookInLeft] = weights[(int)FaceShape.EyeLookOutRight] = right;
    }

    /// <summary>Lowers the opening that the other movements left to the wanted share; returns the share of it that was closed.</summary>
    private float CloseLids(Span<Vector3> positions, FaceSide side, float strength)
    {
        HeadRig rig = _geometry.Rig;
        MorphShape blink = rig.Shapes[(int)FaceShapes.OnSide(FaceShape.EyeBlinkLeft, side)];
        float open = rig.LidOpening(positions, side);
        float narrowest = _restOpening[(int)side] * NarrowestEye;
        if (open < 2 * narrowest)
        {
            // Squinting, smiling and looking down narrow the eye but do not close it: soft limit.
            float kept = narrowest + (narrowest * narrowest / ((3 * narrowest) - open));
            blink.AddTo(positions, (open - kept) / rig.BlinkTravel(side));
            open = kept;
        }

        if (strength <= 0)
        {
            return 0;
        }

        blink.AddTo(positions, strength * open / rig.BlinkTravel(side));
        return Math.Clamp(1 - (rig.LidOpening(positions, side) / open), 0, 1);
    }

    /// <summary>Lids slide over the eyeball instead of cutting through it, as straight morphs do.</summary>
    private void KeepOutsideEyeball(Span<Vector3> positions, FaceSide side)
    {
        EyeSphere eye = _geometry.Eyes[(int)side];
        int[] lids = _geometry.Rig.LidVertices[(int)side];
        float[] floors = _lidFloors[(int)side];
        for (int i = 0; i < lids.Length; i++)
        {
            Vector3 offset = positions[lids[i]] - eye.Center;
            float distance = offset.Length();
            if (distance < floors[i] && offset.Z > 0)
            {
                positions[lids[i]] = eye.Center + (offset * (floors[i] / distance));
            }
        }
    }

    private float[] LidFloor(FaceSide side)
    {
        EyeSphere eye = _geometry.Eyes[(int)side];
        int[] lids = _geometry.Rig.LidVertices[(int)side];
        var floors = new float[lids.Length];
        for (int i = 0; i < lids.Length; i++)
        {
            floors[i] = MathF.Min(eye.Radius * 1.05f, Vector3.Distance(_geometry.Identity[lids[i]], eye.Center));
        }

        return floors;
    }

    private ScenePart[] MakeParts(ReadOnlySpan<Vector3> positions, in PartPose pose)
    {
        float light = Math.Clamp(ClosedMouthLight + ((_geometry.Rig.LipGap(positions) - _restGap) * (1 - ClosedMouthLight) / LightGap), ClosedMouthLight, 1);
        var parts = new ScenePart[_geometry.Parts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            PersonPart part = _geometry.Parts[i];
            var vertices = new Vector3[part.VertexCount];
            part.Pose(positions, pose, vertices);
            parts[i] = new ScenePart
            {
                Positions = vertices,
                Triangles = part.Triangles,
                TextureCoordinates = part.TextureCoordinates,
                Openness = part.IsInsideMouth && part.Openness is not null ? [.. part.Openness.Select(o => o * light)] : part.Openness,
                Material = part.Material,
            };
        }

        return parts;
    }

    private Vector3[] Points(ReadOnlySpan<Vector3> positions)
    {
        var points = new Vector3[68];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = _geometry.Rig.Points68[i].On(positions);
        }

        // Brows have heights, arches and lengths of their own, and their points are where the hair is.
        for (int i = 0; i < _geometry.Brows.Length; i++)
        {
            points[17 + i] = _geometry.Brows[i].On(positions);
        }

        return points;
    }

    /// <summary>Intensities 0–5. A movement of one side only counts three quarters: it is plainly visible, but less than on both.</summary>
    private float[] Label(SidedStrengths strengths, ReadOnlySpan<Vector3> positions, float[] closure)
    {
        HeadRig rig = _geometry.Rig;
        float jaw = (_geometry.Identity[rig.LowerIncisor].Y - positions[rig.LowerIncisor].Y) / _jawTravel;
        var labels = new float[ActionUnitSet.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            int unit = ActionUnitSet.Numbers[i];
            float strength = unit switch
            {
                25 => (rig.LipGap(positions) - _restGap) / FullLipGap,
                26 => (jaw - JawDropFrom) / (FullJawDrop - JawDropFrom),
                27 => (jaw - MouthStretchFrom) / (MouthStretchTo - MouthStretchFrom),
                43 => Visible(closure[0], closure[1]),
                _ => Visible(strengths[unit, FaceSide.Right], strengths[unit, FaceSide.Left]),
            };
            labels[i] = 5 * Math.Clamp(strength, 0, 1);
        }

        return labels;
    }

    private static float Visible(float right, float left) => 0.5f * (MathF.Max(right, left) + ((right + left) / 2));
}
