namespace AuStream.Stages.Decoding;

/// <summary>The order in which people number files: <c>frame2</c> before <c>frame10</c>, letter case aside.</summary>
internal static class NaturalOrder
{
    /// <summary>Compares runs of digits by their value, everything else by its upper-case letters; equal names by their plain characters, so that the order is total.</summary>
    public static int Compare(string left, string right)
    {
        int l = 0;
        int r = 0;
        while (l < left.Length && r < right.Length)
        {
            int order;
            if (char.IsAsciiDigit(left[l]) && char.IsAsciiDigit(right[r]))
            {
                order = CompareNumbers(TakeDigits(left, ref l), TakeDigits(right, ref r));
            }
            else
            {
                order = char.ToUpperInvariant(left[l++]).CompareTo(char.ToUpperInvariant(right[r++]));
            }

            if (order != 0)
            {
                return order;
            }
        }

        int rest = (left.Length - l).CompareTo(right.Length - r);
        return rest != 0 ? rest : string.CompareOrdinal(left, right);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        int digits = left.Length.CompareTo(right.Length);
        return digits != 0 ? digits : left.SequenceCompareTo(right);
    }

    private static ReadOnlySpan<char> TakeDigits(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return text.AsSpan(start, position - start);
    }
}
