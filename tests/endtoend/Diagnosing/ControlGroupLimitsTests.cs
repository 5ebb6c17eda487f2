using AuStream.Pipeline.Diagnosing;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public sealed class ControlGroupLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_smallest_limit_of_a_group_and_its_ancestors_counts()
    {
        _folder.Write("cgroup", "0::/system.slice/austream.service\n");
        _folder.Write("mount/system.slice/cpu.max", "150000 100000\n");
        _folder.Write("mount/system.slice/memory.max", "2147483648\n");
        _folder.Write("mount/system.slice/austream.service/cpu.max", "400000 100000\n");
        _folder.Write("mount/system.slice/austream.service/memory.max", "max\n");

        ControlGroupLimits limits = Read();

        limits.Cores.ShouldBe(1.5);
        limits.MemoryBytes.ShouldBe(2L << 30);
    }

    [Fact]
    public void A_container_whose_groups_path_is_not_mounted_reads_the_mount_itself()
    {
        _folder.Write("cgroup", "0::/docker/0123456789abcdef\n");
        _folder.Write("mount/cpu.max", "50000 100000\n");
        _folder.Write("mount/memory.max", "536870912\n");

        Read().ShouldBe(new ControlGroupLimits(0.5, 512L << 20));
    }

    [Fact]
    public void Version_1_groups_are_read_below_their_controllers()
    {
        _folder.Write("cgroup", "4:memory:/box\n3:cpu,cpuacct:/box\n1:name=systemd:/\n");
        _folder.Write("mount/cpu/box/cpu.cfs_quota_us", "250000\n");
        _folder.Write("mount/cpu/box/cpu.cfs_period_us", "100000\n");
        _folder.Write("mount/memory/box/memory.limit_in_bytes", "1073741824\n");

        Read().ShouldBe(new ControlGroupLimits(2.5, 1L << 30));
    }

    [Fact]
    public void No_limit_is_told_as_none()
    {
        _folder.Write("cgroup", "0::/\n3:cpu:/\n4:memory:/\n");
        _folder.Write("mount/cpu.max", "max 100000\n");
        _folder.Write("mount/cpu/cpu.cfs_quota_us", "-1\n");
        _folder.Write("mount/cpu/cpu.cfs_period_us", "100000\n");
        _folder.Write("mount/memory/memory.limit_in_bytes", "9223372036854771712\n");

        Read().ShouldBe(new ControlGroupLimits(null, null));
    }

    private ControlGroupLimits Read() => ControlGroupLimits.Read(_folder.PathOf("cgroup"), _folder.PathOf("mount"));
}
