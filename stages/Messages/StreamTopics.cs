namespace AuStream.Stages.Messages;

/// <summary>The topics of one stream: <c>PREFIX/STREAM/status</c>, <c>…/frames</c>, <c>…/events</c>, <c>…/groups</c>, <c>…/stats</c>; commands come on <c>…/commands</c> and are answered on <c>…/replies</c>.</summary>
public sealed record StreamTopics
{
    /// <param name="prefix">First part of every topic, e.g. <c>austream</c> or <c>lab/austream</c>.</param>
    /// <param name="streamId">The stream's id.</param>
    /// <exception cref="ArgumentException">A part is empty or holds a character that MQTT reserves; the message names it.</exception>
    public StreamTopics(string prefix, string streamId)
    {
        Check(prefix, nameof(prefix), mayHaveLevels: true);
        Check(streamId, nameof(streamId), mayHaveLevels: false);
        string start = $"{prefix}/{streamId}/";
        Status = start + "status";
        Frames = start + "frames";
        Events = start + "events";
        Groups = start + "groups";
        Statistics = start + "stats";
        Commands = start + "commands";
        Replies = start + "replies";
    }

    /// <summary>How the stream is doing; retained.</summary>
    public string Status { get; }

    /// <summary>One message per measured frame.</summary>
    public string Frames { get; }

    /// <summary>Starts, updates and ends.</summary>
    public string Events { get; }

    /// <summary>Statistics of groups, where single faces are not published.</summary>
    public string Groups { get; }

    /// <summary>What the stream shall do.</summary>
    public string Commands { get; }

    /// <summary>What became of the commands, where they ask for no other topic.</summary>
    public string Replies { get; }

    /// <summary>Counters, every few seconds.</summary>
    public string Statistics { get; }

    private static void Check(string part, string name, bool mayHaveLevels)
    {
        ArgumentNullException.ThrowIfNull(part, name);
        bool isGood = part.Length > 0 && part.AsSpan().IndexOfAny("+#\0") < 0 && part[0] != '$'
            && (mayHaveLevels ? part.Split('/').All(level => level.Length > 0) : !part.Contains('/', StringComparison.Ordinal));
        if (!isGood)
        {
            string rule = mayHaveLevels ? "no empty level, no + and no #, and no $ at its begin" : "no /, no + and no #, and no $ at its begin";
            throw new ArgumentException($"'{part}' cannot be part of a topic: it must not be empty, and have {rule}.", name);
        }
    }
}
