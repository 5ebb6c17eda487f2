using System.Runtime.CompilerServices;

namespace AuStream.Stages.Tests.Decoding;

/// <summary>Tests here wait for processes that make clips. On two cores that would use up the thread pool, and the web servers of other tests with it.</summary>
internal static class EnoughThreads
{
    [ModuleInitializer]
    internal static void Reserve() => ThreadPool.SetMinThreads(32, 32);
}
