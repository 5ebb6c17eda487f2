using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AuStream.Stages.Brokers.Embedded;

/// <summary>
/// One run of <c>mosquitto</c> as a child process. Where <c>setpriv</c> is there, the kernel ends the child when its parent dies,
/// by whatever means; and a broker started by root runs as nobody.
/// </summary>
/// <remarks>The kernel watches the thread that starts the child, not the process: that thread must live as long as the child is wanted.</remarks>
internal sealed partial class BrokerProcess : IDisposable
{
    private const int Terminate = 15;
    private const string Nobody = "65534";
    private const int KeptLines = 20;
    private readonly Process _process;
    private readonly Queue<string> _log = new();

    /// <param name="executable">Path of <c>mosquitto</c>.</param>
    /// <param name="configuration">Path of its configuration.</param>
    /// <param name="tieToParent">Whether to start it through <c>setpriv</c>, if that is installed.</param>
    public BrokerProcess(string executable, string configuration, bool tieToParent)
    {
        string? setpriv = tieToParent ? BrokerExecutable.FindSetpriv() : null;
        List<string> arguments = setpriv is null ? [] : ["--pdeathsig", "TERM"];
        if (setpriv is not null && Environment.IsPrivilegedProcess)
        {
            arguments.AddRange(["--reuid", Nobody, "--regid", Nobody, "--clear-groups"]);
        }

        if (setpriv is not null)
        {
            arguments.Add(executable);
        }

        arguments.AddRange(["-c", configuration]);
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(setpriv ?? executable, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines it wrote.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    public string ExitText => _process.ExitCode > 128
        ? $"signal {(_process.ExitCode - 128).ToString(CultureInfo.InvariantCulture)}"
        : $"exit code {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Waits for its end, and until its last lines were read.</summary>
    public void WaitForExit() => _process.WaitForExit();

    /// <summary>Asks it to end, and ends it when it does not within the time.</summary>
    public void End(TimeSpan patience)
    {
        if (_process.HasExited)
        {
            return;
        }

        _ = SendSignal(_process.Id, Terminate);
        if (!_process.WaitForExit(patience))
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose() => _process.Dispose();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.Enqueue(line);
            if (_log.Count > KeptLines)
            {
                _log.Dequeue();
            }
        }
    }
}
