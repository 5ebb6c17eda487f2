using AuStream.Synthesis.ActionUnits;

namespace AuStream.Synthesis.Skin;

/// <summary>An action unit on one side (or the mean of both) that deepens a wrinkle.</summary>
/// <param name="ActionUnit">FACS number.</param>
/// <param name="Side">Side, or null for the mean.</param>
/// <param name="Gain">Depth at full strength relative to the wrinkle's own.</param>
internal readonly record struct WrinkleDriver(int ActionUnit, FaceSide? Side, float Gain)
{
    public float Value(SidedStrengths strengths) => Gain * (Side is { } side ? strengths[ActionUnit, side] : strengths.Mean(ActionUnit));
}
