using AuStream.Models.Manifests;
using AuStream.Stages.Faces;

namespace AuStream.Stages.Calibrating;

/// <summary>A request to enrol that waits for frames. Belongs to the stage's thread once it was handed over.</summary>
internal sealed class PendingEnrolment(
    long? faceId, string? name, NeutralFace? known, ActionUnitModelManifest manifest, int featureCount, NeutralReferenceOptions options)
{
    private const int FewestFrames = 5;

    private readonly List<Candidate> _candidates = [];
    private long? _started;

    public TaskCompletionSource<EnrolmentResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was enrolled, to be stored under the request's name; null when nothing was.</summary>
    public NeutralFace? Enrolled { get; private set; }

    public string? Name => name;

    /// <summary>True when it was measured rather than read from the store.</summary>
    public bool IsMeasured => known is null;

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="activationOf">How far a face is from rest.</param>
    /// <param name="enrol">Makes a neutral face the reference of a track; false when there is no such track.</param>
    /// <returns>The result, or null when it needs more frames.</returns>
    public EnrolmentResult? Observe(FrameFaces frame, Func<FaceObservation, FaceActivation> activationOf, Action<long, NeutralFace> enrol)
    {
        long pts = frame.Envelope.PtsMicroseconds;
        _started ??= pts;
        bool isLate = pts - _started.Value > options.EnrolmentPatience.TotalMicroseconds;
        if (_candidates.Count == 0)
        {
            ChooseFaces(frame);
            if (_candidates.Count == 0)
            {
                return faceId is not null ? EnrolmentResult.Failed($"there is no face {faceId} in the stream now")
                    : isLate ? EnrolmentResult.Failed("no face is seen") : null;
            }

            if (_candidates.Count > 1 && (name ?? known?.Name) is not null)
            {
                return EnrolmentResult.Failed($"{_candidates.Count} faces are seen, and a name belongs to one: give the face's number");
            }
        }

        foreach (Candidate candidate in _candidates.Where(candidate => candidate.Result is null))
        {
            FaceObservation? face = frame.Faces.FirstOrDefault(one => one.FaceId == candidate.FaceId);
            if (face is { State: FaceState.Lost })
            {
                candidate.Result = new FaceEnrolment(candidate.FaceId, false, "the face was lost");
                continue;
            }

            NeutralFace? neutral = known ?? Measure(candidate, face, pts, activationOf);
            if (neutral is not null)
            {
                enrol(candidate.FaceId, neutral);
                Enrolled = neutral;
                candidate.Result = new FaceEnrolment(candidate.FaceId, true, null);
            }
            else if (isLate)
            {
                candidate.Result = new FaceEnrolment(candidate.FaceId, false, Explain(candidate.Fault));
            }
        }

        return _candidates.TrueForAll(candidate => candidate.Result is not null)
            ? new EnrolmentResult([.. _candidates.Select(candidate => candidate.Result!)], null)
            : null;
    }

    private void ChooseFaces(FrameFaces frame)
    {
        foreach (FaceObservation face in frame.Faces)
        {
            if (face.State != FaceState.Lost && (faceId is null ? face.IsVisible : face.FaceId == faceId))
            {
                _candidates.Add(new Candidate(face.FaceId, new StillStretch(featureCount, manifest.ActionUnits.Count)));
            }
        }
    }

    private NeutralFace? Measure(Candidate candidate, FaceObservation? face, long pts, Func<FaceObservation, FaceActivation> activationOf)
    {
        StillStretch stretch = candidate.Stretch;
        StretchFault fault = stretch.Add(face, pts, face is { IsVisible: true, HasActionUnits: true } ? activationOf(face) : default, options);
        if (fault != StretchFault.None)
        {
            candidate.Fault = fault;
        }

        if (stretch.Count < FewestFrames || pts - stretch.Start < options.EnrolmentDuration.TotalMicroseconds)
        {
            return null;
        }

        float[] mean = new float[featureCount + manifest.ActionUnits.Count];
        stretch.WriteMean(mean);
        return new NeutralFace(mean[..featureCount], mean[featureCount..], name);
    }

    private string Explain(StretchFault fault) => fault switch
    {
        StretchFault.NotSeen => "the face is hidden",
        StretchFault.NotMeasured => "the network gave no valid result for the face",
        StretchFault.Unclear => "the face is partly hidden or unclear",
        StretchFault.TooSmall => FormattableString.Invariant($"the face is too small: {options.MinimumInterOcularDistance} pixels between the eyes are needed"),
        StretchFault.NotFrontal => "the face is not frontal: it has to look towards the camera",
        StretchFault.Moving => "the head moves: it has to keep still for a moment",
        _ => FormattableString.Invariant($"there were too few frames: {FewestFrames} over {options.EnrolmentDuration.TotalSeconds} s are needed"),
    };

    private sealed class Candidate(long faceId, StillStretch stretch)
    {
        public long FaceId { get; } = faceId;

        public StillStretch Stretch { get; } = stretch;

        public StretchFault Fault { get; set; }

        public FaceEnrolment? Result { get; set; }
    }
}
