namespace AuStream.Stages.Brokers.InMemory;

/// <summary>MQTT's topic filters (MQTT 5, section 4.7): levels between slashes, <c>+</c> for one level, <c>#</c> at the end for all that follow.</summary>
internal static class TopicFilter
{
    /// <summary>True when the topic matches the filter.</summary>
    internal static bool Matches(string filter, string topic)
    {
        string[] wanted = filter.Split('/');
        string[] levels = topic.Split('/');
        if (topic.StartsWith('$') && filter[0] is '+' or '#')
        {
            return false;
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#")
            {
                return true;
            }

            if (i >= levels.Length || (wanted[i] != "+" && wanted[i] != levels[i]))
            {
                return false;
            }
        }

        return wanted.Length == levels.Length;
    }
}
