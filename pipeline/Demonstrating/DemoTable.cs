using System.Globalization;
using AuStream.Stages.ActionUnits;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AuStream.Pipeline.Demonstrating;

/// <summary>Draws the live table of the demo: each action unit's known and measured intensity side by side.</summary>
public static class DemoTable
{
    private const int Cells = 20;

    /// <summary>The table at the subscriber's latest frame.</summary>
    public static IRenderable Create(DemoSubscriber subscriber, KnownClip truth, IReadOnlyList<int> actionUnits)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(actionUnits);
        Table table = new Table().Border(TableBorder.Rounded);
        table.Title(string.Create(CultureInfo.InvariantCulture, $"clip time {subscriber.Seconds,5:F2} s   {subscriber.FrameCount} frame messages"));
        table.AddColumns("action unit", "known to be there (0-5)", "measured, as it arrives over MQTT (0-5)");
        foreach (int unit in actionUnits)
        {
            (float intensity, bool isPresent) = subscriber.Latest(unit);
            table.AddRow(
                new Markup($"{(isPresent ? "[bold]" : "[grey]")}{ActionUnitNames.CodeOf(unit)} {Markup.Escape(ActionUnitNames.NameOf(unit))}[/]"),
                new Markup(Bar(truth.IntensityAt(unit, subscriber.Seconds), "grey")),
                new Markup(Bar(intensity, isPresent ? "green" : "grey")));
        }

        return table;
    }

    private static string Bar(float intensity, string color)
    {
        int full = (int)Math.Round(Math.Clamp(intensity, 0, 5) / 5 * Cells);
        return string.Create(CultureInfo.InvariantCulture, $"[{color}]{new string('█', full)}[/]{new string(' ', Cells - full)} {intensity:F1}");
    }
}
