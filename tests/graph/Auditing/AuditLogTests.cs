using System.Text.Json;
using AuStream.Pipeline.Auditing;
using AuStream.Stages.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuStream.Graph.Tests.Auditing;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("austream-audit-").FullName;

    private string LogPath => Path.Combine(_folder, "deep", "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Records_are_added_over_restarts_and_each_holds_the_hash_of_the_one_before()
    {
        Write("start", "stop");
        Write("start", "stop");
        string[] lines = File.ReadAllLines(LogPath);
        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("what").GetString()).ShouldBe(["start", "stop", "start", "stop"]);
        AuditLog.FindBreak(lines).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 3)]
    public void A_record_that_is_changed_shows_in_the_next(int changed, int expected)
    {
        Write("start", "a", "b", "stop");
        string[] lines = File.ReadAllLines(LogPath);
        lines[changed] = lines[changed].Replace("\"time\":\"20", "\"time\":\"21", StringComparison.Ordinal);
        AuditLog.FindBreak(lines).ShouldBe(expected);
    }

    [Fact]
    public void A_record_that_is_taken_out_shows()
    {
        Write("start", "a", "b", "stop");
        string[] lines = File.ReadAllLines(LogPath);
        AuditLog.FindBreak([lines[0], .. lines[2..]]).ShouldBe(2);
        AuditLog.FindBreak(lines[1..]).ShouldBe(1);
    }

    [Fact]
    public void A_line_that_a_power_failure_cut_stays_and_shows_and_the_log_goes_on()
    {
        Write("start");
        File.AppendAllText(LogPath, "{\"time\":\"20");
        Write("start");
        string[] lines = File.ReadAllLines(LogPath);
        lines.Length.ShouldBe(3);
        AuditLog.FindBreak(lines).ShouldBe(2);
        JsonDocument.Parse(lines[2]).RootElement.GetProperty("what").GetString().ShouldBe("start");
    }

    [Fact]
    public void Texts_come_back_as_they_were()
    {
        const string purpose = "Büro \"2\"\n日本";
        using (AuditLog log = AuditLog.Open(LogPath, TimeProvider.System, NullLogger.Instance))
        {
            log.Record("start", "cam", json => json.WriteString("purpose", purpose));
        }

        JsonDocument.Parse(File.ReadAllLines(LogPath).ShouldHaveSingleItem()).RootElement.GetProperty("purpose").GetString().ShouldBe(purpose);
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_named_with_the_remedy()
    {
        File.WriteAllText(Path.Combine(_folder, "deep"), "a file");
        Should.Throw<ResultFileException>(() => AuditLog.Open(LogPath, TimeProvider.System, NullLogger.Instance)).Message.ShouldContain("without an audit log nothing is measured");
    }

    private void Write(params string[] records)
    {
        using AuditLog log = AuditLog.Open(LogPath, TimeProvider.System, NullLogger.Instance);
        foreach (string record in records)
        {
            log.Record(record);
        }
    }
}
