using System.Globalization;
using System.Text;
using AuStream.Stages.Publishing.Spooling;
using AuStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Publishing.Spooling;

public sealed class EventSpoolStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-spool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_added_is_there_in_order_after_the_file_is_opened_again()
    {
        using (EventSpoolStore first = Open())
        {
            IEventSpool spool = first.Of("camera-1");
            Append(spool, 0, 10);
            spool.Release(2);
        }

        using EventSpoolStore second = Open();
        IEventSpool again = second.Of("camera-1");
        again.Waiting.ShouldBe(7);
        Drain(again).ShouldBe(Enumerable.Range(3, 7));
        Append(again, 10, 1);
        Drain(again, from: 10).ShouldBe([10]);
        second.NextPosition("camera-1").ShouldBe(11);
    }

    [Fact]
    public void Positions_go_on_after_everything_was_delivered()
    {
        using (EventSpoolStore first = Open())
        {
            Append(first.Of("a"), 0, 5);
            first.Of("a").Release(4);
        }

        using EventSpoolStore second = Open();
        second.Of("a").Waiting.ShouldBe(0);
        Append(second.Of("a"), 5, 1);
        second.Of("a").TryRead(0, out SpooledMessage message).ShouldBeTrue();
        message.Position.ShouldBe(5);
    }

    [Fact]
    public void A_file_that_is_copied_while_it_is_written_as_a_kill_leaves_it_holds_everything_that_was_added()
    {
        using EventSpoolStore store = Open();
        Append(store.Of("a"), 0, 300);
        store.Of("a").Release(99);
        string crashed = Path.Combine(_folder, "crashed");
        Directory.CreateDirectory(crashed);
        foreach (string file in Directory.EnumerateFiles(_folder, "events.spool*"))
        {
            File.Copy(file, Path.Combine(crashed, Path.GetFileName(file)));
        }

        using EventSpoolStore after = EventSpoolStore.Open(new EventSpoolOptions { Folder = crashed }, TimeProvider.System);
        Drain(after.Of("a")).ShouldBe(Enumerable.Range(100, 200));
    }

    [Fact]
    public void Streams_do_not_mix()
    {
        using EventSpoolStore store = Open();
        Append(store.Of("a"), 0, 3);
        Append(store.Of("b"), 100, 2);
        store.Of("a").Release(0);
        Drain(store.Of("a")).ShouldBe([1, 2]);
        Drain(store.Of("b")).ShouldBe([100, 101]);
        store.Waiting().ShouldBe([("a", 2), ("b", 2)]);
    }

    [Fact]
    public void Beyond_its_size_the_oldest_give_way_are_counted_and_an_alarm_came_before()
    {
        using EventSpoolStore store = Open(options => options with { MaxBytes = 64 * 1024 });
        IEventSpool spool = store.Of("a");
        byte[] kilobyte = new byte[1024];
        for (int i = 0; i < 40; i++)
        {
            spool.Append("k", kilobyte);
        }

        spool.Alarm.ShouldBeNull();
        for (int i = 0; i < 20; i++)
        {
            spool.Append("k", kilobyte);
        }

        spool.Alarm!.ShouldContain("93 % full");
        spool.Lost.ShouldBe(0);
        for (int i = 0; i < 10; i++)
        {
            spool.Append("k", kilobyte);
        }

        spool.Lost.ShouldBe(6);
        spool.Waiting.ShouldBe(64);
        spool.TryRead(0, out SpooledMessage oldest).ShouldBeTrue();
        oldest.Position.ShouldBe(6);
    }

    [Fact]
    public void What_is_too_old_gives_way_and_an_alarm_came_before()
    {
        ManualTimeProvider time = new();
        using EventSpoolStore store = Open(options => options with { MaxAge = TimeSpan.FromHours(10) }, time);
        IEventSpool spool = store.Of("a");
        Append(spool, 0, 2);
        time.Advance(TimeSpan.FromHours(9));
        spool.Alarm!.ShouldContain("9.0 h");
        Append(spool, 2, 1);
        time.Advance(TimeSpan.FromHours(2));
        Append(spool, 3, 1);
        spool.Lost.ShouldBe(2);
        Drain(spool).ShouldBe([2, 3]);
    }

    [Fact]
    public void A_second_program_is_turned_away()
    {
        using EventSpoolStore first = Open();
        Append(first.Of("a"), 0, 1);
        Should.Throw<SpoolInUseException>(() => Open()).Message.ShouldContain("in use by another AuStream");
    }

    [Fact]
    public void A_damaged_file_is_moved_aside_and_said()
    {
        File.WriteAllText(Path.Combine(_folder, "events.spool"), new string('x', 10_000));
        using EventSpoolStore store = Open();
        store.Of("a").Alarm!.ShouldContain("was moved to");
        Append(store.Of("a"), 0, 2);
        Drain(store.Of("a")).ShouldBe([0, 1]);
        Directory.EnumerateFiles(_folder, "events.spool.damaged-*").ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_that_was_cut_short_is_moved_aside_and_said()
    {
        using (EventSpoolStore store = Open())
        {
            Append(store.Of("a"), 0, 2000);
        }

        using (FileStream file = new(Path.Combine(_folder, "events.spool"), FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        using EventSpoolStore after = Open();
        after.Alarm!.ShouldContain("was not readable");
        Append(after.Of("a"), 0, 1);
        Drain(after.Of("a")).ShouldBe([0]);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_leaves_events_in_memory_and_says_so()
    {
        string notAFolder = Path.Combine(_folder, "file");
        File.WriteAllText(notAFolder, "");
        using EventSpoolStore store = EventSpoolStore.Open(new EventSpoolOptions { Folder = notAFolder }, TimeProvider.System);
        IEventSpool spool = store.Of("a");
        spool.Alarm!.ShouldContain("memory only");
        spool.Alarm!.ShouldContain(notAFolder);
        Append(spool, 0, 5);
        Drain(spool).ShouldBe(Enumerable.Range(0, 5));
    }

    [Fact]
    public async Task A_full_disk_keeps_events_in_memory_and_takes_them_when_there_is_room_again()
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 1);
        ManualTimeProvider time = new();
        EventSpoolOptions options = new() { Folder = Path.Combine(disk.Folder, "spool") };
        using (EventSpoolStore store = EventSpoolStore.Open(options, time))
        {
            IEventSpool spool = store.Of("a");
            Append(spool, 0, 10);
            string filler = Path.Combine(disk.Folder, "filler");
            disk.Fill(filler);
            Append(spool, 10, 500);
            spool.Alarm!.ShouldContain("full");
            spool.Lost.ShouldBe(0);
            spool.Waiting.ShouldBe(510);
            Drain(spool).ShouldBe(Enumerable.Range(0, 510));
            spool.Release(4);
            spool.TryRead(0, out SpooledMessage first).ShouldBeTrue();
            first.Position.ShouldBe(5);
            File.Delete(filler);
            time.Advance(TimeSpan.FromSeconds(6));
            Append(spool, 510, 1);
            spool.Alarm.ShouldBeNull();
        }

        using EventSpoolStore after = EventSpoolStore.Open(options, time);
        Drain(after.Of("a")).ShouldBe(Enumerable.Range(5, 506));
    }

    [Fact]
    public void Whatever_is_added_and_released_in_whatever_order_a_spool_on_disk_gives_what_one_in_memory_gives() => Prop.ForAll<byte[]>(steps =>
    {
        string folder = Directory.CreateTempSubdirectory("austream-spool-").FullName;
        EventSpoolStore store = EventSpoolStore.Open(new EventSpoolOptions { Folder = folder }, TimeProvider.System);
        try
        {
            MemoryEventSpool model = new(10_000);
            int added = 0;
            bool isSame = true;
            foreach (byte step in steps)
            {
                switch (step % 4)
                {
                    case 0 or 1:
                        Append(store.Of("a"), added, 1);
                        Append(model, added++, 1);
                        break;
                    case 2:
                        store.Of("a").Release(step % Math.Max(1, added));
                        model.Release(step % Math.Max(1, added));
                        break;
                    default:
                        store.Dispose();
                        store = EventSpoolStore.Open(new EventSpoolOptions { Folder = folder }, TimeProvider.System);
                        break;
                }

                isSame &= store.Of("a").Waiting == model.Waiting && Drain(store.Of("a")).SequenceEqual(Drain(model));
            }

            return isSame;
        }
        finally
        {
            store.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    private static void Append(IEventSpool spool, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            spool.Append("k", Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static List<int> Drain(IEventSpool spool, long from = 0)
    {
        List<int> read = [];
        while (spool.TryRead(from, out SpooledMessage message))
        {
            read.Add(int.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture));
            from = message.Position + 1;
        }

        return read;
    }

    private EventSpoolStore Open(Func<EventSpoolOptions, EventSpoolOptions>? configure = null, TimeProvider? time = null)
    {
        EventSpoolOptions options = new() { Folder = _folder };
        return EventSpoolStore.Open(configure?.Invoke(options) ?? options, time ?? TimeProvider.System);
    }
}
