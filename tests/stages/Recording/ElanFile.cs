using System.Xml.Linq;

namespace AuStream.Stages.Tests.Recording;

/// <summary>Reads an ELAN annotation document and checks it against the rules of the schema EAF 3.0 and of ELAN.</summary>
internal sealed class ElanFile
{
    private static readonly string[] s_elements = ["HEADER", "TIME_ORDER", "TIER", "LINGUISTIC_TYPE"];

    private ElanFile(XElement root, Dictionary<string, long> slots)
    {
        Root = root;
        Annotations = [.. root.Elements("TIER").SelectMany(tier => tier.Descendants("ALIGNABLE_ANNOTATION").Select(annotation => new Annotation(
            (string)tier.Attribute("TIER_ID")!,
            slots[(string)annotation.Attribute("TIME_SLOT_REF1")!],
            slots[(string)annotation.Attribute("TIME_SLOT_REF2")!],
            (string)annotation.Element("ANNOTATION_VALUE")!)))];
    }

    public XElement Root { get; }

    public IReadOnlyList<Annotation> Annotations { get; }

    public static ElanFile ReadValid(string path)
    {
        XElement root = XDocument.Load(path).Root!;
        root.Name.ShouldBe("ANNOTATION_DOCUMENT");
        RequireAttributes(root, "AUTHOR", "DATE", "FORMAT", "VERSION");
        DateTimeOffset.Parse((string)root.Attribute("DATE")!, System.Globalization.CultureInfo.InvariantCulture);
        int[] order = [.. root.Elements().Select(element => Array.IndexOf(s_elements, element.Name.LocalName))];
        order.ShouldBe(order.Order());
        order.ShouldAllBe(index => index >= 0);

        RequireAttributes(root.Element("HEADER")!, "MEDIA_FILE", "TIME_UNITS");
        foreach (XElement media in root.Descendants("MEDIA_DESCRIPTOR"))
        {
            RequireAttributes(media, "MEDIA_URL", "MIME_TYPE");
        }

        XElement[] slotElements = [.. root.Element("TIME_ORDER")!.Elements("TIME_SLOT")];
        Dictionary<string, long> slots = slotElements.ToDictionary(slot => (string)slot.Attribute("TIME_SLOT_ID")!, slot => (long)slot.Attribute("TIME_VALUE")!);
        slots.Values.ShouldAllBe(value => value >= 0);
        slotElements.Select(slot => (long)slot.Attribute("TIME_VALUE")!).ShouldBe(slots.Values.Order());

        string[] types = [.. root.Elements("LINGUISTIC_TYPE").Select(type => (string)type.Attribute("LINGUISTIC_TYPE_ID")!)];
        types.ShouldBeUnique();
        root.Elements("TIER").Select(tier => (string)tier.Attribute("TIER_ID")!).ShouldBeUnique();
        root.Elements("TIER").ShouldAllBe(tier => types.Contains((string)tier.Attribute("LINGUISTIC_TYPE_REF")!));
        string[] annotationIds = [.. root.Descendants("ALIGNABLE_ANNOTATION").Select(annotation => (string)annotation.Attribute("ANNOTATION_ID")!)];
        annotationIds.Concat(slots.Keys).ShouldBeUnique();

        ElanFile file = new(root, slots);
        foreach (IGrouping<string, Annotation> tier in file.Annotations.GroupBy(annotation => annotation.Tier))
        {
            long free = 0;
            foreach (Annotation annotation in tier)
            {
                annotation.Begin.ShouldBeGreaterThanOrEqualTo(free, tier.Key);
                annotation.End.ShouldBeGreaterThan(annotation.Begin, tier.Key);
                free = annotation.End;
            }
        }

        return file;
    }

    private static void RequireAttributes(XElement element, params string[] names)
    {
        foreach (string name in names)
        {
            element.Attribute(name).ShouldNotBeNull($"{element.Name} needs {name}");
        }
    }

    public sealed record Annotation(string Tier, long Begin, long End, string Value);
}
