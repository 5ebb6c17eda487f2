namespace AuStream.Stages.Frames;

/// <summary>How Y′CbCr values become R′G′B′: the matrix and the range of a decoded frame.</summary>
public enum YuvColor
{
    /// <summary>ITU-R BT.601, Y 16–235 and C 16–240: standard definition video.</summary>
    Bt601Limited,

    /// <summary>ITU-R BT.601, 0–255: JPEG pictures, MJPEG cameras.</summary>
    Bt601Full,

    /// <summary>ITU-R BT.709, Y 16–235 and C 16–240: high definition video.</summary>
    Bt709Limited,

    /// <summary>ITU-R BT.709, 0–255.</summary>
    Bt709Full,
}
