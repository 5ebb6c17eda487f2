using AuStream.Stages.Faces;
using AuStream.Stages.Sampling;

namespace AuStream.Stages.Detection;

/// <summary>Turns a detector's raw outputs into faces in pixels of the frame.</summary>
internal sealed class DetectionDecoder(DetectorRange range)
{
    /// <summary>Values per prediction: centre, width, height, six points.</summary>
    public const int ValuesPerAnchor = 4 + (2 * FaceKeypoints.Count);

    private readonly float[] _anchors = AnchorGrid.Create(range);

    /// <summary>Predictions per picture.</summary>
    public int AnchorCount => _anchors.Length / 2;

    /// <summary>Adds every prediction whose score reaches the threshold.</summary>
    /// <param name="regressors">[anchors, 16]: centre x, y, width, height, six points, in input pixels; positions relative to the anchor.</param>
    /// <param name="logits">[anchors]: the score before the sigmoid.</param>
    /// <param name="threshold">Lowest score, 0–1.</param>
    /// <param name="inputToFrame">Upright map from input pixels to the frame.</param>
    /// <param name="detections">Receives the faces, unordered and overlapping.</param>
    public void Decode(
        ReadOnlySpan<float> regressors, ReadOnlySpan<float> logits, float threshold, in AffineMap inputToFrame, List<FaceDetection> detections)
    {
        float lowest = Logit(threshold);
        for (int anchor = 0; anchor < AnchorCount; anchor++)
        {
            float logit = logits[anchor];
            if (!(logit >= lowest))
            {
                continue;
            }

            float anchorX = _anchors[2 * anchor];
            float anchorY = _anchors[(2 * anchor) + 1];
            ReadOnlySpan<float> values = regressors.Slice(anchor * ValuesPerAnchor, ValuesPerAnchor);
            (float width, float height) = (values[2], values[3]);
            if (!(width > 0 && height > 0))
            {
                continue;
            }

            (double left, double top) = inputToFrame.Apply(values[0] + anchorX - (width / 2), values[1] + anchorY - (height / 2));
            PixelBox box = new((float)left, (float)top, (float)(width * inputToFrame.XX), (float)(height * inputToFrame.YY));
            FaceKeypoints keypoints = default;
            for (int i = 0; i < FaceKeypoints.Count; i++)
            {
                (double x, double y) = inputToFrame.Apply(values[4 + (2 * i)] + anchorX, values[5 + (2 * i)] + anchorY);
                keypoints[2 * i] = (float)x;
                keypoints[(2 * i) + 1] = (float)y;
            }

            float score = 1 / (1 + MathF.Exp(-Math.Clamp(logit, -100, 100)));
            detections.Add(new FaceDetection(box, score, keypoints));
        }
    }

    private static float Logit(float probability) => probability switch
    {
        <= 0 => float.NegativeInfinity,
        >= 1 => float.PositiveInfinity,
        _ => MathF.Log(probability / (1 - probability)),
    };
}
