using System.Numerics;
using AuStream.Synthesis.Shading;

namespace AuStream.Synthesis.Tests.Shading;

public class SphericalIrradianceTests
{
    [Fact]
    public void Uniform_light_falls_on_all_surfaces_alike()
    {
        var light = new SphericalIrradiance();
        light.AddUniform(new Vector3(0.5f, 1, 2));
        light.Evaluate(Vector3.UnitX).ShouldBe(new Vector3(0.5f, 1, 2));
        light.Evaluate(Vector3.Normalize(new Vector3(-1, 2, 0.3f))).ShouldBe(new Vector3(0.5f, 1, 2));
    }

    [Fact]
    public void A_lobe_gives_what_integrating_it_over_the_hemisphere_gives()
    {
        // Radiance 4·max(0, cos) around an axis; irradiance / π by brute force for several normals.
        Vector3 axis = Vector3.Normalize(new Vector3(0.3f, 0.8f, 0.5f));
        var light = new SphericalIrradiance();
        light.AddLobe(axis, Vector3.One);
        foreach (Vector3 normal in new[] { axis, Vector3.UnitX, Vector3.UnitY, Vector3.Normalize(new Vector3(-0.2f, 0.1f, 1)) })
        {
            double sum = 0;
            double weight = 0;
            for (int i = 0; i < 20_000; i++)
            {
                // Fibonacci sphere.
                double y = 1 - (2 * (i + 0.5) / 20_000);
                double r = Math.Sqrt(1 - (y * y));
                double angle = i * 2.39996322972865;
                var direction = new Vector3((float)(r * Math.Cos(angle)), (float)y, (float)(r * Math.Sin(angle)));
                sum += 4 * Math.Max(0, Vector3.Dot(direction, axis)) * Math.Max(0, Vector3.Dot(direction, normal));
                weight++;
            }

            double expected = sum / weight * 4;
            ((double)light.Evaluate(normal).X).ShouldBe(expected, 0.06);
        }
    }
}
