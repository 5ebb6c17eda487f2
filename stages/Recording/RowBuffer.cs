using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AuStream.Stages.Recording;

/// <summary>Rows of delimited UTF-8 text under construction, rows ended by a line feed.</summary>
/// <remarks>Grows to the longest stretch between two calls of <see cref="Clear"/> and then allocates nothing. Not thread-safe.</remarks>
internal sealed class RowBuffer
{
    private const int LongestNumber = 40;

    /// <summary>Numbers up to here keep all their decimals in 64 bits.</summary>
    private const double LargestFixed = 1e12;

    private static readonly long[] s_powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private readonly byte _delimiter;
    private byte[] _bytes = new byte[16 * 1024];
    private int _length;
    private bool _isRowEmpty = true;

    /// <param name="delimiter">Between two cells: an ASCII character.</param>
    public RowBuffer(char delimiter)
    {
        _delimiter = (byte)delimiter;
    }

    /// <summary>Bytes of the whole rows; nothing of a row that is not ended.</summary>
    public ReadOnlySpan<byte> WholeRows => _bytes.AsSpan(0, WholeLength);

    /// <summary>Number of bytes in <see cref="WholeRows"/>.</summary>
    public int WholeLength { get; private set; }

    /// <summary>Forgets all rows, the unfinished one too.</summary>
    public void Clear()
    {
        _length = 0;
        WholeLength = 0;
        _isRowEmpty = true;
    }

    /// <summary>A cell without a value.</summary>
    public void Empty() => BeginCell(0);

    /// <summary>Several cells without a value.</summary>
    public void Empty(int count)
    {
        for (int i = 0; i < count; i++)
        {
            BeginCell(0);
        }
    }

    /// <summary>A whole number.</summary>
    public void Integer(long value) => Format(BeginCell(LongestNumber), value);

    /// <summary>A time in µs as seconds with 6 decimals, exactly.</summary>
    public void Seconds(long microseconds) => Fixed(microseconds, 6);

    /// <summary>A number with at most the given decimals (0–6), rounded to even; no value when it is not finite. Never a minus before a zero.</summary>
    public void Number(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            Empty();
        }
        else if (Math.Abs(value) < LargestFixed)
        {
            Fixed((long)Math.Round(value * s_powers[decimals]), decimals);
        }
        else
        {
            value.TryFormat(BeginCell(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
            _length += written;
        }
    }

    /// <summary>Text, in quotes when it holds the delimiter, a quote or a line break (RFC 4180).</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        // Twice the space, in case that every character is a quote.
        Span<byte> cell = BeginCell((2 * Encoding.UTF8.GetMaxByteCount(text.Length)) + 2);
        if (text.IndexOfAny((char)_delimiter, '"') < 0 && text.IndexOfAny('\r', '\n') < 0)
        {
            _length += Encoding.UTF8.GetBytes(text, cell);
            return;
        }

        int at = 0;
        cell[at++] = (byte)'"';
        for (int quote = text.IndexOf('"'); quote >= 0; quote = text.IndexOf('"'))
        {
            at += Encoding.UTF8.GetBytes(text[..(quote + 1)], cell[at..]);
            cell[at++] = (byte)'"';
            text = text[(quote + 1)..];
        }

        at += Encoding.UTF8.GetBytes(text, cell[at..]);
        cell[at++] = (byte)'"';
        _length += at;
    }

    /// <summary>UTF-8 text as it is; it must hold neither the delimiter as such nor a line break.</summary>
    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(BeginCell(text.Length));
        _length += text.Length;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Reserve(1)[0] = (byte)'\n';
        WholeLength = ++_length;
        _isRowEmpty = true;
    }

    private void Fixed(long scaled, int decimals)
    {
        Span<byte> cell = BeginCell(LongestNumber);
        if (scaled < 0)
        {
            cell[0] = (byte)'-';
            cell = cell[1..];
            _length++;
        }

        (ulong whole, ulong fraction) = Math.DivRem((ulong)Math.Abs(scaled), (ulong)s_powers[decimals]);
        int digits = Format(cell, (long)whole);
        if (decimals > 0)
        {
            cell[digits] = (byte)'.';
            for (int i = digits + decimals; i > digits; i--)
            {
                (fraction, ulong digit) = Math.DivRem(fraction, 10);
                cell[i] = (byte)('0' + digit);
            }

            _length += decimals + 1;
        }
    }

    private int Format(Span<byte> cell, long value)
    {
        Utf8Formatter.TryFormat(value, cell, out int written);
        _length += written;
        return written;
    }

    private Span<byte> BeginCell(int longest)
    {
        Span<byte> space = Reserve(longest + 1);
        if (_isRowEmpty)
        {
            _isRowEmpty = false;
            return space;
        }

        space[0] = _delimiter;
        _length++;
        return space[1..];
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + count));
        }

        return _bytes.AsSpan(_length);
    }
}
