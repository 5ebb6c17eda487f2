using System.Buffers.Binary;

namespace AuStream.Stages.Decoding.Nut;

/// <summary>
/// Reads one stream of raw pictures out of NUT, the container in which every picture carries its own time stamp in the source's
/// own time base (<see href="https://ffmpeg.org/~michael/nut.txt"/>). Reading a frame allocates nothing.
/// </summary>
/// <remarks>Not thread-safe. Checksums are not verified: the stream comes through a pipe.</remarks>
internal sealed class NutReader(Stream stream)
{
    private const ulong MainStartcode = 0x4E4D7A561F5F04AD;
    private const ulong StreamStartcode = 0x4E5311405BF2F9DB;
    private const ulong SyncpointStartcode = 0x4E4BE4ADEECA4569;
    private const byte StartcodeFirstByte = 0x4E;
    private const int LargestHeader = 1 << 24;
    private const int LargestElidableFrame = 4096;

    private readonly BufferedByteReader _reader = new(stream);
    private NutMainHeader? _main;
    private NutVideoStream? _video;
    private int _ptsLsbBits;
    private long _lastPts;
    private byte[] _elidedBytes = [];

    /// <summary>Reads the headers.</summary>
    /// <returns>The stream's facts; null when the decoder wrote nothing at all.</returns>
    /// <exception cref="NutFormatException">It is not NUT, or not one video stream.</exception>
    /// <exception cref="EndOfStreamException">It ends within the headers.</exception>
    public NutVideoStream? ReadHeaders()
    {
        int first = _reader.TryReadByte();
        if (first < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> signature = "nut/multimedia container\0"u8;
        foreach (byte expected in signature)
        {
            if (first != expected)
            {
                throw new NutFormatException("The decoder's output does not begin as a NUT file.");
            }

            first = expected == 0 ? first : _reader.ReadByte();
        }

        while (_video is null)
        {
            if (_reader.ReadByte() != StartcodeFirstByte)
            {
                throw new NutFormatException("A frame comes before the headers.");
            }

            ReadPacket();
        }

        return _video;
    }

    /// <summary>Goes to the next frame. Its bytes have to be read, with <see cref="ReadPicture"/>, before the next call.</summary>
    /// <param name="pts">Presentation time in the stream's time base.</param>
    /// <param name="size">Bytes of the picture.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="NutFormatException">The stream is damaged.</exception>
    /// <exception cref="EndOfStreamException">The stream breaks off within a frame's header.</exception>
    public bool TryReadFrame(out long pts, out int size)
    {
        pts = 0;
        size = 0;
        int code = _reader.TryReadByte();
        while (code == StartcodeFirstByte)
        {
            ReadPacket();
            code = _reader.TryReadByte();
        }

        if (code < 0)
        {
            return false;
        }

        ReadFrameHeader(_main!.FrameCodes[code], out pts, out size);
        return true;
    }

    /// <summary>Reads the bytes of the frame that <see cref="TryReadFrame"/> found.</summary>
    /// <exception cref="EndOfStreamException">The stream breaks off within the picture.</exception>
    public void ReadPicture(Span<byte> picture)
    {
        _elidedBytes.CopyTo(picture);
        _reader.ReadExactly(picture[_elidedBytes.Length..]);
    }

    private void ReadFrameHeader(in NutFrameCode code, out long pts, out int size)
    {
        NutFrameFlags flags = code.Flags;
        // Masked by hand: HasFlag allocates until the compiler has optimised it away.
        if ((flags & NutFrameFlags.Coded) != 0)
        {
            flags ^= (NutFrameFlags)_reader.ReadNumber(int.MaxValue);
        }

        if ((flags & NutFrameFlags.Invalid) != 0)
        {
            throw new NutFormatException("A frame has an invalid code.");
        }

        int streamId = (flags & NutFrameFlags.StreamId) != 0 ? _reader.ReadNumber(int.MaxValue) : code.StreamId;
        pts = (flags & NutFrameFlags.CodedPts) != 0 ? ReadCodedPts() : _lastPts + code.PtsDelta;
        _lastPts = pts;
        long bytes = code.SizeLsb;
        if ((flags & NutFrameFlags.SizeMsb) != 0)
        {
            bytes += code.SizeMultiplier * _reader.ReadNumber(int.MaxValue);
        }

        if ((flags & NutFrameFlags.MatchTime) != 0)
        {
            _reader.ReadSignedNumber();
        }

        int headerIndex = (flags & NutFrameFlags.HeaderIndex) != 0 ? _reader.ReadNumber(_main!.ElisionHeaders.Count - 1) : code.HeaderIndex;
        long reserved = (flags & NutFrameFlags.Reserved) != 0 ? _reader.ReadNumber(256) : code.ReservedCount;
        for (long field = 0; field < reserved; field++)
        {
            _reader.ReadNumber();
        }

        if ((flags & NutFrameFlags.Checksum) != 0)
        {
            _reader.Skip(sizeof(uint));
        }

        if (streamId != 0 || (flags & NutFrameFlags.SideData) != 0 || bytes > Array.MaxLength)
        {
            throw new NutFormatException("A frame is not a raw picture of the one stream.");
        }

        size = (int)bytes;
        _elidedBytes = size > LargestElidableFrame ? [] : _main!.ElisionHeaders[headerIndex];
        if (_elidedBytes.Length > size)
        {
            throw new NutFormatException("A frame is shorter than its elided header.");
        }
    }

    private long ReadCodedPts()
    {
        long coded = _reader.ReadNumber();
        long range = 1L << _ptsLsbBits;
        if (coded >= range)
        {
            return coded - range;
        }

        long delta = _lastPts - ((range - 1) / 2);
        return ((coded - delta) & (range - 1)) + delta;
    }

    private void ReadPacket()
    {
        Span<byte> startcodeBytes = stackalloc byte[sizeof(ulong)];
        startcodeBytes[0] = StartcodeFirstByte;
        _reader.ReadExactly(startcodeBytes[1..]);
        ulong startcode = BinaryPrimitives.ReadUInt64BigEndian(startcodeBytes);
        long length = _reader.ReadNumber();
        if (length is < sizeof(uint) or > LargestHeader)
        {
            throw new NutFormatException($"A header of {length} bytes is not plausible.");
        }

        if (length > 4096)
        {
            _reader.Skip(sizeof(uint));
        }

        if (startcode == SyncpointStartcode)
        {
            if (_video is null)
            {
                throw new NutFormatException("A syncpoint comes before the headers.");
            }

            ReadSyncpoint(length, _video);
        }
        else if ((startcode == MainStartcode && _main is null) || (startcode == StreamStartcode && _video is null))
        {
            byte[] packet = new byte[length];
            _reader.ReadExactly(packet);
            var fields = new BufferedByteReader(new MemoryStream(packet, 0, packet.Length - sizeof(uint)));
            if (startcode == MainStartcode)
            {
                _main = NutMainHeader.Read(fields);
            }
            else
            {
                ReadStreamHeader(fields);
            }
        }
        else
        {
            _reader.Skip(length);
        }
    }

    private void ReadSyncpoint(long length, NutVideoStream video)
    {
        // The fields are read in place: a syncpoint comes with every picture, and must not allocate.
        long globalTime = _reader.ReadNumber();
        int used = NumberLength(globalTime);
        IReadOnlyList<(long Numerator, long Denominator)> timeBases = _main!.TimeBases;
        (long numerator, long denominator) = timeBases[(int)(globalTime % timeBases.Count)];
        long ticks = globalTime / timeBases.Count;
        _lastPts = (long)((Int128)ticks * numerator * video.TimeBaseDenominator / ((Int128)denominator * video.TimeBaseNumerator));
        _reader.Skip(length - used);
    }

    private void ReadStreamHeader(BufferedByteReader fields)
    {
        NutMainHeader main = _main ?? throw new NutFormatException("A stream header comes before the main header.");
        int id = fields.ReadNumber(int.MaxValue);
        int kind = fields.ReadNumber(int.MaxValue);
        if (id != 0 || kind != 0)
        {
            throw new NutFormatException("The decoder was asked for one video stream, and wrote another kind.");
        }

        fields.Skip(fields.ReadNumber(8));
        (long numerator, long denominator) = main.TimeBases[fields.ReadNumber(main.TimeBases.Count - 1)];
        _ptsLsbBits = fields.ReadNumber(31);
        fields.ReadNumber();
        fields.ReadNumber();
        fields.ReadNumber();
        fields.Skip(fields.ReadNumber(LargestHeader));
        int width = fields.ReadNumber(int.MaxValue);
        int height = fields.ReadNumber(int.MaxValue);
        _video = new NutVideoStream(width, height, numerator, denominator);
    }

    private static int NumberLength(long value)
    {
        int bytes = 1;
        while ((value >>= 7) > 0)
        {
            bytes++;
        }

        return bytes;
    }
}
