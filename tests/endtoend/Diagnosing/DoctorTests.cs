using System.Text.Json;
using AuStream.Pipeline.Diagnosing;
using Spectre.Console;

namespace AuStream.EndToEnd.Tests.Diagnosing;

public class DoctorTests
{
    private static readonly DiagnosticReport Report = new("1.2.3",
    [
        DiagnosticCheck.Ok("ffmpeg", "5.1.9"),
        DiagnosticCheck.Warning("GPU", "CUDA 12 [old]", "Install CUDA 13."),
        DiagnosticCheck.Missing("mosquitto", "not found", "./austream setup"),
    ]);

    [Fact]
    public async Task The_programs_and_libraries_that_setup_installs_are_found_on_this_machine()
    {
        IDiagnostic[] diagnostics = [new BrokerDiagnostic(new ToolRunner()), new MosquittoLibraryDiagnostic(), new OnnxRuntimeDiagnostic(), new MachineDiagnostic()];

        DiagnosticReport report = await Doctor.ExamineAsync(diagnostics, default);

        report.Checks.Where(check => check.State == CheckState.Missing).ShouldBeEmpty();
        Detail(report, "mosquitto").ShouldMatch(@"^2\.\d+\.\d+");
        Detail(report, "libmosquitto").ShouldMatch(@"^2\.\d+\.\d+$");
        Detail(report, "ONNX Runtime").ShouldMatch(@"^1\.\d+\.\d+");
        Detail(report, "provider cpu").ShouldBe("works");
        report.IsUsable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_diagnostic_that_fails_becomes_a_warning_and_the_others_are_still_reported()
    {
        DiagnosticReport report = await Doctor.ExamineAsync([new BrokenDiagnostic(), new MachineDiagnostic()], default);

        report.Checks[0].ShouldBe(DiagnosticCheck.Warning("broken", "could not be examined: the disk is on fire"));
        report.Checks.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Json_tells_version_verdict_and_every_check()
    {
        using MemoryStream stream = new();

        await ReportJson.WriteAsync(Report, stream, default);

        stream.Position = 0;
        JsonElement root = (await JsonDocument.ParseAsync(stream)).RootElement;
        root.GetProperty("version").GetString().ShouldBe("1.2.3");
        root.GetProperty("usable").GetBoolean().ShouldBeFalse();
        JsonElement[] checks = [.. root.GetProperty("checks").EnumerateArray()];
        checks.Select(check => check.GetProperty("state").GetString()).ShouldBe(["ok", "warning", "missing"]);
        checks[0].TryGetProperty("remedy", out _).ShouldBeFalse();
        checks[2].GetProperty("remedy").GetString().ShouldBe("./austream setup");
    }

    [Fact]
    public async Task Plain_text_has_one_line_per_check_with_the_remedy_below()
    {
        StringWriter output = new() { NewLine = "\n" };

        await ReportText.WriteAsync(Report, output);

        output.ToString().ShouldBe("""
            ok      ffmpeg     5.1.9
            warning GPU        CUDA 12 [old]
                               -> Install CUDA 13.
            missing mosquitto  not found
                               -> ./austream setup
            AuStream 1.2.3: one thing is missing.

            """);
    }

    [Fact]
    public void The_table_shows_brackets_in_details_as_they_are()
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });

        ReportTable.Write(Report, console);

        output.ToString().ShouldContain("CUDA 12 [old]");
        output.ToString().ShouldContain("one thing is missing");
    }

    private static string Detail(DiagnosticReport report, string name) => report.Checks.Single(check => check.Name == name).Detail;

    private sealed class BrokenDiagnostic : IDiagnostic
    {
        public string Name => "broken";

        public Task<IReadOnlyList<DiagnosticCheck>> ExamineAsync(CancellationToken cancellation) => throw new IOException("the disk is on fire");
    }
}
