using AuStream.Models.Sessions;

namespace AuStream.Models.Manifests;

/// <summary>Checks that the networks beside a frame network have the inputs and outputs that docs/models.md promises.</summary>
public static class CompanionNetworkContract
{
    /// <summary>Input of both: the frame network's features [N, F].</summary>
    public const string Features = ActionUnitNetworkContract.Features;

    /// <summary>Input of the temporal head: the frame network's raw scores [N, A]. Output of the relative network: raw scores [N, A].</summary>
    public const string Intensity = ActionUnitNetworkContract.Intensity;

    /// <summary>Input of the temporal head: seconds since the track's previous frame, 0 at its first [N, 1].</summary>
    public const string Elapsed = "elapsed";

    /// <summary>Input of the temporal head: features of the person's neutral face, zeros when there is none [N, F].</summary>
    public const string Reference = "reference";

    /// <summary>Input of the temporal head: 1 where there is a reference, else 0 [N, 1].</summary>
    public const string HasReference = "has_reference";

    /// <summary>Input of the temporal head: the track's state, zeros at its start [N, 2 · layers · units].</summary>
    public const string State = "state";

    /// <summary>Output of the temporal head: raw scores after fusion [N, A]. In ONNX an output cannot have an input's name.</summary>
    public const string FusedIntensity = "fused_intensity";

    /// <summary>Output of the temporal head: the recurrent network's own scores, before fusion [N, A].</summary>
    public const string TemporalIntensity = "temporal_intensity";

    /// <summary>Output of the temporal head: the track's state for its next frame [N, 2 · layers · units].</summary>
    public const string NextState = "next_state";

    /// <summary>Input of the relative network: features of the person's neutral face [N, F].</summary>
    public const string NeutralFeatures = "neutral_features";

    /// <summary>Compares a loaded temporal head with the manifest.</summary>
    /// <exception cref="ModelLoadException">They disagree; the message names the file and every tensor at fault.</exception>
    public static void CheckTemporal(ActionUnitModelManifest manifest, OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(manifest);
        TemporalManifest temporal = manifest.Temporal ?? throw new ArgumentException("The manifest has no temporal head.", nameof(manifest));
        int actionUnits = manifest.ActionUnits.Count;
        List<(string Name, int Length)> inputs = [(Features, temporal.Features), (Intensity, actionUnits), (Elapsed, 1), (State, temporal.StateLength)];
        foreach ((string name, int length) in new[] { (Reference, temporal.Features), (HasReference, 1) })
        {
            // An exporter may have pruned what a head without reference does not read.
            if (temporal.UsesReference || session.Inputs.Any(port => port.Name == name))
            {
                inputs.Add((name, length));
            }
        }

        Check(
            manifest,
            session,
            inputs,
            [(FusedIntensity, actionUnits), (TemporalIntensity, actionUnits), (NextState, temporal.StateLength)]);
    }

    /// <summary>Compares a loaded relative network with the manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="session">The network.</param>
    /// <param name="features">Length of the frame network's feature vector.</param>
    /// <inheritdoc cref="CheckTemporal"/>
    public static void CheckRelative(ActionUnitModelManifest manifest, OnnxSession session, int features)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Check(manifest, session, [(Features, features), (NeutralFeatures, features)], [(Intensity, manifest.ActionUnits.Count)]);
    }

    private static void Check(ActionUnitModelManifest manifest, OnnxSession session, IReadOnlyList<(string Name, int Length)> inputs, IReadOnlyList<(string Name, int Length)> outputs)
    {
        ArgumentNullException.ThrowIfNull(session);
        List<string> faults = [];
        Compare(faults, "input", session.Inputs, inputs);
        Compare(faults, "output", session.Outputs, outputs);
        if (faults.Count > 0)
        {
            throw new ModelLoadException(
                $"{session.Path} is not the network that the manifest of '{manifest.Id}' describes: {string.Join("; ", faults)}. Export it again, or correct the manifest.");
        }
    }

    private static void Compare(List<string> faults, string kind, IReadOnlyList<TensorPort> ports, IReadOnlyList<(string Name, int Length)> expected)
    {
        foreach ((string name, int length) in expected)
        {
            TensorPort? port = ports.FirstOrDefault(candidate => candidate.Name == name);
            if (port is null)
            {
                faults.Add($"it has no {kind} '{name}' [N, {length}]");
            }
            else if (port.ItemShape.Count != 1 || port.ItemShape[0] != length)
            {
                faults.Add($"its {kind} '{name}' is [N, {string.Join(", ", port.ItemShape)}], the manifest asks for [N, {length}]");
            }
            else if (!port.IsBatchDynamic)
            {
                faults.Add($"'{name}' has a fixed batch");
            }
        }

        faults.AddRange(ports.Where(port => !expected.Any(one => one.Name == port.Name)).Select(port => $"it has an {kind} '{port.Name}' that the contract does not know"));
    }
}
