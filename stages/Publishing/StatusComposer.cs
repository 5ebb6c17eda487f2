using AuStream.Stages.Publishing.Spooling;
using Microsoft.Extensions.Logging;

namespace AuStream.Stages.Publishing;

/// <summary>Adds to a stream's status what is wrong with its spool: a stream whose events are lost, or nearly so, is degraded.</summary>
/// <remarks><see cref="IsDue"/> may be called from any thread; the rest under the sink's lock.</remarks>
internal sealed class StatusComposer(IEventSpool spool, long lostBefore, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private long _reportedLost;
    private long _nextLossReport = 1;
    private string? _alarm;
    private long _lookedAt;

    private long Lost => spool.Lost - lostBefore;

    /// <summary>True when it is time to look: at losses at once, at alarms once a second.</summary>
    public bool IsDue() => Lost >= Volatile.Read(ref _nextLossReport) || time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= s_interval;

    /// <summary>Looks at the spool; true when the status must be said anew.</summary>
    public bool HasChanged()
    {
        _lookedAt = time.GetTimestamp();
        bool hasChanged = false;
        string? alarm = spool.Alarm;

        // The figures in an alarm change all the time: what it is about counts.
        if (WithoutFigures(alarm) != WithoutFigures(_alarm))
        {
            hasChanged = true;
            if (alarm is not null)
            {
                logger.LogWarning("{Alarm}", alarm);
            }
        }

        _alarm = alarm;
        if (Lost >= _nextLossReport)
        {
            if (_reportedLost == 0)
            {
                logger.LogError("Events are being lost: too many wait for the broker");
            }

            // At 1, 2, 4, 8 …: the exact count is in the statistics.
            _reportedLost = Lost;
            _nextLossReport = 2 * _reportedLost;
            hasChanged = true;
        }

        return hasChanged;
    }

    private static string? WithoutFigures(string? alarm) => alarm is null ? null : string.Concat(alarm.Where(character => !char.IsAsciiDigit(character)));

    /// <summary>The status to publish.</summary>
    public StreamStatus Compose(StreamStatus status)
    {
        _alarm = spool.Alarm;
        if (status.State is not (StreamState.Starting or StreamState.Running or StreamState.Degraded))
        {
            return status;
        }

        string? loss = _reportedLost == 0 ? null : $"{_reportedLost} event messages were lost because the broker was away too long";
        string reason = string.Join("; ", ((string?[])[status.Reason, _alarm, loss]).Where(part => part is not null));
        bool isDegraded = status.State != StreamState.Starting && (loss is not null || _alarm is not null);
        return reason.Length == 0 ? status : new StreamStatus(isDegraded ? StreamState.Degraded : status.State, reason);
    }
}
