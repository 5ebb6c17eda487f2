using AuStream.Stages.ActionUnits;
using AuStream.Stages.Events;
using AuStream.Stages.Faces;
using AuStream.Testing;

namespace AuStream.Stages.Tests.Events;

public sealed class EventSmootherCostTests
{
    private const int ActionUnitCount = 21;
    private static readonly int[] ActionUnits = [.. Enumerable.Range(1, ActionUnitCount)];

    [Fact]
    public void A_frame_in_which_nothing_is_decided_allocates_nothing()
    {
        EventScenario scenario = new(new EventSmootherOptions { UpdateInterval = TimeSpan.FromHours(1) }, ActionUnits);
        for (int i = 0; i < 100; i++)
        {
            Play(scenario, i, faces: 5, _ => i > 50 ? 3 : 0);
        }

        scenario.Events.Capacity = 10_000;
        FrameFaces[] frames = [.. Enumerable.Range(101, 5).Select(index => Frame(scenario, index, 5, _ => 3))];
        int decided = scenario.Events.Count;
        int next = 0;
        AllocationMeter.Least(() => scenario.Smoother.Process(frames[next++], scenario.Events)).ShouldBe(0);
        scenario.Events.Count.ShouldBe(decided);
        decided.ShouldBe(5 * ActionUnitCount, "every action unit of every face is on");
    }

    [Fact]
    public void A_thousand_faces_take_a_few_megabytes_and_their_state_is_used_again()
    {
        EventScenario scenario = new(actionUnits: ActionUnits);
        FrameFaces frame = Frame(scenario, 0, 1000, _ => 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        scenario.Smoother.Process(frame, scenario.Events);
        long perFace = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;

        TestContext.Current.TestOutputHelper?.WriteLine($"{perFace} bytes per face of {ActionUnitCount} action units");
        perFace.ShouldBeLessThan(8 * 1024);
        scenario.Smoother.FaceCount.ShouldBe(1000);

        // The next thousand strangers, after the first were let go.
        scenario.Frame(5000);
        scenario.Smoother.FaceCount.ShouldBe(0);
        for (int i = 0; i < frame.Faces.Count; i++)
        {
            frame.Faces[i].FaceId += 1000;
        }

        before = GC.GetAllocatedBytesForCurrentThread();
        scenario.Smoother.Process(frame, scenario.Events);

        // Megabytes if the state were made anew; a collection in the middle may count some kilobytes.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 * 1024);
        frame.Dispose();
    }

    private static void Play(EventScenario scenario, int index, int faces, Func<int, float> intensity)
    {
        using FrameFaces frame = Frame(scenario, index, faces, intensity);
        scenario.Smoother.Process(frame, scenario.Events);
    }

    private static FrameFaces Frame(EventScenario scenario, int index, int faces, Func<int, float> intensity)
    {
        FrameFaces frame = scenario.Rent(index * 33.3, null);
        for (int i = 0; i < faces; i++)
        {
            FaceObservation face = frame.AddFace();
            face.FaceId = i + 1;
            face.State = FaceState.Tracked;
            face.EnsureActionUnits(ActionUnitCount);
            Array.Fill(face.Intensities, intensity(i));
            face.HasActionUnits = true;
        }

        return frame;
    }
}
