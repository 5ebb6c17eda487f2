using System.Text.Json;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Messages;

/// <summary>The fields of a group message after its origin.</summary>
internal static class JsonGroupWriter
{
    private const int Decimals = 3;

    private static readonly JsonEncodedText s_from = JsonEncodedText.Encode("from");
    private static readonly JsonEncodedText s_to = JsonEncodedText.Encode("to");
    private static readonly JsonEncodedText s_time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText s_mean = JsonEncodedText.Encode("mean");
    private static readonly JsonEncodedText s_share = JsonEncodedText.Encode("share");
    private static readonly JsonEncodedText s_meanIntensity = JsonEncodedText.Encode("mean_intensity");

    internal static void Write(Utf8JsonWriter json, GroupStatistics group, long number, StreamClock clock)
    {
        json.WriteNumber("number", number);
        json.WriteSeconds(s_from, group.FromMicroseconds);
        json.WriteSeconds(s_to, group.ToMicroseconds);
        json.WriteTime(s_time, clock.ToUtc(group.ToMicroseconds));
        json.WriteNumber("frames", group.Frames);
        json.WriteNumber("minimum_group", group.MinimumGroup);
        json.WriteStartObject("faces");
        json.WriteRounded(s_mean, group.FacesMean, Decimals);
        json.WriteNumber("least", group.FacesLeast);
        json.WriteNumber("most", group.FacesMost);
        json.WriteEndObject();
        json.WriteStartObject("action_units");
        foreach ((int actionUnit, double share, double meanIntensity) in group.ActionUnits)
        {
            json.WriteStartObject(ActionUnitNames.CodeOf(actionUnit));
            json.WriteRounded(s_share, share, Decimals);
            json.WriteRounded(s_meanIntensity, meanIntensity, Decimals);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
