using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace AuStream.Stages.Decoding.Ffmpeg;

/// <summary>A running ffmpeg: its standard output to read from, its log, its end.</summary>
/// <remarks>Start, read and dispose it on one thread that lives as long as it does; <see cref="Kill"/> may be called from any thread.</remarks>
internal sealed partial class FfmpegProcess : IDisposable
{
    private const int SetPipeSize = 1031;
    private const int KillSignal = 9;
    private const int PipeBytes = 1 << 20;
    private const int LogThreadStackBytes = 256 << 10;

    private readonly Process _process;
    private readonly Thread _logReader;
    private readonly FfmpegLog _log;

    private FfmpegProcess(Process process, FfmpegLog log)
    {
        _process = process;
        _log = log;
        Output = process.StandardOutput.BaseStream;
        _logReader = new Thread(ReadLog, LogThreadStackBytes) { IsBackground = true, Name = "ffmpeg log" };
    }

    /// <summary>What ffmpeg writes.</summary>
    public Stream Output { get; }

    /// <summary>Starts ffmpeg.</summary>
    /// <exception cref="SourceException">It does not start.</exception>
    public static FfmpegProcess Start(FfmpegExecutable ffmpeg, IEnumerable<string> arguments, FfmpegLog log)
    {
        string[] command = [.. ChildProcessGuard.Prefix, ffmpeg.Path, .. arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            throw new SourceException(SourceFault.DecoderMissing, $"{ffmpeg.Path} does not start: {error.Message}.", isTransient: false, error);
        }

        process.StandardInput.Close();
        var running = new FfmpegProcess(process, log);
        if (running.Output is PipeStream pipe)
        {
            // Fewer switches between the two processes. The kernel may refuse: then the pipe keeps its 64 KiB.
            _ = ResizePipe(pipe.SafePipeHandle, SetPipeSize, PipeBytes);
        }

        running._logReader.Start();
        return running;
    }

    /// <summary>Ends ffmpeg, and whatever it may have started, at once. Does nothing when it has ended.</summary>
    public void Kill()
    {
        try
        {
            if (_process.HasExited)
            {
                return;
            }

            if (!ChildProcessGuard.MakesGroup)
            {
                _process.Kill(entireProcessTree: true);
                return;
            }

            // Its group is its tree, without a search through all processes. Before it has made its group there is no tree.
            _ = SendSignal(-_process.Id, KillSignal);
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has just ended, or was disposed.
        }
    }

    /// <summary>Waits for ffmpeg to end by itself, which it does at the end of its output.</summary>
    /// <returns>Its exit code; 128 + n when signal n ended it.</returns>
    public int WaitForExit()
    {
        _process.WaitForExit();
        _logReader.Join();
        return _process.ExitCode;
    }

    /// <summary>Ends ffmpeg and takes its exit code, so that no zombie stays behind.</summary>
    public void Dispose()
    {
        Kill();
        WaitForExit();

        // Process leaves streams that were read directly to whoever read them; their pipes would stay open until a collection.
        Output.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    private void ReadLog()
    {
        try
        {
            while (_process.StandardError.ReadLine() is { } line)
            {
                _log.Add(line);
            }
        }
        catch (IOException)
        {
            // The pipe broke with its process.
        }
        finally
        {
            _log.End();
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ResizePipe(SafeHandle pipe, int command, int bytes);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
