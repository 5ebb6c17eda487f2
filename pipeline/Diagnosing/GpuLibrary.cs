namespace AuStream.Pipeline.Diagnosing;

/// <summary>A family of GPU libraries in the version that ONNX Runtime was built for.</summary>
/// <param name="Name">As NVIDIA calls it.</param>
/// <param name="Major">The major version.</param>
/// <param name="Files">The file names that the dynamic loader must find.</param>
/// <param name="VersionedFile">The file name that ends in the family's own major version, without it.</param>
/// <param name="Purpose">What uses it.</param>
public sealed record GpuLibrary(string Name, int Major, IReadOnlyList<string> Files, string VersionedFile, string Purpose);
