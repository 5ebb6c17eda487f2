using System.CommandLine;
using AuStream.Stages.Landmarks;

namespace AuStream.Pipeline.Commands;

/// <summary>The option <c>--landmarks</c>.</summary>
internal static class LandmarksOption
{
    /// <summary>A new option; any other value than those it lists is refused.</summary>
    public static Option<string> Create()
    {
        Option<string> option = new("--landmarks")
        {
            Description = $"Network that finds the landmarks: {LandmarkNetworks.Auto} (the one that the model was trained with, and measures best with), {string.Join(", ", LandmarkNetworks.Ids)}.",
            DefaultValueFactory = _ => LandmarkNetworks.Auto,
            HelpName = "ID",
        };
        return ListedWords.Restrict(option, [LandmarkNetworks.Auto, .. LandmarkNetworks.Ids]);
    }
}
