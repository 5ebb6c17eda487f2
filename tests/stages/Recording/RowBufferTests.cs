using System.Globalization;
using System.Text;
using AuStream.Stages.Recording;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Recording;

public sealed class RowBufferTests
{
    [Fact]
    public void Numbers_come_back_within_half_a_unit_of_the_last_decimal()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<NormalFloat, byte>((number, choice) =>
        {
            int decimals = choice % 7;
            double value = number.Get % 1e7;
            string text = Write(rows => rows.Number(value, decimals));
            text.ShouldMatch(decimals == 0 ? @"^-?\d+$" : $@"^-?\d+\.\d{{{decimals}}}$");
            double tolerance = (0.5 * Math.Pow(10, -decimals)) + (Math.Abs(value) * 1e-14);
            double.Parse(text, CultureInfo.InvariantCulture).ShouldBe(value, tolerance);
        }));
    }

    [Theory]
    [InlineData(1e16)]
    [InlineData(-123456789012345678)]
    [InlineData(double.MaxValue)]
    public void Numbers_beyond_fixed_decimals_come_back_exactly(double value) =>
        double.Parse(Write(rows => rows.Number(value, 2)), CultureInfo.InvariantCulture).ShouldBe(value);

    [Fact]
    public void Times_come_back_exactly()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<long>(time =>
        {
            long microseconds = time % 1_000_000_000_000_000;
            string text = Write(rows => rows.Seconds(microseconds));
            ((long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 1_000_000m)).ShouldBe(microseconds);
        }));
        Write(rows => rows.Seconds(3_723_000_001)).ShouldBe("3723.000001");
    }

    [Fact]
    public void Text_comes_back_through_another_parser()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<string[]>(cells =>
        {
            // Characters that are no text have no UTF-8; a lone empty cell is an empty line.
            string[] texts = [.. (cells ?? []).Select(cell => new string([.. (cell ?? "").Where(c => !char.IsSurrogate(c) && c != '\0')])), "last,\"\n"];
            string written = Write(rows =>
            {
                foreach (string text in texts)
                {
                    rows.Text(text);
                }
            });
            using MemoryStream stream = new(Encoding.UTF8.GetBytes(written + "\n"));
            CsvRows.Read(stream, ',').ShouldHaveSingleItem().ShouldBe(texts);
        }));
    }

    [Theory]
    [InlineData(-0.0004, 3, "0.000")]
    [InlineData(0.9996, 3, "1.000")]
    [InlineData(-12.5, 2, "-12.50")]
    [InlineData(double.NaN, 2, "")]
    [InlineData(double.PositiveInfinity, 2, "")]
    public void Special_numbers_are_written_as_documented(double value, int decimals, string expected) =>
        Write(rows => rows.Number(value, decimals)).ShouldBe(expected);

    [Fact]
    public void A_row_that_is_not_ended_is_not_among_the_whole_rows()
    {
        RowBuffer rows = new(',');
        rows.Integer(1);
        rows.EndRow();
        rows.Integer(2);
        Encoding.UTF8.GetString(rows.WholeRows).ShouldBe("1\n");
    }

    private static string Write(Action<RowBuffer> write)
    {
        RowBuffer rows = new(',');
        write(rows);
        rows.EndRow();
        return Encoding.UTF8.GetString(rows.WholeRows)[..^1];
    }
}
