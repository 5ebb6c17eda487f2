namespace AuStream.Synthesis.Samples;

/// <summary>The columns of a sequence shard in memory: those of pictures, and time. Rows may be written by several threads at once, each row by one.</summary>
internal sealed class SequenceTable
{
    private readonly float[] _seconds;
    private readonly long[] _clips;

    public SequenceTable(int rows, int cropSide)
    {
        Pictures = new SampleTable(rows, keepsImages: false, cropSide);
        _seconds = new float[rows];
        _clips = new long[rows];
    }

    /// <summary>The columns that pictures have too.</summary>
    public SampleTable Pictures { get; }

    /// <summary>Writes one row; where the cropper does not find the face, crop and mesh are zeros.</summary>
    public void Set(int row, int clip, float seconds, Sample sample, ISampleCropper? cropper)
    {
        Pictures.Set(row, sample, cropper);
        _seconds[row] = seconds;
        _clips[row] = clip;
        if (!Pictures.IsKept[row])
        {
            int bytes = Pictures.CropSide * Pictures.CropSide * 3;
            Pictures.Crops.AsSpan(row * bytes, bytes).Clear();
            Pictures.Meshes.AsSpan(row * SampleTable.MeshValues, SampleTable.MeshValues).Clear();
        }
    }

    /// <summary>Writes one .npy file per column.</summary>
    public void Write(string folder)
    {
        int rows = Pictures.Capacity;
        Pictures.Write(folder, rows);
        NpyWriter.Write<float>(Path.Combine(folder, "seconds.npy"), _seconds, rows);
        NpyWriter.Write<long>(Path.Combine(folder, "clip.npy"), _clips, rows);
        NpyWriter.Write<byte>(Path.Combine(folder, "found.npy"), Array.ConvertAll(Pictures.IsKept, isKept => isKept ? (byte)1 : (byte)0), rows);
    }
}
