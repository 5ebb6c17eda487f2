using System.Numerics;
using AuStream.Synthesis.Scene;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Tests.Shading;

public class MipTextureTests
{
    [Fact]
    public void The_middle_of_a_texel_has_its_exact_value_and_v_points_upwards()
    {
        var texture = MipTexture.FromTexture(new Texture(2, 2, [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1]));
        texture.Sample(new Vector2(0.25f, 0.75f), 0).ShouldBe(new Vector4(1, 0, 0, 1));
        texture.Sample(new Vector2(0.75f, 0.25f), 0).ShouldBe(new Vector4(1, 1, 1, 1));
    }

    [Fact]
    public void Coordinates_wrap()
    {
        var texture = MipTexture.FromTexture(new Texture(2, 1, [1, 0, 0, 1, 0, 1, 0, 1]));
        texture.Sample(new Vector2(3.25f, -1.5f), 0).ShouldBe(texture.Sample(new Vector2(0.25f, 0.5f), 0));
    }

    [Fact]
    public void The_coarsest_level_is_the_mean()
    {
        var texture = MipTexture.FromTexture(new Texture(2, 2, [4, 0, 0, 1, 0, 4, 0, 1, 0, 0, 4, 1, 0, 0, 0, 1]));
        texture.Sample(new Vector2(0.3f, 0.6f), 1).ShouldBe(new Vector4(1, 1, 1, 1));
    }

    [Fact]
    public void Refreshing_a_region_gives_the_same_levels_as_refreshing_all()
    {
        MipTexture partly = Ramp();
        MipTexture all = Ramp();
        for (int y = 3; y < 7; y++)
        {
            for (int x = 5; x < 11; x++)
            {
                partly.Texels[(y * 16) + x] = all.Texels[(y * 16) + x] = new Vector4(9, x, y, 1);
            }
        }

        partly.Refresh(5, 3, 6, 4);
        all.Refresh(0, 0, 16, 16);
        for (float level = 0; level <= 4; level += 0.5f)
        {
            partly.Sample(new Vector2(0.4f, 0.7f), level).ShouldBe(all.Sample(new Vector2(0.4f, 0.7f), level));
        }
    }

    [Fact]
    public void Slopes_of_an_even_ramp_are_its_rise_over_the_whole_texture()
    {
        var heights = new float[8 * 8];
        for (int i = 0; i < 64; i++)
        {
            heights[i] = (0.1f * (i % 8)) - (0.05f * (i / 8));
        }

        Vector4 slope = MipTexture.FromHeights(new HeightMap(8, 8, heights)).Sample(new Vector2(0.5f, 0.5f), 0);
        slope.X.ShouldBe(0.8f, 1e-4f);
        slope.Y.ShouldBe(0.4f, 1e-4f);
    }

    [Fact]
    public void Sides_that_are_no_power_of_two_are_resampled()
    {
        var pixels = new float[3 * 3 * 4];
        Array.Fill(pixels, 0.5f);
        var texture = MipTexture.FromTexture(new Texture(3, 3, pixels));
        texture.Width.ShouldBe(4);
        texture.Sample(new Vector2(0.1f, 0.9f), 0).ShouldBe(new Vector4(0.5f));
    }

    private static MipTexture Ramp()
    {
        var texture = new MipTexture(16, 16);
        for (int i = 0; i < 256; i++)
        {
            texture.Texels[i] = new Vector4(i, i % 16, i / 16, 1);
        }

        texture.Refresh(0, 0, 16, 16);
        return texture;
    }
}
