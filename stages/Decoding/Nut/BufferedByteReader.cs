namespace AuStream.Stages.Decoding.Nut;

/// <summary>
/// Reads fields through a small buffer and pictures past it, straight into their own memory. The buffer is small on purpose:
/// what it has read ahead of a picture has to be copied.
/// </summary>
internal sealed class BufferedByteReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[1024];
    private int _position;
    private int _length;

    /// <summary>The next byte, or −1 at the end.</summary>
    public int TryReadByte() => _position < _length || Refill() ? _buffer[_position++] : -1;

    /// <summary>The next byte.</summary>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    public byte ReadByte()
    {
        int value = TryReadByte();
        return value >= 0 ? (byte)value : throw new EndOfStreamException();
    }

    /// <summary>A variable-length number (NUT specification, "v"): seven bits a byte, highest first.</summary>
    /// <exception cref="NutFormatException">It does not fit.</exception>
    public long ReadNumber()
    {
        long value = 0;
        while (true)
        {
            byte part = ReadByte();
            if (value > long.MaxValue >> 7)
            {
                throw new NutFormatException("A number is too long.");
            }

            value = (value << 7) | (long)(part & 0x7F);
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }
    }

    /// <summary>A signed number (NUT specification, "s").</summary>
    public long ReadSignedNumber()
    {
        long value = ReadNumber() + 1;
        return (value & 1) != 0 ? -(value >> 1) : value >> 1;
    }

    /// <summary>A number that has to lie between 0 and <paramref name="max"/>.</summary>
    /// <exception cref="NutFormatException">It does not.</exception>
    public int ReadNumber(int max)
    {
        long value = ReadNumber();
        return value <= max ? (int)value : throw new NutFormatException($"A number is {value}, the highest possible is {max}.");
    }

    /// <summary>Fills the whole span.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    public void ReadExactly(Span<byte> destination)
    {
        int buffered = Math.Min(_length - _position, destination.Length);
        _buffer.AsSpan(_position, buffered).CopyTo(destination);
        _position += buffered;
        if (buffered < destination.Length)
        {
            stream.ReadExactly(destination[buffered..]);
        }
    }

    /// <summary>Passes over bytes.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    public void Skip(long count)
    {
        while (count > 0)
        {
            if (_position == _length && !Refill())
            {
                throw new EndOfStreamException();
            }

            int step = (int)Math.Min(count, _length - _position);
            _position += step;
            count -= step;
        }
    }

    private bool Refill()
    {
        _position = 0;
        _length = stream.Read(_buffer, 0, _buffer.Length);
        return _length > 0;
    }
}
