using System.Numerics;
using AuStream.Synthesis.ActionUnits;
using AuStream.Synthesis.People;

namespace AuStream.Synthesis.Samples;

/// <summary>The columns of a shard in memory. Rows may be written by several threads at once, each row by one.</summary>
internal sealed class SampleTable
{
    public const int MeshValues = 468 * 3;

    private readonly int _cropBytes;

    public SampleTable(int capacity, bool keepsImages, int cropSide)
    {
        Capacity = capacity;
        CropSide = cropSide;
        _cropBytes = cropSide * cropSide * 3;
        Images = keepsImages ? new byte[capacity * ImageBytes] : null;
        Crops = cropSide > 0 ? new byte[capacity * _cropBytes] : null;
        Meshes = cropSide > 0 ? new float[capacity * MeshValues] : null;
        Intensities = new float[capacity * ActionUnitSet.Count];
        Points = new float[capacity * 136];
        CropPoints = cropSide > 0 ? new float[capacity * 136] : null;
        Visible = new byte[capacity * 68];
        Poses = new float[capacity * 3];
        Gazes = new float[capacity * 2];
        Boxes = new float[capacity * 4];
        Identities = new long[capacity];
        Neutral = new byte[capacity];
        Sources = new byte[capacity];
        Occluded = new byte[capacity];
        IsKept = new bool[capacity];
    }

    public static int ImageBytes => Sample.Side * Sample.Side * 3;

    public int Capacity { get; }

    public int CropSide { get; }

    public byte[]? Images { get; }

    public byte[]? Crops { get; }

    public float[]? Meshes { get; }

    public float[] Intensities { get; }

    public float[] Points { get; }

    /// <summary>The same points in pixels of the crop.</summary>
    public float[]? CropPoints { get; }

    public byte[] Visible { get; }

    public float[] Poses { get; }

    public float[] Gazes { get; }

    public float[] Boxes { get; }

    public long[] Identities { get; }

    public byte[] Neutral { get; }

    public byte[] Sources { get; }

    public byte[] Occluded { get; }

    /// <summary>False for rows whose face the cropper did not find.</summary>
    public bool[] IsKept { get; }

    public void Set(int row, Sample sample, ISampleCropper? cropper)
    {
        Matrix3x2 frameToCrop = default;
        IsKept[row] = cropper is null || cropper.TryCrop(
            sample.Rgb, sample.Points68, Crops.AsSpan(row * _cropBytes, _cropBytes), Meshes.AsSpan(row * MeshValues, MeshValues), out frameToCrop);
        frameToCrop = IsKept[row] ? frameToCrop : default;
        Images?.AsSpan(row * ImageBytes, ImageBytes).Clear();
        if (Images is not null)
        {
            sample.Rgb.CopyTo(Images, row * ImageBytes);
        }

        sample.Intensities.CopyTo(Intensities, row * ActionUnitSet.Count);
        for (int i = 0; i < 68; i++)
        {
            Vector2 point = sample.Points68[i];
            (Points[(row * 136) + (2 * i)], Points[(row * 136) + (2 * i) + 1]) = (point.X, point.Y);
            if (CropPoints is not null)
            {
                Vector2 inCrop = Vector2.Transform(point, frameToCrop);
                (CropPoints[(row * 136) + (2 * i)], CropPoints[(row * 136) + (2 * i) + 1]) = (inCrop.X, inCrop.Y);
            }

            Visible[(row * 68) + i] = sample.Visible68[i] ? (byte)1 : (byte)0;
        }

        (Poses[3 * row], Poses[(3 * row) + 1], Poses[(3 * row) + 2]) = (sample.Pose.X, sample.Pose.Y, sample.Pose.Z);
        (Gazes[2 * row], Gazes[(2 * row) + 1]) = (sample.Gaze.X, sample.Gaze.Y);
        FaceBox box = sample.Box;
        (Boxes[4 * row], Boxes[(4 * row) + 1], Boxes[(4 * row) + 2], Boxes[(4 * row) + 3]) = (box.X, box.Y, box.Width, box.Height);
        Identities[row] = sample.Identity;
        Neutral[row] = sample.IsNeutral ? (byte)1 : (byte)0;
        Sources[row] = sample.Source == HeadSource.Ict ? (byte)0 : (byte)1;
        Occluded[row] = sample.IsOccluded ? (byte)1 : (byte)0;
    }

    /// <summary>Closes the gaps of rows that are not kept; returns how many rows remain.</summary>
    public int Compact()
    {
        int next = 0;
        for (int row = 0; row < Capacity; row++)
        {
            if (!IsKept[row])
            {
                continue;
            }

            if (next != row)
            {
                Move(Images, ImageBytes, row, next);
                Move(Crops, _cropBytes, row, next);
                Move(Meshes, MeshValues, row, next);
                Move(Intensities, ActionUnitSet.Count, row, next);
                Move(Points, 136, row, next);
                Move(CropPoints, 136, row, next);
                Move(Visible, 68, row, next);
                Move(Poses, 3, row, next);
                Move(Gazes, 2, row, next);
                Move(Boxes, 4, row, next);
                Move(Identities, 1, row, next);
                Move(Neutral, 1, row, next);
                Move(Sources, 1, row, next);
                Move(Occluded, 1, row, next);
            }

            next++;
        }

        return next;
    }

    /// <summary>Writes the first rows as one .npy file per column.</summary>
    public void Write(string folder, int rows)
    {
        void Save<T>(string name, T[]? values, params ReadOnlySpan<int> shape)
            where T : unmanaged
        {
            if (values is not null)
            {
                int perRow = 1;
                foreach (int side in shape)
                {
                    perRow *= side;
                }

                NpyWriter.Write<T>(Path.Combine(folder, name + ".npy"), values.AsSpan(0, rows * perRow), [rows, .. shape]);
            }
        }

        Save("image", Images, Sample.Side, Sample.Side, 3);
        Save("crop", Crops, CropSide, CropSide, 3);
        Save("mesh", Meshes, 468, 3);
        Save("intensity", Intensities, ActionUnitSet.Count);
        Save("points68", Points, 68, 2);
        Save("crop_points68", CropPoints, 68, 2);
        Save("visible68", Visible, 68);
        Save("pose", Poses, 3);
        Save("gaze", Gazes, 2);
        Save("box", Boxes, 4);
        Save("identity", Identities);
        Save("neutral", Neutral);
        Save("source", Sources);
        Save("occluded", Occluded);
    }

    private static void Move<T>(T[]? column, int values, int from, int to)
    {
        if (column is not null)
        {
            Array.Copy(column, from * values, column, to * values, values);
        }
    }
}
