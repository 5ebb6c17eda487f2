using AuStream.Models.Sessions;

namespace AuStream.Pipeline.Graph;

/// <summary>
/// Shares the processor among streams: as many frames are worked on at once as there are cores, and whoever waits and has used the least so far comes next.
/// A stream with forty faces, or a file that is read as fast as possible, so never holds up a camera that asks for little.
/// </summary>
/// <remarks>
/// Start-time fair queuing (Goyal, Vin and Cheng 1996): a request begins, on a virtual clock, where its stream's previous one ended, but not before the clock's
/// own time, so that nobody saves up turns while idle. Thread-safe. Waiting and working allocate nothing.
/// </remarks>
public sealed class ComputeTurns
{
    private readonly Lock _gate = new();
    private readonly List<ComputeTurn> _waiting = [];
    private readonly TimeProvider _time;
    private int _free;
    private long _clock;

    /// <param name="places">Frames worked on at once, usually the number of cores; at least 1.</param>
    /// <param name="time">Measures the work.</param>
    public ComputeTurns(int places, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        ArgumentNullException.ThrowIfNull(time);
        Places = places;
        _free = places;
        _time = time;
    }

    /// <summary>Frames worked on at once.</summary>
    public int Places { get; }

    /// <summary>Frames that wait for their turn now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Seconds that frames waited for their turn.</summary>
    public FixedHistogram WaitSeconds { get; } = new(FixedHistogram.Seconds);

    /// <summary>A turn for one stage of a stream.</summary>
    /// <param name="account">The stream's account, shared by its stages.</param>
    public ComputeTurn CreateTurn(ComputeAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new ComputeTurn(this, account);
    }

    internal bool TryEnter(ComputeTurn turn)
    {
        lock (_gate)
        {
            turn.AskedAt = _time.GetTimestamp();
            turn.Start = Math.Max(_clock, turn.Account.Finish);
            if (_free == 0)
            {
                _waiting.Add(turn);
                return false;
            }

            _free--;
            Grant(turn);
            return true;
        }
    }

    internal void Leave(ComputeTurn turn)
    {
        ComputeTurn? next = null;
        lock (_gate)
        {
            turn.Account.Finish += Math.Max(1, _time.GetElapsedTime(turn.GrantedAt).Ticks);
            if (_waiting.Count == 0)
            {
                _free++;
                return;
            }

            int first = 0;
            for (int i = 1; i < _waiting.Count; i++)
            {
                first = StartOf(_waiting[i]) < StartOf(_waiting[first]) ? i : first;
            }

            next = _waiting[first];
            _waiting.RemoveAt(first);
            Grant(next);
        }

        next.Wake();
    }

    // What the stream's other stage used meanwhile counts too.
    private static long StartOf(ComputeTurn turn) => Math.Max(turn.Start, turn.Account.Finish);

    private void Grant(ComputeTurn turn)
    {
        turn.Start = StartOf(turn);
        _clock = Math.Max(_clock, turn.Start);
        turn.Account.Finish = Math.Max(turn.Account.Finish, turn.Start);
        turn.GrantedAt = _time.GetTimestamp();
        WaitSeconds.Record(_time.GetElapsedTime(turn.AskedAt, turn.GrantedAt).TotalSeconds);
    }
}
