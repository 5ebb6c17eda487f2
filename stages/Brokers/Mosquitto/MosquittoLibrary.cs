using System.Runtime.InteropServices;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>The native library <c>libmosquitto</c>: whether it is there, and its texts.</summary>
public static class MosquittoLibrary
{
    private static readonly Lazy<Version> Loaded = new(Load);

    /// <summary>Version of the library. Loads it once per process.</summary>
    /// <exception cref="MessageBusException">The library is missing or too old; the message names the remedy.</exception>
    public static Version Version
    {
        get
        {
            try
            {
                return Loaded.Value;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                throw new MessageBusException(
                    $"The MQTT client library {MosquittoNative.Library} cannot be loaded: {e.Message} Install it: apt-get install libmosquitto1 (version 2 or newer).", e);
            }
        }
    }

    /// <summary>What a <c>MOSQ_ERR_</c> number means.</summary>
    internal static unsafe string ErrorText(int error) =>
        error == MosquittoCode.SystemError ? Marshal.GetLastPInvokeErrorMessage() : ToText(MosquittoNative.ErrorText(error));

    /// <summary>What an MQTT 5 reason code means.</summary>
    internal static unsafe string ReasonText(int reasonCode) => ToText(MosquittoNative.ReasonText(reasonCode));

    /// <summary>What an MQTT 3.1.1 CONNACK return code means.</summary>
    internal static unsafe string ConnackText(int returnCode) =>
        ToText(MosquittoNative.ConnackText(returnCode)).Replace("Connection Refused: ", string.Empty, StringComparison.Ordinal);

    /// <summary>A C string of the library as text without a closing full stop.</summary>
    internal static unsafe string ToText(byte* text) => (Marshal.PtrToStringUTF8((nint)text) ?? string.Empty).TrimEnd('.', '\n');

    private static Version Load()
    {
        MosquittoNative.GetVersion(out int major, out int minor, out int revision);
        if (major < 2)
        {
            throw new MessageBusException($"libmosquitto {major}.{minor}.{revision} is too old: version 2 or newer is needed. Install it: apt-get install libmosquitto1.");
        }

        if (MosquittoNative.Initialize() != MosquittoCode.Success)
        {
            throw new MessageBusException("libmosquitto cannot be initialised.");
        }

        return new Version(major, minor, revision);
    }
}
