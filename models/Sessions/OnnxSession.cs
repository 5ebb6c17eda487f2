using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AuStream.Models.Sessions;

/// <summary>A loaded network. Thread-safe: share it among streams, and give each its own <see cref="OnnxRunner"/>.</summary>
/// <remarks>Every input and output is float32 with the batch as its first dimension. Dispose the runners first.</remarks>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxSession(string path, InferenceSession session, ExecutionProvider provider, IReadOnlyList<string> refusals, OnnxSessionOptions options)
    {
        Path = path;
        _session = session;
        ProviderInUse = provider;
        Refusals = refusals;
        Inputs = [.. session.InputMetadata.Select(entry => ToPort(entry.Key, entry.Value))];
        Outputs = [.. session.OutputMetadata.Select(entry => ToPort(entry.Key, entry.Value))];
        SharedCalls = options.Sharing.AppliesTo(provider) && Inputs.All(port => port.IsBatchDynamic) ? new SharedCalls(this, options.LargestBatch) : null;
    }

    /// <summary>The .onnx file.</summary>
    public string Path { get; }

    /// <summary>What computes this network, which may be less than what was asked for.</summary>
    public ExecutionProvider ProviderInUse { get; }

    /// <summary>Why better providers that were allowed are not used; empty when the best one is.</summary>
    public IReadOnlyList<string> Refusals { get; }

    /// <summary>True when runners that call at the same time share one call.</summary>
    public bool SharesCalls => SharedCalls is not null;

    /// <summary>What the network did so far.</summary>
    public SessionMetrics Metrics { get; } = new();

    /// <summary>Inputs in the file's order.</summary>
    public IReadOnlyList<TensorPort> Inputs { get; }

    /// <summary>Outputs in the file's order.</summary>
    public IReadOnlyList<TensorPort> Outputs { get; }

    /// <summary>Key–value pairs in the file's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    internal InferenceSession Native => _session;

    /// <summary>Joins the calls of the network's runners; null where each calls for itself.</summary>
    internal SharedCalls? SharedCalls { get; }

    /// <summary>Loads a network.</summary>
    /// <exception cref="ModelLoadException">The file is missing, damaged or of an unsupported kind, ONNX Runtime's library is missing, or the one provider that was asked for does not work here.</exception>
    public static OnnxSession Load(string path, OnnxSessionOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxSessionOptions();
        options.Validate();
        if (!File.Exists(path))
        {
            throw new ModelLoadException($"{path} does not exist. 'austream models list' shows what is there, 'austream models import' fetches the face models.");
        }

        try
        {
            (InferenceSession session, ExecutionProvider provider, IReadOnlyList<string> refusals) = ProviderFallback.Open(
                options.Provider.Candidates(),
                candidate => candidate == ExecutionProvider.Cpu ? null : GpuMachine.Current.WhyNot(candidate),
                candidate => NativeSessions.Open(path, candidate, options),
                refusal => refusal is OnnxRuntimeException or ModelLoadException);
            try
            {
                return new OnnxSession(path, session, provider, refusals, options);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelLoadException($"{path} cannot be loaded: {exception.Message}. 'austream models verify' checks the files, 'austream models import' makes the face models anew.", exception);
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new ModelLoadException($"{path} cannot be loaded because ONNX Runtime's native library is missing or too old: {exception.GetBaseException().Message}. 'austream doctor' says what to install.", exception);
        }
    }

    /// <summary>Index of an input.</summary>
    /// <exception cref="ModelLoadException">There is none of this name.</exception>
    public int InputIndex(string name) => IndexOf(Inputs, name, "input");

    /// <summary>Index of an output.</summary>
    /// <exception cref="ModelLoadException">There is none of this name.</exception>
    public int OutputIndex(string name) => IndexOf(Outputs, name, "output");

    /// <inheritdoc/>
    public void Dispose()
    {
        SharedCalls?.Dispose();
        _session.Dispose();
    }

    private int IndexOf(IReadOnlyList<TensorPort> ports, string name, string kind)
    {
        for (int i = 0; i < ports.Count; i++)
        {
            if (ports[i].Name == name)
            {
                return i;
            }
        }

        throw new ModelLoadException($"{Path} has no {kind} '{name}', only {string.Join(", ", ports.Select(port => port.Name))}: it is not the network that was expected here.");
    }

    private TensorPort ToPort(string name, NodeMetadata metadata)
    {
        int[] shape = metadata.Dimensions;
        if (!metadata.IsTensor || metadata.ElementDataType != TensorElementType.Float || shape.Length == 0 || shape.Skip(1).Any(side => side < 1) || shape[0] is not (-1 or 1))
        {
            string sides = string.Join(", ", shape.Select(side => side.ToString(CultureInfo.InvariantCulture)));
            throw new ModelLoadException($"{Path}: '{name}' is {metadata.ElementDataType} [{sides}]; float32 with a leading batch dimension and otherwise fixed sides is what AuStream runs.");
        }

        return new TensorPort(name, shape[1..], shape[0] == -1);
    }
}
