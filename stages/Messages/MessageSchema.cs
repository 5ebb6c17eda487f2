namespace AuStream.Stages.Messages;

/// <summary>Names and versions of the messages: the field <c>schema</c> of each. A version changes when a consumer of the old one could break.</summary>
public static class MessageSchema
{
    /// <summary>Frames.</summary>
    public const string Frame = "austream.frame/1";

    /// <summary>Events of action units and faces.</summary>
    public const string Event = "austream.event/1";

    /// <summary>What a group of faces did.</summary>
    public const string Group = "austream.group/1";

    /// <summary>How a stream is doing.</summary>
    public const string Status = "austream.status/1";

    /// <summary>Counters.</summary>
    public const string Statistics = "austream.stats/1";

    /// <summary>What a stream shall do.</summary>
    public const string Command = "austream.command/1";

    /// <summary>What became of a command.</summary>
    public const string Reply = "austream.reply/1";
}
