namespace AuStream.Synthesis.ActionUnits;

/// <summary>Strength of every action unit on each side of the face, 0 (absent) to 1 (E, maximum), a little above for extremes.</summary>
public sealed class SidedStrengths
{
    private readonly float[] _values = new float[ActionUnitSet.Count * 2];

    /// <summary>Strength of an action unit (FACS number) on one side.</summary>
    public float this[int actionUnit, FaceSide side]
    {
        get => _values[(ActionUnitSet.IndexOf(actionUnit) * 2) + (int)side];
        set => _values[(ActionUnitSet.IndexOf(actionUnit) * 2) + (int)side] = value;
    }

    /// <summary>Mean of both sides.</summary>
    public float Mean(int actionUnit) => (this[actionUnit, FaceSide.Right] + this[actionUnit, FaceSide.Left]) / 2;

    /// <summary>Sets both sides.</summary>
    public void SetBoth(int actionUnit, float strength)
    {
        this[actionUnit, FaceSide.Right] = strength;
        this[actionUnit, FaceSide.Left] = strength;
    }
}
