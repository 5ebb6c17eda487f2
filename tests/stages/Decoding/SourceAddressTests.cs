using AuStream.Stages.Decoding;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Decoding;

public sealed class SourceAddressTests
{
    [Theory]
    [InlineData("rtsp://user:geheim@10.0.0.5:554/live", "rtsp://user:***@10.0.0.5:554/live")]
    [InlineData("rtsp://user:p@ss/w:rd@10.0.0.5/live", "rtsp://user:***@10.0.0.5/live")]
    [InlineData("http://:geheim@host/x", "http://:***@host/x")]
    [InlineData("http://host/x?user=me&password=geheim&size=1", "http://host/x?user=me&password=***&size=1")]
    [InlineData("https://host/x?access_token=geheim", "https://host/x?access_token=***")]
    [InlineData("srt://host:9000?passphrase=geheim1234&mode=caller", "srt://host:9000?passphrase=***&mode=caller")]
    [InlineData("rtsp://user@host/live", "rtsp://user@host/live")]
    [InlineData("https://host/plain.m3u8?quality=hd", "https://host/plain.m3u8?quality=hd")]
    public void Secrets_of_addresses_are_hidden(string address, string display)
    {
        SourceAddress parsed = SourceAddress.Parse(address);

        parsed.Display.ShouldBe(display);
        parsed.Location.ShouldBe(address);
    }

    [Fact]
    public void No_password_survives_in_a_line_that_quotes_its_address()
    {
        Gen<string> characters = Gen.ArrayOf(Gen.Elements("abcXYZ019!$%&()*+,-.:;=@_~/".ToCharArray())).Select(letters => new string(letters));
        Prop.ForAll(characters.ToArbitrary(), rest =>
        {
            string password = "Geheim" + rest;
            string line = $"[tcp] rtsp://admin:{password}@camera.local:554/live: Connection refused";
            return !SecretMask.Apply(line).Contains("Geheim", StringComparison.Ordinal) && SecretMask.Apply(line).Contains("camera.local", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("RTSP://host/live", (int)SourceAddressKind.NetworkStream)]
    [InlineData("http://host/a.m3u8", (int)SourceAddressKind.Web)]
    [InlineData("https://host/a.mp4", (int)SourceAddressKind.Web)]
    [InlineData("udp://@:5000", (int)SourceAddressKind.NetworkStream)]
    [InlineData("/", (int)SourceAddressKind.Folder)]
    [InlineData("file:///", (int)SourceAddressKind.Folder)]
    [InlineData("/etc/hostname", (int)SourceAddressKind.LocalFile)]
    public void The_kind_follows_from_the_address(string address, int kind) => ((int)SourceAddress.Parse(address).Kind).ShouldBe(kind);

    [Fact]
    public void Files_are_ordered_as_people_count()
    {
        string[] names = ["img12.png", "img2.png", "IMG1.png", "img02.png", "img", "a10b2", "a10b10", "a9", "img2.png.bak", "99999999999999999999999.jpg", "100000000000000000000000.jpg"];
        Array.Sort(names, NaturalOrder.Compare);

        names.ShouldBe(["99999999999999999999999.jpg", "100000000000000000000000.jpg", "a9", "a10b2", "a10b10", "img", "IMG1.png", "img02.png", "img2.png", "img2.png.bak", "img12.png"]);
    }

    [Fact]
    public void The_order_is_total()
    {
        Gen<string> name = Gen.ArrayOf(Gen.Elements('a', 'B', '0', '1', '2', '.')).Select(letters => new string(letters));
        Arbitrary<(string, string, string)> names = (from a in name from b in name from c in name select (a, b, c)).ToArbitrary();
        Prop.ForAll(names, triple =>
        {
            (string a, string b, string c) = triple;
            int ab = Math.Sign(NaturalOrder.Compare(a, b));
            bool isAntisymmetric = ab == -Math.Sign(NaturalOrder.Compare(b, a)) && (ab != 0 || a == b);
            bool isTransitive = !(ab < 0 && NaturalOrder.Compare(b, c) < 0) || NaturalOrder.Compare(a, c) < 0;
            return isAntisymmetric && isTransitive;
        }).QuickCheckThrowOnFailure();
    }
}
