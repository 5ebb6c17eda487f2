using AuStream.Stages.Faces;
using AuStream.Stages.Frames;

namespace AuStream.Stages.Tests.Faces;

public sealed class FrameFacesPoolTests
{
    [Fact]
    public void Faces_that_are_disposed_twice_are_handed_out_once()
    {
        FramePool frames = new();
        FrameFacesPool pool = new();
        FrameFaces faces = pool.Rent(frames.Rent(2, 2, YuvColor.Bt601Limited));
        faces.AddFace();
        faces.Dispose();
        faces.Dispose();

        using FrameFaces first = pool.Rent(frames.Rent(2, 2, YuvColor.Bt601Limited));
        using FrameFaces second = pool.Rent(frames.Rent(2, 2, YuvColor.Bt601Limited));

        first.ShouldBeSameAs(faces, "the object is used again");
        second.ShouldNotBeSameAs(first);
        first.Faces.ShouldBeEmpty();
        frames.Rented.ShouldBe(2);
    }
}
