using System.IO.Compression;
using System.Text;
using AuStream.Synthesis.Assets;

namespace AuStream.Synthesis.Tests.Assets;

public class NpyArrayTests
{
    [Fact]
    public void Half_precision_numbers_are_read_exactly()
    {
        byte[] data = new byte[6];
        BitConverter.TryWriteBytes(data, (Half)1.5f);
        BitConverter.TryWriteBytes(data.AsSpan(2), (Half)(-0.25f));
        BitConverter.TryWriteBytes(data.AsSpan(4), (Half)65504f);
        NpyArray array = Read("<f2", "(3,)", data);
        array.Shape.ShouldBe([3]);
        array.ToSingles().ShouldBe([1.5f, -0.25f, 65504f]);
    }

    [Fact]
    public void Shapes_of_several_dimensions_and_integers_are_read()
    {
        byte[] data = [.. new[] { 7, -8, int.MaxValue, 0, 1, 2 }.SelectMany(BitConverter.GetBytes)];
        NpyArray array = Read("<i4", "(2, 3)", data);
        array.Shape.ShouldBe([2, 3]);
        array.ToInt32s().ShouldBe([7, -8, int.MaxValue, 0, 1, 2]);
    }

    [Fact]
    public void Fixed_width_strings_lose_their_padding()
    {
        byte[] data = new byte[2 * 5 * 4];
        Encoding.UTF32.GetBytes("mund").CopyTo(data, 0);
        Encoding.UTF32.GetBytes("Öhr").CopyTo(data, 20);
        Read("<U5", "(2,)", data).ToStrings().ShouldBe(["mund", "Öhr"]);
    }

    [Fact]
    public void Version_two_headers_have_longer_lengths()
    {
        NpyArray array = Read("<f4", "(1,)", BitConverter.GetBytes(2.5f), version: 2);
        array.ToSingles().ShouldBe([2.5f]);
    }

    [Fact]
    public void Fortran_order_is_refused_with_the_remedy() =>
        Should.Throw<InvalidDataException>(() => Read("<f4", "(1,)", new byte[4], fortran: "True")).Message.ShouldContain("ascontiguousarray");

    [Fact]
    public void Big_endian_numbers_are_refused() =>
        Should.Throw<InvalidDataException>(() => Read(">f4", "(1,)", new byte[4])).Message.ShouldContain(">f4");

    [Fact]
    public void Integers_are_not_handed_out_as_floats() =>
        Should.Throw<InvalidDataException>(() => Read("<i4", "(1,)", new byte[4]).ToSingles());

    [Fact]
    public void An_array_that_ends_early_is_noticed() =>
        Should.Throw<EndOfStreamException>(() => Read("<f4", "(3,)", new byte[4]));

    [Fact]
    public void A_missing_array_is_named_with_its_archive()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".npz");
        try
        {
            using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
            {
                using Stream entry = zip.CreateEntry("a.npy").Open();
                entry.Write(Npy("<f4", "(1,)", BitConverter.GetBytes(3f), 1, "False"));
            }

            using NpzFile archive = NpzFile.Open(path);
            archive.Read("a").ToSingles().ShouldBe([3f]);
            string message = Should.Throw<SynthesisAssetException>(() => archive.Read("b")).Message;
            message.ShouldContain(path);
            message.ShouldContain("\"b\"");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_archive_is_named() =>
        Should.Throw<SynthesisAssetException>(() => NpzFile.Open("no/such/heads.npz")).Message.ShouldContain("heads.npz");

    private static NpyArray Read(string type, string shape, byte[] data, int version = 1, string fortran = "False")
    {
        using var stream = new MemoryStream(Npy(type, shape, data, version, fortran));
        return NpyArray.Read(stream, "test");
    }

    private static byte[] Npy(string type, string shape, byte[] data, int version, string fortran)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
