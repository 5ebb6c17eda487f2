using AuStream.Models.Sessions;

namespace AuStream.Models.Manifests;

/// <summary>Checks that a network has the inputs and outputs that its manifest promises (docs/models.md, "Network contract").</summary>
public static class ActionUnitNetworkContract
{
    /// <summary>Input: aligned crops [N, 3, S, S].</summary>
    public const string Image = "image";

    /// <summary>Optional input: landmark features [N, 2K].</summary>
    public const string Landmarks = "landmarks";

    /// <summary>Output: raw scores [N, A].</summary>
    public const string Intensity = "intensity";

    /// <summary>Optional output: the layer before the scores [N, F].</summary>
    public const string Features = "features";

    /// <summary>Compares a loaded network with the manifest.</summary>
    /// <exception cref="ModelLoadException">They disagree; the message names the file, every tensor at fault and the field of the manifest.</exception>
    public static void Check(ActionUnitModelManifest manifest, OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(session);
        int size = manifest.Crop.Size;
        List<string> faults = [];
        Expect(faults, session.Inputs, "input", Image, [3, size, size], "crop.size");
        if (manifest.Landmarks.Count > 0)
        {
            Expect(faults, session.Inputs, "input", Landmarks, [2 * manifest.Landmarks.Count], "landmarks");
        }

        Expect(faults, session.Outputs, "output", Intensity, [manifest.ActionUnits.Count], "action_units");
        string[] inputs = manifest.Landmarks.Count > 0 ? [Image, Landmarks] : [Image];
        faults.AddRange(session.Inputs.Where(port => !inputs.Contains(port.Name)).Select(port =>
            $"it has an input '{port.Name}' that the manifest does not account for{(port.Name == Landmarks ? " (landmarks is empty)" : "")}"));
        faults.AddRange(session.Outputs.Where(port => port.Name is not (Intensity or Features)).Select(port =>
            $"it has an output '{port.Name}' that the contract does not know"));
        faults.AddRange(session.Inputs.Concat(session.Outputs).Where(port => !port.IsBatchDynamic).Select(port =>
            $"'{port.Name}' has a fixed batch"));
        if (faults.Count > 0)
        {
            throw new ModelLoadException(
                $"{session.Path} is not the network that the manifest of '{manifest.Id}' describes: {string.Join("; ", faults)}. Export it again, or correct the manifest.");
        }
    }

    /// <summary>Length of a network's feature vector; 0 when it has none.</summary>
    public static int FeatureCountOf(OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Outputs.FirstOrDefault(port => port.Name == Features)?.ItemLength ?? 0;
    }

    private static void Expect(List<string> faults, IReadOnlyList<TensorPort> ports, string kind, string name, int[] shape, string field)
    {
        string expected = string.Join(", ", shape);
        TensorPort? port = ports.FirstOrDefault(candidate => candidate.Name == name);
        if (port is null)
        {
            faults.Add($"it has no {kind} '{name}' [N, {expected}], which {field} asks for");
        }
        else if (!port.ItemShape.SequenceEqual(shape))
        {
            faults.Add($"its {kind} '{name}' is [N, {string.Join(", ", port.ItemShape)}], {field} asks for [N, {expected}]");
        }
    }
}
