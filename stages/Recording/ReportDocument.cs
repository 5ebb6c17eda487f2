using System.Globalization;
using System.Net;
using System.Text;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Decoding;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>Writes a report as one HTML file: facts, then for each face a timeline per action unit with its events.</summary>
internal static class ReportDocument
{
    private const int LaneHeight = 36;
    private const int EventHeight = 5;
    private const double HighestIntensity = 5;

    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>Writes the whole document, UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="session">The run.</param>
    /// <param name="source">What was measured.</param>
    /// <param name="timelines">What is shown.</param>
    /// <param name="isComplete">False while the stream still runs.</param>
    public static void Write(Stream stream, SessionInfo session, SourceDescription source, ReportTimelines timelines, bool isComplete)
    {
        using StreamWriter page = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        string name = NameOf(source);
        page.WriteLine("<!DOCTYPE html>");
        page.WriteLine($"<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(name)} – AuStream</title>");
        page.WriteLine($"<style>{Resource("report.css")}</style></head><body>");
        page.WriteLine($"<h1>{Text(name)}</h1>");
        if (isComplete)
        {
            WriteFacts(page, session, timelines);
            double seconds = Math.Max(1e-3, (timelines.LengthMicroseconds + timelines.BinMicroseconds) / 1e6);
            foreach (FaceTimeline face in timelines.Faces)
            {
                WriteFace(page, session, timelines, face, seconds);
            }
        }
        else
        {
            page.WriteLine("<p class=\"note\">The stream is still being measured: the report is written when it ends.</p>");
        }

        page.WriteLine($"<footer>AuStream {Text(session.SoftwareVersion)}, {Text(session.ModelId)} {Text(session.ModelVersion)}, run {Text(session.SessionId)}, begun "
            + $"{session.StartedAt.ToString("yyyy-MM-dd HH:mm:ss", s_culture)} UTC. Action units are movements of facial muscles (FACS, Ekman, Friesen and Hager 2002). They do not say what a "
            + "person feels, thinks or intends. This file holds no picture.</footer>");
        page.WriteLine($"<script>{Resource("report.js")}</script></body></html>");
    }

    private static void WriteFacts(StreamWriter page, SessionInfo session, ReportTimelines timelines)
    {
        List<string> facts =
        [
            string.Create(s_culture, $"{Clock(timelines.LengthMicroseconds / 1e6)} long"),
            Count(timelines.Frames, "frame"),
            Count(timelines.Faces.Count + timelines.FacesLeftOut, "face"),
            string.Create(s_culture, $"{timelines.FramesWithoutFace} frames without a face"),
            $"temporal head {(session.UsesTemporalHead ? "on" : "off")}",
            session.Reference switch
            {
                ReferenceMode.Enrolled => "relative to neutral faces where enrolled",
                ReferenceMode.Estimated => "relative to estimated neutral faces",
                _ => "no neutral reference",
            },
        ];
        page.WriteLine($"<ul class=\"facts\">{string.Concat(facts.Select(fact => $"<li>{Text(fact)}</li>"))}</ul>");
        page.WriteLine("<p class=\"legend\">Curves: intensity 0 to 5 (A to E are 1 to 5). Bars: events, from onset to offset. Numbers: "
            + "<a href=\"events.tsv\">events.tsv</a>, <a href=\"frames.csv\">frames.csv</a>.</p>");
        if (timelines.FacesLeftOut > 0 || timelines.EventsLeftOut > 0)
        {
            page.WriteLine(string.Create(
                s_culture, $"<p class=\"note\">Shown are the {timelines.Faces.Count} faces that were seen longest; {Count(timelines.FacesLeftOut, "face")} and {Count(timelines.EventsLeftOut, "event")} more are in the files.</p>"));
        }

        if (timelines.Faces.Count == 0)
        {
            page.WriteLine("<p class=\"none\">No face was seen.</p>");
        }
    }

    private static void WriteFace(StreamWriter page, SessionInfo session, ReportTimelines timelines, FaceTimeline face, double seconds)
    {
        ILookup<int, ElanAnnotation> events = face.Events.ToLookup(ended => ended.ActionUnit);
        // Closed eyes are an event of AU43 or, when short, a blink: one lane for both.
        List<int> active = [.. session.ActionUnits.Where(unit => events.Contains(unit) || (unit == 43 && events.Contains(45)))];
        page.WriteLine(string.Create(s_culture, $"<section class=\"face\" id=\"face-{face.FaceId}\" data-seconds=\"{seconds:F3}\"><span class=\"clock\"></span>")
            + string.Create(s_culture, $"<h2>Face {face.FaceId} <small>{Clock(face.FirstMicroseconds / 1e6)} to {Clock(face.LastMicroseconds / 1e6)}, seen in {Count(face.Frames, "frame")}</small></h2>"));
        if (active.Count == 0)
        {
            page.WriteLine("<p class=\"none\">No action unit had an event.</p>");
        }
        else
        {
            WriteLanes(page, session, timelines, face, events, active, seconds);
        }

        List<int> quiet = [.. session.ActionUnits.Except(active)];
        if (quiet.Count > 0)
        {
            page.WriteLine($"<details><summary>{Count(quiet.Count, "action unit")} without an event</summary>");
            WriteLanes(page, session, timelines, face, events, quiet, seconds);
            page.WriteLine("</details>");
        }

        page.WriteLine("</section>");
    }

    private static void WriteLanes(
        StreamWriter page, SessionInfo session, ReportTimelines timelines, FaceTimeline face, ILookup<int, ElanAnnotation> events, List<int> units, double seconds)
    {
        page.WriteLine("<div class=\"row head\"><span>action unit</span><span class=\"number\">events</span><span class=\"number\">time in them</span><span class=\"number\">peak</span><span></span></div>");
        foreach (int unit in units)
        {
            List<ElanAnnotation> own = [.. unit == 43 ? events[43].Concat(events[45]) : events[unit]];
            double time = own.Sum(ended => Math.Max(0, ended.EndMicroseconds - ended.BeginMicroseconds)) / 1e6;
            string peak = own.Count == 0 ? "" : own.Max(ended => ended.PeakIntensity).ToString("0.0", s_culture);
            string spent = own.Count == 0 ? "" : string.Create(s_culture, $"{time:0.0} s, {100 * time / seconds:0} %");
            page.WriteLine($"<div class=\"row\"><span class=\"name\"><b>{ActionUnitNames.CodeOf(unit)}</b> {Text(ActionUnitNames.NameOf(unit))}</span>"
                + string.Create(s_culture, $"<span class=\"number\">{(own.Count == 0 ? "" : own.Count)}</span><span class=\"number\">{spent}</span><span class=\"number\">{peak}</span>")
                + $"<span class=\"lane\">{Lane(timelines, face, session.ActionUnits.ToList().IndexOf(unit), own, seconds)}</span></div>");
        }

        page.WriteLine($"<div class=\"axis\"><span class=\"scale\">{Scale(seconds)}</span></div>");
    }

    private static string Lane(ReportTimelines timelines, FaceTimeline face, int unit, List<ElanAnnotation> events, double seconds)
    {
        StringBuilder curve = new();
        StringBuilder area = new();
        double bin = timelines.BinMicroseconds / 1e6;
        int top = LaneHeight - EventHeight - 2;
        double? open = null;
        double last = 0;
        for (int i = 0; i <= face.Bins; i++)
        {
            float mean = i < face.Bins ? face.MeanOf(unit, i) : float.NaN;
            double x = 1000 * (i + 0.5) * bin / seconds;
            if (float.IsNaN(mean))
            {
                // Bins narrower than the distance of two frames are empty without a gap in what was seen.
                if (open is not null && (i == face.Bins || x - last > 1000 * Math.Max(0.25, 2 * bin) / seconds))
                {
                    area.Append(s_culture, $"L{last:0.##} {top}Z");
                    open = null;
                }

                continue;
            }

            double y = top - (Math.Clamp(mean, 0, HighestIntensity) / HighestIntensity * (top - 1));
            if (open is null)
            {
                open = x;
                curve.Append(s_culture, $"M{x:0.##} {y:0.##}");
                area.Append(s_culture, $"M{x:0.##} {top}L{x:0.##} {y:0.##}");
            }
            else
            {
                curve.Append(s_culture, $"L{x:0.##} {y:0.##}");
                area.Append(s_culture, $"L{x:0.##} {y:0.##}");
            }

            last = x;
        }

        StringBuilder svg = new();
        svg.Append(s_culture, $"<svg viewBox=\"0 0 1000 {LaneHeight}\" preserveAspectRatio=\"none\"><line x1=\"0\" x2=\"1000\" y1=\"{top}\" y2=\"{top}\"/><path class=\"area\" d=\"{area}\"/><path class=\"curve\" d=\"{curve}\"/>");
        foreach (ElanAnnotation ended in events.OrderBy(ended => ended.BeginMicroseconds))
        {
            double begin = ended.BeginMicroseconds / 1e6;
            double end = Math.Max(begin, ended.EndMicroseconds / 1e6);
            string what = ended.ActionUnit == 45 ? "blink" : ActionUnitNames.CodeOf(ended.ActionUnit);
            svg.Append(s_culture, $"<rect class=\"event\" x=\"{1000 * begin / seconds:0.##}\" width=\"{Math.Max(1.5, 1000 * (end - begin) / seconds):0.##}\" y=\"{LaneHeight - EventHeight}\" height=\"{EventHeight}\">")
                .Append(s_culture, $"<title>{what} {begin:0.00} to {end:0.00} s, peak {ended.PeakIntensity:0.0}</title></rect>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Scale(double seconds)
    {
        double step = StepFor(seconds);
        StringBuilder marks = new();
        for (double at = 0; at <= seconds * 0.985; at += step)
        {
            marks.Append(s_culture, $"<span style=\"left:{100 * at / seconds:0.##}%\">{Clock(at)}</span>");
        }

        return marks.ToString();
    }

    /// <summary>A round distance of marks that gives at most eight of them.</summary>
    internal static double StepFor(double seconds)
    {
        double[] steps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];
        foreach (double step in steps)
        {
            if (seconds / step <= 8)
            {
                return step;
            }
        }

        return 86_400 * Math.Ceiling(seconds / 8 / 86_400);
    }

    /// <summary>Seconds as people read them: 3.5 s, 2:05, 1:02:05.</summary>
    internal static string Clock(double seconds)
    {
        if (seconds < 60)
        {
            return string.Create(s_culture, $"{seconds:0.#} s");
        }

        long whole = (long)Math.Round(seconds);
        return whole < 3600
            ? string.Create(s_culture, $"{whole / 60}:{whole % 60:00}")
            : string.Create(s_culture, $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}");
    }

    private static string Count(long count, string what) => string.Create(s_culture, $"{count} {what}{(count == 1 ? "" : "s")}");

    // The file alone: a report is passed on, and folders tell of people.
    private static string NameOf(SourceDescription source) => source.Kind == SourceKind.File ? Path.GetFileName(source.Uri) : source.Uri;

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportDocument).Assembly.GetManifestResourceStream($"AuStream.Stages.Recording.{name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
