namespace AuStream.Stages.Decoding.Nut;

/// <summary>The tables that a NUT file begins with.</summary>
/// <param name="TimeBases">Time bases in seconds, as fractions.</param>
/// <param name="FrameCodes">The meaning of each of the 256 frame codes.</param>
/// <param name="ElisionHeaders">Bytes that small frames may leave out at their beginning; the first is empty.</param>
internal sealed record NutMainHeader(
    IReadOnlyList<(long Numerator, long Denominator)> TimeBases,
    NutFrameCode[] FrameCodes,
    IReadOnlyList<byte[]> ElisionHeaders)
{
    private const int FrameCodeCount = 256;
    private const int StartcodeFirstByte = 'N';

    /// <summary>Reads the header's fields.</summary>
    /// <exception cref="NutFormatException">A value is impossible.</exception>
    /// <exception cref="EndOfStreamException">The header is too short.</exception>
    public static NutMainHeader Read(BufferedByteReader fields)
    {
        int version = fields.ReadNumber(4);
        if (version > 3)
        {
            fields.ReadNumber();
        }

        if (fields.ReadNumber() != 1)
        {
            throw new NutFormatException("The decoder was asked for one stream.");
        }

        fields.ReadNumber();
        var timeBases = new (long, long)[fields.ReadNumber(16)];
        if (timeBases.Length == 0)
        {
            throw new NutFormatException("There is no time base.");
        }

        for (int index = 0; index < timeBases.Length; index++)
        {
            timeBases[index] = (fields.ReadNumber(int.MaxValue), fields.ReadNumber(int.MaxValue));
            if (timeBases[index] is not ( > 0, > 0))
            {
                throw new NutFormatException("A time base is zero.");
            }
        }

        return new NutMainHeader(timeBases, ReadFrameCodes(fields), ReadElisionHeaders(fields));
    }

    private static NutFrameCode[] ReadFrameCodes(BufferedByteReader fields)
    {
        var codes = new NutFrameCode[FrameCodeCount];
        long pts = 0;
        long multiplier = 1;
        int stream = 0;
        int headerIndex = 0;
        for (int code = 0; code < FrameCodeCount;)
        {
            var flags = (NutFrameFlags)fields.ReadNumber(int.MaxValue);
            long given = fields.ReadNumber();
            pts = given > 0 ? fields.ReadSignedNumber() : pts;
            multiplier = given > 1 ? fields.ReadNumber(int.MaxValue) : multiplier;
            stream = given > 2 ? fields.ReadNumber(int.MaxValue) : stream;
            long size = given > 3 ? fields.ReadNumber(int.MaxValue) : 0;
            long reserved = given > 4 ? fields.ReadNumber(FrameCodeCount) : 0;
            long count = given > 5 ? fields.ReadNumber() : multiplier - size;
            if (given > 6)
            {
                fields.ReadSignedNumber();
            }

            headerIndex = given > 7 ? fields.ReadNumber(FrameCodeCount) : headerIndex;
            for (long extra = 8; extra < given; extra++)
            {
                fields.ReadNumber();
            }

            for (long offset = 0; offset < count && code < FrameCodeCount; code++)
            {
                codes[code] = code == StartcodeFirstByte
                    ? new NutFrameCode(NutFrameFlags.Invalid, 0, 0, 0, 0, 0, 0)
                    : new NutFrameCode(flags, stream, multiplier, size + offset++, pts, reserved, headerIndex);
            }

            if (count <= 0)
            {
                throw new NutFormatException("The table of frame codes is empty in places.");
            }
        }

        return codes;
    }

    private static List<byte[]> ReadElisionHeaders(BufferedByteReader fields)
    {
        var headers = new List<byte[]> { Array.Empty<byte>() };
        int count = fields.ReadNumber(127);
        for (int index = 0; index < count; index++)
        {
            byte[] header = new byte[fields.ReadNumber(FrameCodeCount)];
            fields.ReadExactly(header);
            headers.Add(header);
        }

        return headers;
    }
}
