namespace AuStream.Pipeline.Commands;

/// <summary>The program's exit codes; scripts depend on them (README, "Exit codes").</summary>
public static class ExitCode
{
    /// <summary>Everything was done, or an orderly stop was asked for.</summary>
    public const int Success = 0;

    /// <summary>The work ran and its result is bad: a check failed, files could not be written.</summary>
    public const int Failure = 1;

    /// <summary>Wrong arguments or configuration; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>The input is missing or cannot be decoded.</summary>
    public const int NoInput = 66;

    /// <summary>Something that is needed is not there: a program, a model, the broker.</summary>
    public const int Unavailable = 69;

    /// <summary>A defect of AuStream itself.</summary>
    public const int Internal = 70;

    /// <summary>Interrupted (Ctrl-C) before a finite job was done; what was written up to then is complete.</summary>
    public const int Interrupted = 130;
}
