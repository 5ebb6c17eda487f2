using System.Globalization;
using System.Text;
using System.Xml;
using AuStream.Stages.ActionUnits;
using AuStream.Stages.Decoding;
using AuStream.Stages.Publishing;

namespace AuStream.Stages.Recording;

/// <summary>Writes annotations as an ELAN annotation document (EAF 3.0): a tier per face, and one per face and action unit.</summary>
/// <remarks>
/// Format: ELAN Annotation Format, Max Planck Institute for Psycholinguistics. Times are milliseconds. Annotations of a tier last
/// at least 1 ms and never overlap: one that would begin before its predecessor's end begins at it.
/// </remarks>
internal static class ElanDocument
{
    private const string LinguisticType = "default-lt";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Schema = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd";

    private static readonly XmlWriterSettings s_settings = new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", CloseOutput = false };

    /// <summary>Writes the whole document.</summary>
    public static void Write(Stream stream, SessionInfo session, SourceDescription source, IReadOnlyList<ElanAnnotation> annotations)
    {
        List<Tier> tiers = TiersOf(annotations);
        List<Slot> slots = SlotsOf(tiers);
        using XmlWriter xml = XmlWriter.Create(stream, s_settings);
        xml.WriteStartElement("ANNOTATION_DOCUMENT");
        xml.WriteAttributeString("AUTHOR", $"AuStream {session.SoftwareVersion}");
        xml.WriteAttributeString("DATE", session.StartedAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("FORMAT", "3.0");
        xml.WriteAttributeString("VERSION", "3.0");
        xml.WriteAttributeString("xsi", "noNamespaceSchemaLocation", SchemaInstance, Schema);
        WriteHeader(xml, session, source, annotations.Count);
        WriteTimeOrder(xml, slots);
        WriteTiers(xml, tiers);
        xml.WriteStartElement("LINGUISTIC_TYPE");
        xml.WriteAttributeString("GRAPHIC_REFERENCES", "false");
        xml.WriteAttributeString("LINGUISTIC_TYPE_ID", LinguisticType);
        xml.WriteAttributeString("TIME_ALIGNABLE", "true");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static List<Tier> TiersOf(IReadOnlyList<ElanAnnotation> annotations)
    {
        List<Tier> tiers = [];
        foreach (ElanAnnotation annotation in annotations.OrderBy(a => a.FaceId).ThenBy(a => a.ActionUnit).ThenBy(a => a.BeginMicroseconds))
        {
            if (tiers.Count == 0 || tiers[^1].FaceId != annotation.FaceId || tiers[^1].ActionUnit != annotation.ActionUnit)
            {
                tiers.Add(new Tier(annotation.FaceId, annotation.ActionUnit, []));
            }

            List<Bar> bars = tiers[^1].Bars;
            long free = bars.Count == 0 ? long.MinValue : bars[^1].End.Milliseconds;
            long begin = Math.Max(free, Milliseconds(annotation.BeginMicroseconds));
            long end = Math.Max(begin + 1, Milliseconds(annotation.EndMicroseconds));
            bars.Add(new Bar(new Slot(begin), new Slot(end), annotation.Value));
        }

        return tiers;
    }

    private static List<Slot> SlotsOf(List<Tier> tiers)
    {
        List<Slot> slots = [.. tiers.SelectMany(tier => tier.Bars).SelectMany(bar => new[] { bar.Begin, bar.End }).OrderBy(slot => slot.Milliseconds)];
        for (int i = 0; i < slots.Count; i++)
        {
            slots[i].Id = string.Create(CultureInfo.InvariantCulture, $"ts{i + 1}");
        }

        return slots;
    }

    private static void WriteHeader(XmlWriter xml, SessionInfo session, SourceDescription source, int annotationCount)
    {
        xml.WriteStartElement("HEADER");
        xml.WriteAttributeString("MEDIA_FILE", "");
        xml.WriteAttributeString("TIME_UNITS", "milliseconds");
        if (IsFileOfThisMachine(source))
        {
            // ELAN itself writes addresses of files unescaped.
            string path = Path.GetFullPath(source.Uri).Replace('\\', '/');
            xml.WriteStartElement("MEDIA_DESCRIPTOR");
            xml.WriteAttributeString("MEDIA_URL", "file:///" + path.TrimStart('/'));
            xml.WriteAttributeString("MIME_TYPE", MimeTypeOf(path));
            xml.WriteEndElement();
        }

        WriteProperty(xml, "lastUsedAnnotationId", annotationCount.ToString(CultureInfo.InvariantCulture));
        WriteProperty(xml, "model", $"{session.ModelId} {session.ModelVersion}");
        WriteProperty(xml, "sessionId", session.SessionId);
        xml.WriteEndElement();
    }

    /// <summary>ELAN opens local files only, and XML has no control characters.</summary>
    private static bool IsFileOfThisMachine(SourceDescription source) =>
        source.Kind == SourceKind.File && !source.Uri.Contains("://", StringComparison.Ordinal) && !source.Uri.Any(char.IsControl);

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("PROPERTY");
        xml.WriteAttributeString("NAME", name);
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    private static void WriteTimeOrder(XmlWriter xml, List<Slot> slots)
    {
        xml.WriteStartElement("TIME_ORDER");
        foreach (Slot slot in slots)
        {
            xml.WriteStartElement("TIME_SLOT");
            xml.WriteAttributeString("TIME_SLOT_ID", slot.Id);
            xml.WriteAttributeString("TIME_VALUE", slot.Milliseconds.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteTiers(XmlWriter xml, List<Tier> tiers)
    {
        int id = 0;
        foreach (Tier tier in tiers)
        {
            string face = string.Create(CultureInfo.InvariantCulture, $"face{tier.FaceId}");
            xml.WriteStartElement("TIER");
            xml.WriteAttributeString("LINGUISTIC_TYPE_REF", LinguisticType);
            xml.WriteAttributeString("PARTICIPANT", face);
            xml.WriteAttributeString("TIER_ID", tier.ActionUnit == 0 ? face : $"{face}-{ActionUnitNames.CodeOf(tier.ActionUnit)}");
            foreach (Bar bar in tier.Bars)
            {
                id++;
                xml.WriteStartElement("ANNOTATION");
                xml.WriteStartElement("ALIGNABLE_ANNOTATION");
                xml.WriteAttributeString("ANNOTATION_ID", string.Create(CultureInfo.InvariantCulture, $"a{id}"));
                xml.WriteAttributeString("TIME_SLOT_REF1", bar.Begin.Id);
                xml.WriteAttributeString("TIME_SLOT_REF2", bar.End.Id);
                xml.WriteElementString("ANNOTATION_VALUE", bar.Value);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
    }

    private static string MimeTypeOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".MP4" or ".M4V" => "video/mp4",
        ".MOV" or ".QT" => "video/quicktime",
        ".MPG" or ".MPEG" => "video/mpeg",
        ".AVI" => "video/x-msvideo",
        ".MKV" => "video/x-matroska",
        ".WEBM" => "video/webm",
        _ => "unknown",
    };

    /// <summary>The nearest millisecond; times before the start of the stream, which ELAN has none for, are the start.</summary>
    private static long Milliseconds(long microseconds) => (Math.Max(0, microseconds) + 500) / 1000;

    private sealed class Slot(long milliseconds)
    {
        public long Milliseconds { get; } = milliseconds;

        public string Id { get; set; } = "";
    }

    private sealed record Bar(Slot Begin, Slot End, string Value);

    private sealed record Tier(long FaceId, int ActionUnit, List<Bar> Bars);
}
