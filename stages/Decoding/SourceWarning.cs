namespace AuStream.Stages.Decoding;

/// <summary>Something wrong with a source that did not end it.</summary>
/// <param name="Source">The source, without passwords.</param>
/// <param name="Message">What happened and what it means for the result.</param>
/// <param name="FileName">The picture that could not be read, relative to its folder; null when the warning is about a video.</param>
public sealed record SourceWarning(string Source, string Message, string? FileName = null);
