namespace AuStream.Stages.Decoding.Nut;

/// <summary>What the decoder wrote is not the NUT stream that it was asked for.</summary>
internal sealed class NutFormatException : Exception
{
    public NutFormatException()
    {
    }

    public NutFormatException(string message)
        : base(message)
    {
    }

    public NutFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
