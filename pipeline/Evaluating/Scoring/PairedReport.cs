namespace AuStream.Pipeline.Evaluating.Scoring;

/// <summary>Pairs of pictures: what was found.</summary>
/// <param name="Model">Name and version.</param>
/// <param name="People">Pairs with a face in both pictures.</param>
/// <param name="WithoutFace">Pairs left out because a picture has no face.</param>
/// <param name="Units">The action units that were asked for.</param>
/// <param name="MeanPresentOnNeutral">Mean over all action units of the model of their presence on neutral pictures.</param>
/// <param name="MaxPresentOnNeutral">The highest of them.</param>
/// <param name="MaxUnit">FACS number of that one.</param>
/// <param name="Notes">What the user has to know.</param>
internal sealed record PairedReport(
    string Model,
    int People,
    int WithoutFace,
    IReadOnlyList<PairedUnit> Units,
    double MeanPresentOnNeutral,
    double MaxPresentOnNeutral,
    int MaxUnit,
    IReadOnlyList<string> Notes);
