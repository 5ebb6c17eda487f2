namespace AuStream.Stages.Decoding.Nut;

/// <summary>What one of the 256 frame codes stands for.</summary>
internal readonly record struct NutFrameCode(
    NutFrameFlags Flags, int StreamId, long SizeMultiplier, long SizeLsb, long PtsDelta, long ReservedCount, int HeaderIndex);
