using AuStream.Stages.Faces;
using AuStream.Stages.Publishing;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Publishing;

public sealed class GroupAggregatorTests
{
    private static readonly int[] Units = [6, 12];
    private readonly SampleFrames _frames = new(Units);

    [Fact]
    public void Statistics_are_over_the_faces_of_the_frames_that_count()
    {
        GroupAggregator groups = new(Units, 3, TimeSpan.FromSeconds(1));
        Observe(groups, 0, [(1f, 4f), (2f, 4f), (3f, 4f)]);
        Observe(groups, 1, [(5f, 5f), (5f, 5f)]);
        Observe(groups, 2, [(0f, 0f), (0f, 0f), (0f, 0f), (0f, 4f)]);
        GroupStatistics statistics = groups.Complete()!;
        statistics.Frames.ShouldBe(2);
        (statistics.FromMicroseconds, statistics.ToMicroseconds).ShouldBe((0, 80_000));
        (statistics.FacesMean, statistics.FacesLeast, statistics.FacesMost).ShouldBe((3.5, 3, 4));
        statistics.ActionUnits[0].MeanIntensity.ShouldBe(6.0 / 7, 1e-9);
        statistics.ActionUnits[1].MeanIntensity.ShouldBe(16.0 / 7, 1e-9);
        statistics.ActionUnits[1].Share.ShouldBe(4.0 / 7, 1e-9);
        groups.Complete().ShouldBeNull();
    }

    [Fact]
    public void An_interval_ends_with_the_first_frame_after_it()
    {
        GroupAggregator groups = new(Units, 3, TimeSpan.FromSeconds(1));
        for (int i = 0; i < 25; i++)
        {
            Observe(groups, i, [(1f, 1f), (1f, 1f), (1f, 1f)]).ShouldBeNull();
        }

        Observe(groups, 25, [(5f, 5f), (5f, 5f), (5f, 5f)])!.Frames.ShouldBe(25);
        groups.Complete()!.ActionUnits[0].MeanIntensity.ShouldBe(5);
    }

    [Fact]
    public void Nothing_depends_on_frames_with_fewer_faces_than_the_smallest_group() => Prop.ForAll<int[], float>((sizes, value) =>
    {
        float intensity = float.IsFinite(value) ? Math.Clamp(Math.Abs(value), 0, 5) : 1;
        GroupAggregator groups = new(Units, 4, TimeSpan.FromHours(1));
        int counted = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            int size = Math.Abs(sizes[i] % 7);
            counted += size >= 4 ? 1 : 0;

            // Small groups are all smiles: none of that may show.
            float shown = size >= 4 ? 0 : intensity;
            Observe(groups, i, [.. Enumerable.Repeat((shown, shown), size)]);
        }

        GroupStatistics? statistics = groups.Complete();
        return counted == 0
            ? statistics is null
            : statistics!.Frames == counted && statistics.FacesLeast >= 4 && statistics.ActionUnits.All(unit => unit is { Share: 0, MeanIntensity: 0 });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Faces_that_were_not_measured_do_not_make_a_group()
    {
        GroupAggregator groups = new(Units, 3, TimeSpan.FromSeconds(1));
        using FrameFaces frame = Frame(0, [(1f, 1f), (1f, 1f), (1f, 1f)]);
        frame.Faces[1].Intensities[0] = float.NaN;
        groups.Observe(frame);
        groups.Complete().ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Fewer_than_three_are_no_group(int smallest) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new GroupAggregator(Units, smallest, TimeSpan.FromSeconds(1)));

    private GroupStatistics? Observe(GroupAggregator groups, int sequence, (float Six, float Twelve)[] faces)
    {
        using FrameFaces frame = Frame(sequence, faces);
        return groups.Observe(frame);
    }

    private FrameFaces Frame(int sequence, (float Six, float Twelve)[] faces)
    {
        FrameFaces frame = _frames.Frame(sequence, [.. faces.Select((_, i) => ((long)(i + 1), FaceState.Tracked))]);
        for (int i = 0; i < faces.Length; i++)
        {
            (frame.Faces[i].Intensities[0], frame.Faces[i].Intensities[1]) = faces[i];
            frame.Faces[i].Presence[0] = faces[i].Six >= 1.5f;
            frame.Faces[i].Presence[1] = faces[i].Twelve >= 1.5f;
        }

        return frame;
    }
}
