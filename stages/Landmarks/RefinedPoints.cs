using System.Globalization;
using AuStream.Models.Sessions;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Landmarks;

/// <summary>An output of the attention mesh that says x and y of some mesh points more exactly than the mesh itself.</summary>
/// <param name="Output">Index of the output [N, points, 2].</param>
/// <param name="Indices">Mesh points in the output's order.</param>
internal sealed record RefinedPoints(int Output, int[] Indices)
{
    /// <summary>The refinements that a network has; empty for the plain mesh.</summary>
    /// <exception cref="ModelLoadException">The network's metadata do not fit its outputs.</exception>
    public static RefinedPoints[] Of(OnnxSession session)
    {
        List<RefinedPoints> refinements = [];
        foreach (string name in (ReadOnlySpan<string>)["lips", "left_eye", "right_eye"])
        {
            if (session.Outputs.Any(output => output.Name == name))
            {
                refinements.Add(Read(session, name));
            }
        }

        return [.. refinements];
    }

    /// <summary>Overwrites x and y of the refined points of [468, 3].</summary>
    public void Apply(ReadOnlySpan<float> refined, Span<float> mesh)
    {
        for (int i = 0; i < Indices.Length; i++)
        {
            mesh[3 * Indices[i]] = refined[2 * i];
            mesh[(3 * Indices[i]) + 1] = refined[(2 * i) + 1];
        }
    }

    private static RefinedPoints Read(OnnxSession session, string name)
    {
        int output = session.OutputIndex(name);
        session.Metadata.TryGetValue(name + "_points", out string? list);
        int[] indices = [.. (list ?? string.Empty).Split(',').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out int index) ? index : -1)];
        if (2 * indices.Length != session.Outputs[output].ItemLength || indices.Any(index => index is < 0 or >= FaceObservation.LandmarkCount))
        {
            throw new ModelLoadException($"{session.Path} does not say which points its output '{name}' refines: it was made by another version. Run 'austream models import'.");
        }

        return new RefinedPoints(output, indices);
    }
}
