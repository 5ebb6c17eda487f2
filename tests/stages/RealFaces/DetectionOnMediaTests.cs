using AuStream.Models.Sessions;
using AuStream.Stages.Detection;
using AuStream.Stages.Faces;
using AuStream.Stages.Frames;
using AuStream.Stages.Landmarks;
using AuStream.Testing;

namespace AuStream.Stages.Tests.RealFaces;

public sealed class DetectionOnMediaTests
{
    private readonly FramePool _pool = new();

    [Fact]
    public void All_five_faces_of_the_group_are_found_and_the_landmark_network_agrees()
    {
        string path = SharedMedia.Require("media/multi_face.jpg");
        using OnnxSession network = ImportedFaceModels.RequireStore().Load(FaceDetector.ModelId(DetectorRange.Full));
        using FaceDetector detector = new(network, new FaceDetectorOptions());
        using OnnxSession meshNetwork = ImportedFaceModels.RequireStore().Load(FaceLandmarker.ModelId);
        using FaceLandmarker landmarker = new(meshNetwork);
        using VideoFrame frame = FfmpegFrames.Read(_pool, path).Single();
        List<FaceDetection> faces = [];

        detector.Detect(frame, true, faces);

        faces.Count.ShouldBe(5);
        foreach (FaceDetection face in faces)
        {
            FaceMesh mesh = new();
            FaceMesh[] meshes = [mesh];
            landmarker.Locate(frame, [FaceRegion.FromDetection(face)], meshes);
            mesh.Confidence.ShouldBeGreaterThan(0.9f);
            mesh.Bounds().IntersectionOverUnion(face.Box).ShouldBeGreaterThan(0.4f);
        }
    }

    [Theory]
    [InlineData(DetectorRange.Short)]
    [InlineData(DetectorRange.Full)]
    public void Both_networks_find_the_one_face_of_a_portrait(DetectorRange range)
    {
        string path = SharedMedia.Require("media/single_face.jpg");
        using OnnxSession network = ImportedFaceModels.RequireStore().Load(FaceDetector.ModelId(range));
        using FaceDetector detector = new(network, new FaceDetectorOptions { Range = range });
        using VideoFrame frame = FfmpegFrames.Read(_pool, path).Single();
        List<FaceDetection> faces = [];

        detector.Detect(frame, true, faces);

        faces.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(DetectorRange.Short)]
    [InlineData(DetectorRange.Full)]
    public void A_face_that_fills_the_picture_is_found_by_a_thorough_search(DetectorRange range)
    {
        string[] paths = [.. Directory.GetFiles(SharedMedia.Require("media/london-dev/neutral"), "*.jpg").Order().Take(8)];
        using OnnxSession network = ImportedFaceModels.RequireStore().Load(FaceDetector.ModelId(range));
        using FaceDetector detector = new(network, new FaceDetectorOptions { Range = range });
        int quickly = 0;
        int thoroughly = 0;
        foreach (string path in paths)
        {
            List<FaceDetection> faces = [];
            using VideoFrame whole = FfmpegFrames.Read(_pool, path).Single();
            detector.Detect(whole, true, faces);
            PixelBox face = faces.ShouldHaveSingleItem().Box;
            // From the brows to the chin, ear to ear.
            string crop = FormattableString.Invariant($"crop={face.Width:0}:{face.Height:0}:{face.X:0}:{face.Y:0}");
            using VideoFrame portrait = FfmpegFrames.Read(_pool, path, filter: crop).Single();

            detector.Detect(portrait, false, faces);
            quickly += faces.Count;
            detector.Detect(portrait, true, faces);
            thoroughly += faces.Count;
        }

        thoroughly.ShouldBe(paths.Length, $"{quickly} by a quick look");
    }

    [Fact]
    public void Small_faces_of_a_big_picture_are_found_by_tiles()
    {
        string path = SharedMedia.Require("media/multi_face.jpg");
        using OnnxSession network = ImportedFaceModels.RequireStore().Load(FaceDetector.ModelId(DetectorRange.Full));
        using FaceDetector whole = new(network, new FaceDetectorOptions { Tiling = TilingMode.Off });
        using FaceDetector tiled = new(network, new FaceDetectorOptions());
        // Thirty faces: the group of five, small, six times over.
        using VideoFrame frame = FfmpegFrames.Read(_pool, path, filter: "scale=640:-2,split=6[a][b][c][d][e][f];[a][b][c][d][e][f]xstack=inputs=6:layout=0_0|w0_0|w0+w0_0|0_h0|w0_h0|w0+w0_h0").Single();
        List<FaceDetection> faces = [];

        whole.Detect(frame, true, faces);
        int without = faces.Count;
        tiled.Detect(frame, true, faces);

        faces.Count.ShouldBe(30, $"{without} without tiles");
    }
}
