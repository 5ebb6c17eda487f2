using System.Diagnostics;
using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AuStream.Models.Sessions;

/// <summary>
/// Runs a network on buffers of its own: fill <see cref="Input"/>, call <see cref="Run"/>, read <see cref="Output"/>. Allocates
/// nothing once every batch size in use was seen.
/// </summary>
/// <remarks>
/// Not thread-safe: one runner per thread; any number of runners share one <see cref="OnnxSession"/>. Where <see cref="OnnxSessionOptions.Sharing"/> says so,
/// runners that call at the same time are served by one call of the network.
/// </remarks>
public sealed class OnnxRunner : IDisposable
{
    /// <summary>Largest batch of one call.</summary>
    public const int LargestBatch = 256;

    private readonly OnnxSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[][] _inputs;
    private readonly float[][] _outputs;
    private readonly Binding?[] _bindings = new Binding?[LargestBatch + 1];
    private readonly int _largestBatch;
    private readonly SharedCalls? _sharedCalls;
    private int _capacity;
    private int _batch;

    /// <param name="session">The network; it must outlive the runner.</param>
    /// <param name="capacity">Items to make room for at once; grows by powers of two when <see cref="Prepare"/> asks for more.</param>
    public OnnxRunner(OnnxSession session, int capacity = 1)
        : this(session, capacity, session?.SharedCalls)
    {
    }

    private OnnxRunner(OnnxSession session, int capacity, SharedCalls? sharedCalls)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = session;
        _sharedCalls = sharedCalls;
        _largestBatch = session.Inputs.All(port => port.IsBatchDynamic) ? LargestBatch : 1;
        _inputs = new float[session.Inputs.Count][];
        _outputs = new float[session.Outputs.Count][];
        Array.Fill(_inputs, []);
        Array.Fill(_outputs, []);
        Prepare(capacity);
    }

    /// <summary>The network.</summary>
    public OnnxSession Session => _session;

    /// <summary>Items that the last <see cref="Prepare"/> asked for.</summary>
    public int Batch => _batch;

    /// <summary>Makes room for a batch. Contents of the input buffers are unspecified afterwards when they had to grow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1, above <see cref="LargestBatch"/>, or above 1 for a network with a fixed batch.</exception>
    public void Prepare(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, _largestBatch);
        _batch = batch;
        if (batch <= _capacity)
        {
            return;
        }

        ReleaseBindings();
        _capacity = (int)BitOperations.RoundUpToPowerOf2((uint)batch);
        Grow(_inputs, _session.Inputs);
        Grow(_outputs, _session.Outputs);
    }

    /// <summary>The values of one item of an input, row-major in the port's shape.</summary>
    public Span<float> Input(int index, int item) => Item(_inputs[index], _session.Inputs[index], item);

    /// <summary>The values of one item of an output after <see cref="Run"/>; overwritten by the next run.</summary>
    public ReadOnlySpan<float> Output(int index, int item) => Item(_outputs[index], _session.Outputs[index], item);

    /// <summary>Computes the outputs of the prepared batch.</summary>
    /// <exception cref="ModelLoadException">The network failed.</exception>
    public void Run()
    {
        if (_sharedCalls is null)
        {
            RunAlone();
        }
        else
        {
            _sharedCalls.Run(this);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleaseBindings();
        _runOptions.Dispose();
        Turn.Dispose();
    }

    /// <summary>Released when it is this runner's turn to call the network, or when its outputs are there.</summary>
    internal SemaphoreSlim Turn { get; } = new(0);

    /// <summary>True when another runner's call computed the outputs.</summary>
    internal bool IsServed { get; set; }

    /// <summary>What went wrong in that call.</summary>
    internal Exception? Fault { get; set; }

    /// <summary>The runner that shared calls are made with.</summary>
    internal static OnnxRunner ForSharedCalls(OnnxSession session, int capacity) => new(session, capacity, sharedCalls: null);

    /// <summary>Calls the network for this runner alone.</summary>
    internal void RunAlone()
    {
        Binding binding = _bindings[_batch] ??= new Binding(_session, _inputs, _outputs, _batch);
        _session.Metrics.Begin();
        long started = Stopwatch.GetTimestamp();
        try
        {
            _session.Native.RunWithBinding(_runOptions, binding.Io);
            _session.Metrics.End(_batch, Stopwatch.GetElapsedTime(started));
        }
        catch (OnnxRuntimeException exception)
        {
            _session.Metrics.Fail();
            throw new ModelLoadException($"{_session.Path} failed on a batch of {_batch}: {exception.Message}", exception);
        }
    }

    /// <summary>Copies the prepared batch's inputs to another runner, from one of its items on; returns the item after them.</summary>
    internal int CopyInputsTo(OnnxRunner other, int item)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            int length = _session.Inputs[i].ItemLength;
            _inputs[i].AsSpan(0, _batch * length).CopyTo(other._inputs[i].AsSpan(item * length));
        }

        return item + _batch;
    }

    /// <summary>Copies this runner's outputs from another runner, from one of its items on; returns the item after them.</summary>
    internal int CopyOutputsFrom(OnnxRunner other, int item)
    {
        for (int i = 0; i < _outputs.Length; i++)
        {
            int length = _session.Outputs[i].ItemLength;
            other._outputs[i].AsSpan(item * length, _batch * length).CopyTo(_outputs[i]);
        }

        return item + _batch;
    }

    private Span<float> Item(float[] buffer, TensorPort port, int item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, _batch);
        return buffer.AsSpan(item * port.ItemLength, port.ItemLength);
    }

    private void Grow(float[][] buffers, IReadOnlyList<TensorPort> ports)
    {
        for (int i = 0; i < buffers.Length; i++)
        {
            buffers[i] = GC.AllocateArray<float>(checked(_capacity * ports[i].ItemLength), pinned: true);
        }
    }

    private void ReleaseBindings()
    {
        foreach (Binding? binding in _bindings)
        {
            binding?.Dispose();
        }

        Array.Clear(_bindings);
    }

    /// <summary>Native views of the buffers for one batch size.</summary>
    private sealed class Binding : IDisposable
    {
        private readonly List<OrtValue> _values = [];

        public Binding(OnnxSession session, float[][] inputs, float[][] outputs, int batch)
        {
            Io = session.Native.CreateIoBinding();
            for (int i = 0; i < inputs.Length; i++)
            {
                Io.BindInput(session.Inputs[i].Name, View(session.Inputs[i], inputs[i], batch));
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                Io.BindOutput(session.Outputs[i].Name, View(session.Outputs[i], outputs[i], batch));
            }
        }

        public OrtIoBinding Io { get; }

        public void Dispose()
        {
            Io.Dispose();
            _values.ForEach(value => value.Dispose());
        }

        private unsafe OrtValue View(TensorPort port, float[] buffer, int batch)
        {
            long[] shape = [batch, .. port.ItemShape.Select(side => (long)side)];
            fixed (float* start = buffer)
            {
                // The array is allocated pinned: its address outlives this block, as long as the runner holds the array.
                OrtValue value = OrtValue.CreateTensorValueWithData(
                    OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)start, (long)batch * port.ItemLength * sizeof(float));
                _values.Add(value);
                return value;
            }
        }
    }
}
