using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>What libmosquitto calls, on the thread that runs its loop, handed on to the <see cref="MosquittoConnection"/> that owns the client.</summary>
internal static unsafe class MosquittoCallbacks
{
    internal static void Attach(MosquittoHandle client)
    {
        MosquittoNative.SetConnectCallback(client, &OnConnect);
        MosquittoNative.SetDisconnectCallback(client, &OnDisconnect);
        MosquittoNative.SetPublishCallback(client, &OnPublish);
        MosquittoNative.SetMessageCallback(client, &OnMessage);
        MosquittoNative.SetSubscribeCallback(client, &OnSubscribe);
        MosquittoNative.SetLogCallback(client, &OnLog);
    }

    /// <summary>Answers OpenSSL's question for the password of the private key; without one the key is refused, never asked for on the terminal.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnKeyPassword(byte* buffer, int size, int writing, nint client)
    {
        try
        {
            nint userData = MosquittoNative.GetUserData(client);
            return ((MosquittoConnection)MosquittoHandle.Owner(userData)).CopyKeyPassword(new Span<byte>(buffer, size));
        }
        catch (MessageBusException)
        {
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint userData, int code, int flags, nint properties) =>
        Connection(userData).Answered(code, ReadReason(properties));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint client, nint userData, int code, nint properties) =>
        Connection(userData).Closed(code, ReadReason(properties));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint userData, int messageId, int reasonCode, nint properties) =>
        Connection(userData).Published(messageId, reasonCode);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint userData, MosquittoNative.NativeMessage* message, nint properties)
    {
        nint correlation = 0;
        ushort correlationLength = 0;
        if (properties != 0
            && MosquittoNative.ReadBinaryProperty(properties, MosquittoCode.PropertyCorrelationData, out correlation, out correlationLength, skipFirst: false) == 0)
        {
            correlation = 0;
        }

        Connection(userData).Received(new ReceivedMessage
        {
            Topic = Marshal.PtrToStringUTF8((nint)message->Topic) ?? string.Empty,
            Payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength),
            IsRetained = message->Retain != 0,
            ResponseTopic = ReadText(properties, MosquittoCode.PropertyResponseTopic),
            CorrelationData = correlation == 0 ? default : new ReadOnlySpan<byte>((void*)correlation, correlationLength),
        });
        MosquittoNative.Free(correlation);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint userData, int messageId, int count, int* granted) =>
        Connection(userData).Subscribed(messageId, count > 0 ? granted[0] : MosquittoCode.ReasonFailure);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint client, nint userData, int level, byte* text)
    {
        if ((level & (MosquittoCode.LogError | MosquittoCode.LogWarning)) != 0)
        {
            Connection(userData).Complained(MosquittoLibrary.ToText(text));
        }
    }

    private static MosquittoConnection Connection(nint userData) => (MosquittoConnection)MosquittoHandle.Owner(userData);

    private static string? ReadReason(nint properties) => ReadText(properties, MosquittoCode.PropertyReasonString);

    private static string? ReadText(nint properties, int identifier)
    {
        if (properties == 0 || MosquittoNative.ReadStringProperty(properties, identifier, out nint text, skipFirst: false) == 0)
        {
            return null;
        }

        string? read = Marshal.PtrToStringUTF8(text);
        MosquittoNative.Free(text);
        return read;
    }
}
