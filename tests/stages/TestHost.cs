using System.Diagnostics;
using System.Runtime.CompilerServices;
using AuStream.Stages.Brokers.Embedded;

namespace AuStream.Stages.Tests;

/// <summary>Runs a part of the product in a process of its own, so that a test can kill it: the test program starts itself with a role.</summary>
internal static class TestHost
{
    private const string RoleVariable = "AUSTREAM_TEST_HOST_ROLE";

    /// <summary>Starts this program in a role, which it plays until its input ends; its output tells what the role tells.</summary>
    /// <param name="role">The role.</param>
    /// <param name="temporaryFolder">Where it puts temporary files: a killed program leaves them behind.</param>
    public static Process Start(string role, string temporaryFolder)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, typeof(TestHost).Assembly.GetName().Name!))
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment[RoleVariable] = role;
        start.Environment["TMPDIR"] = temporaryFolder;
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // This assembly is a program: the initializer is where it learns that it is not to run tests.
    [ModuleInitializer]
    internal static void Play()
    {
        string? role = Environment.GetEnvironmentVariable(RoleVariable);
        if (role is null)
        {
            return;
        }

        if (role == "embedded-broker")
        {
            EmbeddedBroker broker = EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions()).GetAwaiter().GetResult();
            Console.WriteLine(broker.ProcessId);
            Console.In.ReadToEnd();
            Environment.Exit(0);
        }

        Environment.Exit(2);
    }
#pragma warning restore CA2255
}
