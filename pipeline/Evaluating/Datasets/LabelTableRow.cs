using System.Numerics;

namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>A row of a table of one's own.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="File">Picture or video as written there.</param>
/// <param name="Frame">Frame of a video, from 1; null for a picture.</param>
/// <param name="Subject">Who is seen; the file where the table does not say.</param>
/// <param name="Neutral">Picture of the same person's neutral face; empty where it is not known.</param>
/// <param name="Place">A point inside the face that is meant, in pixels; null where the largest is.</param>
/// <param name="Presence">Per action unit: 1, 0, or not labelled.</param>
/// <param name="Intensities">Per action unit: 0–5, NaN where not labelled.</param>
internal sealed record LabelTableRow(int Line, string File, int? Frame, string Subject, string Neutral, Vector2? Place, sbyte[] Presence, float[] Intensities);
