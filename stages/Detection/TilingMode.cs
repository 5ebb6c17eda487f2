namespace AuStream.Stages.Detection;

/// <summary>Whether big pictures are searched in tiles.</summary>
public enum TilingMode
{
    /// <summary>When the longer side is at least one and a half times the smallest tile.</summary>
    Auto,

    /// <summary>Never: one pass over the whole picture.</summary>
    Off,
}
