using AuStream.Stages.Publishing;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Publishing;

public sealed class EventIdLeaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-ids-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ids_rise_over_restarts_also_when_the_clock_is_set_back_by_years()
    {
        string last = "";
        foreach (int years in (int[])[0, -5, -5, -60, 0])
        {
            // Not disposed, not told: the program was killed.
            EventIdGenerator ids = new(new Clock(DateTimeOffset.UnixEpoch.AddYears(60 + years)), lease: new EventIdLease(_folder));
            for (int i = 0; i < 1000; i++)
            {
                string id = ids.Next();
                string.CompareOrdinal(id, last).ShouldBePositive($"{years} years, {i}");
                last = id;
            }
        }
    }

    [Fact]
    public void A_lease_is_written_seldom()
    {
        ManualTimeProvider time = new();
        EventIdGenerator ids = new(time, lease: new EventIdLease(_folder));
        ids.Next();
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_folder, "ids.lease"));
        for (int i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(40));
            ids.Next();
        }

        File.GetLastWriteTimeUtc(Path.Combine(_folder, "ids.lease")).ShouldBe(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("99999999999999999999999")]
    [InlineData("nonsense")]
    public void A_damaged_lease_is_no_obstacle(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "ids.lease"), content);
        EventIdLease lease = new(_folder);
        lease.Floor.ShouldBe(0);
        new EventIdGenerator(TimeProvider.System, lease: lease).Next().Length.ShouldBe(EventIdGenerator.Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_obstacle()
    {
        string notAFolder = Path.Combine(_folder, "file");
        File.WriteAllText(notAFolder, "");
        new EventIdGenerator(TimeProvider.System, lease: new EventIdLease(notAFolder)).Next().Length.ShouldBe(EventIdGenerator.Length);
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
