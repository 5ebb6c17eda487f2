using System.CommandLine;
using System.Globalization;
using AuStream.Models.Importing;
using AuStream.Models.Manifests;
using AuStream.Models.Sessions;
using AuStream.Pipeline.Observing;
using Spectre.Console;

namespace AuStream.Pipeline.Commands;

/// <summary><c>austream models list|show|verify|import</c>.</summary>
public static class ModelsCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        Command list = new("list", "The action unit networks that --model can select, and the landmark networks trained here that --landmarks can.");
        list.SetAction(_ => List());
        Argument<string> id = new("ID") { Description = "The model." };
        Command show = new("show", "Everything that the manifest of one model says.") { id };
        show.SetAction(parsed => Show(parsed.GetRequiredValue(id)));
        Command verify = new("verify", "Reads every model file and compares it with its manifest. Exit code 1 when one differs.");
        verify.SetAction(_ => Verify());
        Option<string> from = new("--from") { Description = "Folder with the unpacked npm packages mediapipe-face_detection-* and mediapipe-face_mesh-*.", Required = true, HelpName = "DIR" };
        Option<string> output = new("--out") { Description = "Folder for the ONNX files.", Required = true, HelpName = "DIR" };
        Command import = new("import", "Converts the face detection and face mesh networks from their npm packages to ONNX. './austream' does it when it sets up.")
        {
            from, output,
        };
        import.SetAction(parsed => Import(parsed.GetRequiredValue(from), parsed.GetRequiredValue(output)));
        return new Command("models", "Lists, shows, checks and imports networks.") { list, show, verify, import };
    }

    private static int List()
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("id", "version", "action units", "crop", "landmarks", "temporal head", "neutral face", "licence");
        foreach (ActionUnitModelEntry entry in CreateCatalog().List())
        {
            if (entry.Model is null)
            {
                table.AddRow(Markup.Escape(entry.Id), "[red]refused[/]", Markup.Escape(entry.Fault ?? ""), "", "", "", "", "");
                continue;
            }

            ActionUnitModelManifest manifest = entry.Model.Manifest;
            table.AddRow(
                Markup.Escape(manifest.Id),
                Markup.Escape(manifest.Version),
                string.Join(' ', manifest.ActionUnits.Select(unit => unit.ToString(CultureInfo.InvariantCulture))),
                string.Create(CultureInfo.InvariantCulture, $"{manifest.Crop.Size} px"),
                Markup.Escape(manifest.LandmarkNetwork),
                ModelDescription.TemporalHead(manifest, brief: true),
                ModelDescription.NeutralFace(manifest),
                Markup.Escape(manifest.Licence));
        }

        Screen.Output.Write(table);
        IReadOnlyList<LandmarkModelEntry> landmarks = new LandmarkModelCatalog(ModelStore.Default()).List();
        if (landmarks.Count > 0)
        {
            ListLandmarks(landmarks);
        }

        return ExitCode.Success;
    }

    private static void ListLandmarks(IReadOnlyList<LandmarkModelEntry> entries)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("landmark networks trained here, for --landmarks").AddColumns("id", "version", "input", "licence");
        foreach (LandmarkModelEntry entry in entries)
        {
            if (entry.Manifest is null)
            {
                table.AddRow(Markup.Escape(entry.Id), "[red]refused[/]", Markup.Escape(entry.Fault ?? ""), "");
                continue;
            }

            table.AddRow(
                Markup.Escape(entry.Id),
                Markup.Escape(entry.Manifest.Version),
                string.Create(CultureInfo.InvariantCulture, $"{entry.Manifest.InputSize} px, {entry.Manifest.RegionMargin} times the face"),
                Markup.Escape(entry.Manifest.Licence));
        }

        Screen.Output.Write(table);
    }

    private static int Show(string id)
    {
        ActionUnitModel model;
        try
        {
            model = CreateCatalog().Find(id);
        }
        catch (ModelNotFoundException unknown)
        {
            throw new UsageException(unknown.Message, unknown);
        }

        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("field", "value");
        foreach ((string field, string value) in ModelDescription.Of(model))
        {
            table.AddRow(Markup.Escape(field), Markup.Escape(value));
        }

        Screen.Output.Write(table);
        return ExitCode.Success;
    }

    private static int Verify()
    {
        ModelStore store = ModelStore.Default();
        bool allGood = true;
        foreach (ActionUnitModelEntry entry in CreateCatalog().List())
        {
            allGood &= Report(entry.Id, entry.Fault, () => entry.Model?.VerifyHash());
        }

        foreach (LandmarkModelEntry entry in new LandmarkModelCatalog(store).List())
        {
            allGood &= Report(entry.Id, entry.Fault, () => store.Verify(entry.Id));
        }

        return allGood ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool Report(string id, string? fault, Action verify)
    {
        if (fault is null)
        {
            try
            {
                verify();
            }
            catch (ModelLoadException differs)
            {
                fault = differs.Message;
            }
        }

        Console.WriteLine(fault is null ? $"ok       {id}" : $"refused  {id}: {fault}");
        return fault is null;
    }

    private static int Import(string from, string output)
    {
        string Find(string name) => Directory.Exists(from)
            ? Directory.EnumerateDirectories(from, name + "-*")
                .Order(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "package"))
                .LastOrDefault(Directory.Exists)
                ?? throw new UsageException($"{from}: has no folder {name}-VERSION/package. Unpack the npm package @{name.Replace('-', '/')} there ('npm pack' fetches it).")
            : throw new UsageException($"{from}: is not a folder.");
        MediaPipeImporter.Import(Find("mediapipe-face_detection"), Find("mediapipe-face_mesh"), output);
        return ExitCode.Success;
    }

    private static ActionUnitModelCatalog CreateCatalog() => new(ModelStore.Default());
}
