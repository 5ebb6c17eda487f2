namespace AuStream.Pipeline.Evaluating.Datasets;

/// <summary>Reads one dataset's own folders and label files.</summary>
internal interface IDatasetReader
{
    /// <summary>Id on the command line.</summary>
    string Id { get; }

    /// <summary>Protocols, the default first.</summary>
    IReadOnlyList<string> Protocols { get; }

    /// <summary>Reads the labels and finds the media; opens no picture.</summary>
    /// <exception cref="DatasetException">Something is missing or malformed.</exception>
    LabeledSet Read(DatasetRequest request);
}
