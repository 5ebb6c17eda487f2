using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace AuStream.Models.Sessions;

/// <summary>Opens ONNX Runtime's sessions on a given execution provider.</summary>
internal static class NativeSessions
{
    private static readonly Lock s_registering = new();
    private static readonly HashSet<ExecutionProvider> s_registered = [];

    /// <summary>Opens a network.</summary>
    /// <exception cref="OnnxRuntimeException">The file is damaged, or the provider does not work here.</exception>
    public static InferenceSession Open(string path, ExecutionProvider provider, OnnxSessionOptions options)
    {
        using SessionOptions native = Create(options);
        switch (provider)
        {
            case ExecutionProvider.Cuda:
                Append(native, ExecutionProvider.Cuda, new Dictionary<string, string>());
                break;
            case ExecutionProvider.TensorRt:
                Append(native, ExecutionProvider.TensorRt, TensorRtOptions(path, options));
                Append(native, ExecutionProvider.Cuda, new Dictionary<string, string>());
                break;
            default:
                break;
        }

        return new InferenceSession(path, native);
    }

    /// <summary>Says why a provider's libraries cannot be used, as ONNX Runtime puts it; null when it takes them.</summary>
    public static string? WhyNotAppended(ExecutionProvider provider)
    {
        try
        {
            using SessionOptions native = new();
            if (provider != ExecutionProvider.Cpu)
            {
                Append(native, provider, []);
            }

            return null;
        }
        catch (Exception refusal) when (refusal is OnnxRuntimeException or ModelLoadException or EntryPointNotFoundException)
        {
            return refusal.Message.Split('\n', 2)[0].Trim();
        }
    }

    /// <summary>Engines are kept from one start to the next, and built once for all batch sizes instead of anew for each.</summary>
    internal static Dictionary<string, string> TensorRtOptions(IEnumerable<(string Name, IReadOnlyList<int> Shape)> dynamicInputs, string cacheFolder, int largestBatch)
    {
        string folder = Path.Combine(cacheFolder, "tensorrt");
        Dictionary<string, string> settings = new()
        {
            ["trt_engine_cache_enable"] = "1",
            ["trt_engine_cache_path"] = folder,
            ["trt_timing_cache_enable"] = "1",
            ["trt_timing_cache_path"] = folder,
        };
        List<(string Name, IReadOnlyList<int> Shape)> inputs = [.. dynamicInputs];
        if (inputs.Count > 0)
        {
            string Profile(int batch) => string.Join(',', inputs.Select(input =>
                $"{input.Name}:{string.Join('x', input.Shape.Prepend(batch).Select(side => side.ToString(CultureInfo.InvariantCulture)))}"));
            settings["trt_profile_min_shapes"] = Profile(1);
            settings["trt_profile_opt_shapes"] = Profile(Math.Min(4, largestBatch));
            settings["trt_profile_max_shapes"] = Profile(largestBatch);
        }

        return settings;
    }

    private static Dictionary<string, string> TensorRtOptions(string path, OnnxSessionOptions options)
    {
        using SessionOptions plain = Create(options);
        using InferenceSession shapes = new(path, plain);
        string folder = options.CacheFolder ?? CacheFolder.Default();
        Directory.CreateDirectory(Path.Combine(folder, "tensorrt"));
        return TensorRtOptions(
            shapes.InputMetadata.Where(input => input.Value.Dimensions[0] < 0).Select(input => (input.Key, (IReadOnlyList<int>)input.Value.Dimensions[1..])),
            folder,
            options.LargestBatch);
    }

    // A build of ONNX Runtime with the provider inside takes it by name; any other build takes the provider's library as a plug-in.
    private static void Append(SessionOptions native, ExecutionProvider provider, Dictionary<string, string> settings)
    {
        OrtEnv environment = OnnxRuntimeLibrary.Environment;
        string name = provider.RuntimeName();
        if (environment.GetAvailableProviders().Contains(name))
        {
            if (provider == ExecutionProvider.TensorRt)
            {
                using OrtTensorRTProviderOptions tensorRt = new();
                tensorRt.UpdateOptions(settings);
                native.AppendExecutionProvider_Tensorrt(tensorRt);
            }
            else
            {
                using OrtCUDAProviderOptions cuda = new();
                cuda.UpdateOptions(settings);
                native.AppendExecutionProvider_CUDA(cuda);
            }

            return;
        }

        Register(environment, provider);
        OrtEpDevice[] devices = [.. environment.GetEpDevices().Where(device => device.EpName == name).Take(1)];
        if (devices.Length == 0)
        {
            throw new ModelLoadException($"{GpuMachine.LibraryName(provider)} finds no device that it can use.");
        }

        native.AppendExecutionProvider(environment, devices, settings);
    }

    private static void Register(OrtEnv environment, ExecutionProvider provider)
    {
        lock (s_registering)
        {
            if (s_registered.Contains(provider))
            {
                return;
            }

            string library = GpuMachine.Current.FindLibrary(provider)
                ?? throw new ModelLoadException($"{GpuMachine.LibraryName(provider)} was not found.");
            environment.RegisterExecutionProviderLibrary(provider.RuntimeName(), library);
            s_registered.Add(provider);
        }
    }

    private static SessionOptions Create(OnnxSessionOptions options)
    {
        SessionOptions native = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        native.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        native.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        // Denormal numbers, which dark flat pictures produce, cost a processor a hundred times the normal cycles.
        native.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        return native;
    }
}
