namespace AuStream.Stages.Detection;

/// <summary>Which detector network.</summary>
public enum DetectorRange
{
    /// <summary>BlazeFace short range, 128 × 128: one or two faces that fill a good part of the picture (selfie distance). Fastest.</summary>
    Short,

    /// <summary>BlazeFace full range, 192 × 192: small faces too; the default.</summary>
    Full,
}
