using System.Text;
using System.Text.Json;
using AuStream.Models.Importing;
using AuStream.Models.Importing.TfLite;
using AuStream.Models.Sessions;
using AuStream.Testing;

namespace AuStream.Models.Tests.Importing;

public sealed class MediaPipeImporterTests
{
    public static TheoryData<string> Ids() => [.. MediaPipeImporter.ModelIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_converted_model_computes_what_the_plain_interpreter_computed(string id)
    {
        using OnnxSession session = OnnxSession.Load(ImportedModels.Require(id));
        using OnnxRunner runner = new(session, 2);
        IReadOnlyList<int> shape = session.Inputs[0].ItemShape;
        float low = id.Contains("detection", StringComparison.Ordinal) ? -1 : 0;
        // The second item must not disturb the first, nor the other way round.
        runner.Input(0, 0).Fill(0.25f);
        ImportedModels.FillPattern(runner.Input(0, 1), shape[1], shape[2], low, 1);

        runner.Run();

        ExpectedOutput[] expected = ExpectedOutput.Load()[id];
        session.Outputs.Count.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            float[] actual = runner.Output(i, 1).ToArray();
            string name = session.Outputs[i].Name;
            actual.Length.ShouldBe(expected[i].Count, name);
            actual.Average(value => (double)value).ShouldBe(expected[i].Mean, 5e-4, name);
            actual.Average(value => Math.Abs((double)value)).ShouldBe(expected[i].MeanAbsolute, 5e-4, name);
            for (int j = 0; j < expected[i].Indices.Length; j++)
            {
                ((double)actual[expected[i].Indices[j]]).ShouldBe(expected[i].Values[j], 2e-3, $"{name}[{expected[i].Indices[j]}]");
            }
        }
    }

    [Fact]
    public void Importing_twice_gives_the_same_bytes_and_manifests_that_match()
    {
        string first = ImportedModels.RequireFolder();
        string second = Directory.CreateTempSubdirectory("austream-import-").FullName;
        try
        {
            IReadOnlyList<string> written = MediaPipeImporter.Import(MediaPipePackages.RequireDetection(), MediaPipePackages.RequireMesh(), second);

            written.Select(Path.GetFileNameWithoutExtension).ShouldBe(MediaPipeImporter.ModelIds);
            foreach (string path in Directory.GetFiles(second))
            {
                File.ReadAllBytes(path).ShouldBe(File.ReadAllBytes(Path.Combine(first, Path.GetFileName(path))), Path.GetFileName(path));
            }

            foreach (string id in MediaPipeImporter.ModelIds)
            {
                new ModelStore([second]).Verify(id);
                ImportedModelManifest manifest = JsonSerializer.Deserialize<ImportedModelManifest>(File.ReadAllText(Path.Combine(second, id + ".json")))!;
                manifest.Licence.ShouldBe("Apache-2.0");
                manifest.SourcePackage.ShouldStartWith("@mediapipe/face_");
                manifest.Inputs["image"][0].ShouldBe(-1);
            }
        }
        finally
        {
            Directory.Delete(second, recursive: true);
        }
    }

    [Fact]
    public void A_damaged_model_gives_a_clear_error_at_whatever_byte_it_breaks()
    {
        byte[] original = File.ReadAllBytes(Path.Combine(MediaPipePackages.RequireDetection(), "face_detection_short_range.tflite"));
        Random random = new(1);
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] damaged = trial % 3 == 0 ? original[..random.Next(original.Length)] : (byte[])original.Clone();
            for (int i = 0; i < 20 && damaged.Length > 8; i++)
            {
                // The structure lies at the file's end, the weights before it.
                int at = trial % 2 == 0 ? random.Next(8, damaged.Length) : random.Next(damaged.Length - Math.Min(40_000, damaged.Length - 8), damaged.Length);
                damaged[at] = (byte)random.Next(256);
            }

            Exception? failure = Record.Exception(() => MediaPipeImporter.Convert(ImportPlan.All[0], "test", damaged));

            if (failure is not null)
            {
                failure.ShouldBeOfType<ModelImportException>($"trial {trial}").Message.ShouldContain("face_detection_short_range.tflite");
            }
        }
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_by_name() =>
        Should.Throw<ModelImportException>(() => TfLiteModel.Read("holiday.jpg", Encoding.ASCII.GetBytes("this is not a model at all")))
            .Message.ShouldContain("holiday.jpg");

    [Fact]
    public void A_folder_that_is_no_package_is_refused_with_the_remedy()
    {
        string empty = Directory.CreateTempSubdirectory("austream-empty-").FullName;
        try
        {
            Should.Throw<ModelImportException>(() => MediaPipeImporter.Import(empty, empty, Path.Combine(empty, "out")))
                .Message.ShouldContain("austream models import");
        }
        finally
        {
            Directory.Delete(empty, recursive: true);
        }
    }
}
