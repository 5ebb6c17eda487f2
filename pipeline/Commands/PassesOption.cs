using System.CommandLine;
using AuStream.Pipeline.Resting;

namespace AuStream.Pipeline.Commands;

/// <summary>The option <c>--passes</c> of the commands that measure recordings.</summary>
internal static class PassesOption
{
    /// <summary>The option.</summary>
    public static Option<int> Create() => new("--passes")
    {
        Description = "How often a video is read. 2: first to learn how each face looks at rest, then to measure relative to that from its first frame on. 1: half the time, relative only from two seconds of calm on, as a live stream.",
        DefaultValueFactory = _ => FirstPass.DefaultPasses,
        HelpName = "1|2",
    };
}
