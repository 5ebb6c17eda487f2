using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuStream.Models.Manifests;
using AuStream.Pipeline.Evaluating.Datasets;
using AuStream.Stages.Calibrating;
using AuStream.Stages.Faces;

namespace AuStream.Pipeline.Evaluating.Measuring;

/// <summary>Keeps what was measured on each item in a file of its own, so that a run that was stopped goes on where it was.</summary>
/// <remarks>A file counts only for the same networks, media (path, size, time) and labelled frames; any other is measured anew.</remarks>
/// <param name="folder">Where the files lie.</param>
/// <param name="manifest">The model.</param>
/// <param name="detector">Name of the face detector.</param>
/// <param name="landmarks">Id of the landmark network.</param>
/// <param name="usesReferences">True where neutral pictures are references.</param>
/// <param name="otherwise">Where neutral faces come from in video without such pictures.</param>
/// <param name="passes">How often a video is read.</param>
internal sealed class MeasurementCache(
    string folder, ActionUnitModelManifest manifest, string detector, string landmarks, bool usesReferences, ReferenceMode otherwise, int passes)
{
    private const string Schema = "# austream.measured/1 ";
    private const int Fixed = 8;

    /// <summary>What was measured before; null when there is nothing that fits.</summary>
    public ItemMeasurements? Find(LabeledItem item, Degradation degradation)
    {
        string path = PathOf(item, degradation);
        if (!File.Exists(path))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(path);
        ItemMeasurements measurements = new(item.Count, manifest.ActionUnits.Count);
        if (lines.Length != item.Count + 2 || lines[0] != Schema + KeyOf(item))
        {
            return null;
        }

        for (int row = 0; row < item.Count; row++)
        {
            if (!TryParse(lines[row + 2], row, measurements))
            {
                return null;
            }
        }

        return measurements;
    }

    /// <summary>Keeps what was measured; either the whole file is there or none.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Keep(LabeledItem item, Degradation degradation, ItemMeasurements measurements)
    {
        StringBuilder text = new();
        text.Append(Schema).Append(KeyOf(item)).Append('\n');
        text.Append("state,yaw,pitch,roll,x,y,width,height");
        foreach (int unit in manifest.ActionUnits)
        {
            text.Append(CultureInfo.InvariantCulture, $",AU{unit:00}_r");
        }

        text.Append('\n');
        for (int row = 0; row < item.Count; row++)
        {
            HeadPose pose = measurements.Poses[row];
            PixelBox box = measurements.Boxes[row];
            text.Append(CultureInfo.InvariantCulture, $"{(int)measurements.States[row]},{pose.Yaw:R},{pose.Pitch:R},{pose.Roll:R},{box.X:R},{box.Y:R},{box.Width:R},{box.Height:R}");
            for (int unit = 0; unit < measurements.Units; unit++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{measurements.Intensities[(row * measurements.Units) + unit]:R}");
            }

            text.Append('\n');
        }

        string path = PathOf(item, degradation);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".part", text.ToString());
        File.Move(path + ".part", path, overwrite: true);
    }

    private static bool TryParse(string line, int row, ItemMeasurements measurements)
    {
        string[] cells = line.Split(',');
        float[] values = new float[cells.Length];
        bool isRead = cells.Length == Fixed + measurements.Units;
        for (int i = 0; isRead && i < cells.Length; i++)
        {
            isRead = float.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) && float.IsFinite(values[i]);
        }

        if (isRead)
        {
            measurements.States[row] = (RowState)(int)values[0];
            measurements.Poses[row] = new HeadPose(values[1], values[2], values[3]);
            measurements.Boxes[row] = new PixelBox(values[4], values[5], values[6], values[7]);
            values.AsSpan(Fixed).CopyTo(measurements.Intensities.AsSpan(row * measurements.Units));
        }

        return isRead;
    }

    private string PathOf(LabeledItem item, Degradation degradation)
    {
        string readable = string.Concat(item.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        string unique = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Name)))[..8];
        return Path.Combine(folder, usesReferences && item.References is not null ? degradation.Id + "-relative" : degradation.Id, $"{readable[..Math.Min(60, readable.Length)]}-{unique}.csv");
    }

    private string KeyOf(LabeledItem item)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        void AddFile(string path)
        {
            FileInfo? file = path.Length == 0 ? null : new FileInfo(path);
            Add(file is { Exists: true } ? $"{path}|{file.Length}|{file.LastWriteTimeUtc.Ticks}" : path);
        }

        foreach (string picture in item.Pictures)
        {
            AddFile(picture);
        }

        foreach (string reference in usesReferences ? item.References ?? [] : [])
        {
            AddFile(reference);
        }

        AddFile(item.Kind == MediaKind.Shard ? Path.Combine(item.Source, "shard.json") : item.Source);
        Add(string.Join(',', item.Frames));
        Add(string.Join(',', item.Places ?? []));
        string media = Convert.ToHexStringLower(hash.GetHashAndReset());
        string references = usesReferences && item.References is not null ? "pictures" : item.Kind != MediaKind.Video ? "none"
            : otherwise == ReferenceMode.Estimated ? string.Create(CultureInfo.InvariantCulture, $"estimated passes={passes}") : otherwise.ToString();
        string comparison = manifest.Relative is { IsOnByDefault: true } relative ? relative.Sha256 : "subtraction";
        return $"model={manifest.Id} version={manifest.Version} sha256={manifest.Sha256} detector={detector} landmarks={landmarks} references={references} comparison={comparison} media={media}";
    }
}
