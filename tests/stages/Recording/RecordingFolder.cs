namespace AuStream.Stages.Tests.Recording;

/// <summary>A folder of its own for a test, removed afterwards.</summary>
internal sealed class RecordingFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("austream-recording-");

    public string Path => _folder.FullName;

    public string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
