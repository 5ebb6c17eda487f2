using System.Buffers.Binary;
using System.Security.Cryptography;
using AuStream.Stages.ActionUnits;

namespace AuStream.Stages.Publishing;

/// <summary>
/// Makes ids for sessions and events: 26 characters of Crockford's base 32, 48 bits of milliseconds since 1970 followed by
/// 80 random bits (the ULID layout). They sort, as text, in the order they were made, and do not repeat across restarts.
/// </summary>
/// <remarks>
/// Thread-safe. Ids of one generator rise strictly, also within a millisecond and when the clock is set back; with a lease that
/// holds over restarts too, as on a machine that starts without knowing the time.
/// </remarks>
public sealed class EventIdGenerator : IEventIdSource
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 26;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private readonly TimeProvider _time;
    private readonly Random? _random;
    private readonly EventIdLease? _lease;
    private readonly Lock _lock = new();
    private UInt128 _last;

    /// <param name="time">Where the milliseconds come from.</param>
    /// <param name="random">Where the random bits come from; null for the system's cryptographic generator. A seeded one makes the ids repeatable.</param>
    /// <param name="lease">Remembers over restarts up to when ids were given; null for nowhere.</param>
    public EventIdGenerator(TimeProvider time, Random? random = null, EventIdLease? lease = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _random = random;
        _lease = lease;
        if (lease is { Floor: > 0 })
        {
            _last = ((UInt128)(ulong)lease.Floor << 80) | RandomBits();
        }
    }

    /// <summary>The next id.</summary>
    public string Next()
    {
        UInt128 id;
        lock (_lock)
        {
            id = ((UInt128)(ulong)_time.GetUtcNow().ToUnixTimeMilliseconds() << 80) | RandomBits();
            if (id >> 80 <= _last >> 80)
            {
                id = _last + 1;
            }

            _last = id;
            _lease?.Cover((long)(ulong)(id >> 80));
        }

        return string.Create(Length, id, static (text, value) =>
        {
            for (int i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Alphabet[(int)(uint)value & 31];
                value >>= 5;
            }
        });
    }

    private UInt128 RandomBits()
    {
        Span<byte> bytes = stackalloc byte[10];
        if (_random is null)
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            _random.NextBytes(bytes);
        }

        // The top bit stays clear, so that counting up within a millisecond never reaches the time.
        bytes[0] &= 0x7F;
        return new UInt128(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]));
    }
}
