using System.Text;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Samples;

namespace AuStream.Synthesis.Tests.Samples;

public class NpyWriterTests
{
    [Fact]
    public void The_header_is_what_numpy_expects_and_data_begin_at_a_multiple_of_64_bytes()
    {
        byte[] header = NpyWriter.Header("<f4", [12, 68, 2]);
        (header.Length % 64).ShouldBe(0);
        header[..8].ShouldBe([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
        BitConverter.ToUInt16(header, 8).ShouldBe((ushort)(header.Length - 10));
        string text = Encoding.ASCII.GetString(header, 10, header.Length - 10);
        text.ShouldStartWith("{'descr': '<f4', 'fortran_order': False, 'shape': (12,68,2,), }");
        text.ShouldEndWith("\n");
    }

    [Fact]
    public void One_dimension_is_a_tuple_too() => Encoding.ASCII.GetString(NpyWriter.Header("<i8", [5])).ShouldContain("'shape': (5,)");

    [Fact]
    public void What_is_written_is_read_back()
    {
        string path = Path.GetTempFileName();
        try
        {
            NpyWriter.Write<float>(path, [1.5f, -2, 3, 4, 5, 6], 3, 2);
            using FileStream file = File.OpenRead(path);
            NpyArray array = NpyArray.Read(file, path);
            array.Shape.ShouldBe([3, 2]);
            array.ToSingles().ShouldBe([1.5f, -2, 3, 4, 5, 6]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Values_that_do_not_fit_the_shape_are_refused() =>
        Should.Throw<ArgumentException>(() => NpyWriter.Write<byte>(Path.GetTempFileName(), [1, 2, 3], 2, 2)).Message.ShouldContain("3 values");
}
