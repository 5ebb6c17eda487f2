using AuStream.EndToEnd.Tests.Programs;

namespace AuStream.EndToEnd.Tests.Synthesizing;

/// <summary>The whole program on scenes whose truth is known: nobody is mistaken for another, found late, or given a wrong time.</summary>
public sealed class SceneTests
{
    [Fact]
    public async Task Tracks_are_not_swapped_when_two_people_cross()
    {
        using TemporaryFolder folder = new();
        FilmedScene scene = await FilmedScene.CreateAsync(folder, "crossing", "--seed", "3", "--seconds", "5", "--fps", "10");

        string[][] before = [IdsOf(scene, 0, 2, 12), IdsOf(scene, 1, 2, 12)];
        string[][] after = [IdsOf(scene, 0, 38, 48), IdsOf(scene, 1, 38, 48)];
        before.Concat(after).ShouldAllBe(ids => ids.Length == 1, "each is one face before and one after they cross");
        before[0][0].ShouldNotBe(before[1][0]);
        after[0][0].ShouldNotBe(before[1][0], "the first has not become the second");
        after[1][0].ShouldNotBe(before[0][0], "the second has not become the first");
        (after[0][0] == before[0][0] || after[1][0] == before[1][0]).ShouldBeTrue("who passes in front stays the same face");
    }

    [Fact]
    public async Task Twelve_faces_are_found_at_classroom_distance()
    {
        using TemporaryFolder folder = new();
        FilmedScene scene = await FilmedScene.CreateAsync(folder, "classroom", "--seed", "5", "--seconds", "2", "--fps", "5", "--width", "1280", "--height", "720");

        scene.People.ShouldBe(12);
        int last = scene.Times.Length - 1;
        string?[] ids = [.. Enumerable.Range(0, 12).Select(person => scene.IdOf(person, last))];
        ids.ShouldAllBe(id => id != null);
        ids.Distinct().Count().ShouldBe(12);
        scene.Faces(last).Count().ShouldBe(12, "and nobody who is not there");
    }

    [Fact]
    public async Task A_face_that_comes_and_goes_is_found_and_lost_in_time()
    {
        using TemporaryFolder folder = new();
        FilmedScene scene = await FilmedScene.CreateAsync(folder, "comes-and-goes", "--seed", "4", "--seconds", "5", "--fps", "10", "--width", "480", "--height", "270");

        int[] truth = [.. Enumerable.Range(0, scene.Times.Length).Where(frame => scene.IsPresent(0, frame))];
        int[] found = [.. Enumerable.Range(0, scene.Times.Length).Where(frame => scene.Faces(frame).Any())];
        truth.Length.ShouldBeInRange(15, 35);
        found.ShouldBe(Enumerable.Range(found[0], found.Length), "without a gap");
        (scene.Times[found[0]] - scene.Times[truth[0]]).ShouldBeInRange(-0.25, 0.7);
        (scene.Times[found[^1]] - scene.Times[truth[^1]]).ShouldBeInRange(-0.5, 0.35);
    }

    [Fact]
    public async Task Frames_of_a_variable_rate_keep_their_timestamps()
    {
        using TemporaryFolder folder = new();
        FilmedScene scene = await FilmedScene.CreateAsync(folder, "variable-rate", "--seed", "6", "--seconds", "3", "--fps", "20", "--width", "320", "--height", "240");

        double[] steps = [.. scene.Times.Skip(1).Zip(scene.Times, (next, time) => Math.Round(next - time, 3))];
        steps.Distinct().Count().ShouldBeGreaterThan(2, "the rate varies");
        double[] found = [.. scene.Found.Rows.Select(row => scene.Found.Number(row, "timestamp"))];
        found.Length.ShouldBe(scene.Times.Length);
        found.Zip(scene.Times).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 0.002);
        scene.Found.Rows.Count(row => scene.Found.Number(row, "success") == 1).ShouldBeGreaterThan(scene.Times.Length - 3);
    }

    [Fact]
    public async Task A_face_behind_a_hand_stays_the_same_face()
    {
        using TemporaryFolder folder = new();
        FilmedScene scene = await FilmedScene.CreateAsync(folder, "hands", "--seed", "8", "--seconds", "6", "--fps", "10", "--width", "480", "--height", "270");

        string[] ids = [.. Enumerable.Range(3, scene.Times.Length - 3).Select(frame => scene.IdOf(0, frame)).OfType<string>()];
        ids.Length.ShouldBeGreaterThan(scene.Times.Length * 2 / 3);
        ids[0].ShouldBe(ids[^1]);
    }

    private static string[] IdsOf(FilmedScene scene, int person, int from, int to) =>
        [.. Enumerable.Range(from, to - from).Select(frame => scene.IdOf(person, frame)).OfType<string>().Distinct()];
}
