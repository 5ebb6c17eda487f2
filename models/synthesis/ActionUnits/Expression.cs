using System.Numerics;

namespace AuStream.Synthesis.ActionUnits;

/// <summary>What a face does at one moment: action units by side, movements that are not labelled, and where it looks.</summary>
public sealed class Expression
{
    /// <summary>Strength of each action unit by side, 0 (absent) to 1 (E, maximum).</summary>
    public SidedStrengths ActionUnits { get; init; } = new();

    /// <summary>Momentary closure of the lids by a blink, 0 (none) to 1 (closed); acts like AU43 and is labelled with it.</summary>
    public float Blink { get; set; }

    /// <summary>Gaze in degrees relative to the head: x positive to the person's left (±35), y positive up (±25).</summary>
    public Vector2 Gaze { get; set; }

    /// <summary>Share of an open jaw over which the lips stay together, 0–1 (chewing, m and b in speech).</summary>
    public float LipSeal { get; set; }

    /// <summary>Jaw to the side, −1 (person's right) to 1 (left).</summary>
    public float JawSideways { get; set; }

    /// <summary>Jaw forward, 0–1.</summary>
    public float JawForward { get; set; }

    /// <summary>Whole mouth to the side, −1 (person's right) to 1 (left).</summary>
    public float MouthSideways { get; set; }

    /// <summary>Air in the right cheek, 0–1.</summary>
    public float CheekPuffRight { get; set; }

    /// <summary>Air in the left cheek, 0–1.</summary>
    public float CheekPuffLeft { get; set; }

    /// <summary>Lips funnelled (AU22, as in "sh"), 0–1.</summary>
    public float Funnel { get; set; }

    /// <summary>Lower lip drawn down (AU16), 0–1.</summary>
    public float LowerLipDown { get; set; }

    /// <summary>Tongue raised to the teeth, 0–1; seen only when the mouth is open.</summary>
    public float TongueUp { get; set; }

    /// <summary>A neutral face looking ahead.</summary>
    public static Expression Neutral() => new();
}
