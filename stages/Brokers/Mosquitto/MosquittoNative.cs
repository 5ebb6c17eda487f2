using System.Runtime.InteropServices;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>The functions of libmosquitto 2 that are used, as its header <c>mosquitto.h</c> declares them.</summary>
internal static unsafe partial class MosquittoNative
{
    internal const string Library = "libmosquitto.so.1";

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    internal static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_version")]
    internal static partial int GetVersion(out int major, out int minor, out int revision);

    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    internal static partial byte* ErrorText(int error);

    [LibraryImport(Library, EntryPoint = "mosquitto_reason_string")]
    internal static partial byte* ReasonText(int reasonCode);

    [LibraryImport(Library, EntryPoint = "mosquitto_connack_string")]
    internal static partial byte* ConnackText(int returnCode);

    [LibraryImport(Library, EntryPoint = "mosquitto_pub_topic_check", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CheckTopic(string topic);

    [LibraryImport(Library, EntryPoint = "mosquitto_sub_topic_check", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CheckTopicFilter(string topicFilter);

    [LibraryImport(Library, EntryPoint = "mosquitto_topic_matches_sub", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MatchTopic(string topicFilter, string topic, [MarshalAs(UnmanagedType.U1)] out bool matches);

    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint New(string? clientId, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint userData);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    internal static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_userdata")]
    internal static partial nint GetUserData(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_threaded_set")]
    internal static partial int SetThreaded(MosquittoHandle client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    internal static partial int SetOption(MosquittoHandle client, int option, int value);

    [LibraryImport(Library, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetCredentials(MosquittoHandle client, string? userName, string? password);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetTls(
        MosquittoHandle client, string? authorityFile, string? authorityFolder, string? certificateFile, string? keyFile, delegate* unmanaged[Cdecl]<byte*, int, int, nint, int> keyPassword);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_opts_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetTlsOptions(MosquittoHandle client, int verify, string? version, string? ciphers);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_insecure_set")]
    internal static partial int SetTlsInsecure(MosquittoHandle client, [MarshalAs(UnmanagedType.U1)] bool insecure);

    [LibraryImport(Library, EntryPoint = "mosquitto_will_set_v5")]
    internal static partial int SetWill(
        MosquittoHandle client, byte* topic, int length, byte* payload, int qualityOfService, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_async", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Connect(MosquittoHandle client, string host, int port, int keepAliveSeconds);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5")]
    internal static partial int Disconnect(MosquittoHandle client, int reasonCode, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop", SetLastError = true)]
    internal static partial int Loop(MosquittoHandle client, int timeoutMilliseconds, int maxPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5")]
    internal static partial int Publish(
        MosquittoHandle client, int* messageId, byte* topic, int length, byte* payload, int qualityOfService, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_v5", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Subscribe(
        MosquittoHandle client, out int messageId, string topicFilter, int qualityOfService, int options, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_v5_callback_set")]
    internal static partial void SetConnectCallback(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5_callback_set")]
    internal static partial void SetDisconnectCallback(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5_callback_set")]
    internal static partial void SetPublishCallback(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_v5_callback_set")]
    internal static partial void SetMessageCallback(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, NativeMessage*, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_callback_set")]
    internal static partial void SetSubscribeCallback(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_log_callback_set")]
    internal static partial void SetLogCallback(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_byte")]
    internal static partial int AddByteProperty(ref nint properties, int identifier, byte value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_int32")]
    internal static partial int AddInt32Property(ref nint properties, int identifier, uint value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddStringProperty(ref nint properties, int identifier, string value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_string_pair", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddStringPairProperty(ref nint properties, int identifier, string name, string value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_free_all")]
    internal static partial void FreeProperties(ref nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_string")]
    internal static partial nint ReadStringProperty(nint properties, int identifier, out nint value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_binary")]
    internal static partial int AddBinaryProperty(ref nint properties, int identifier, byte* value, ushort length);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_binary")]
    internal static partial nint ReadBinaryProperty(
        nint properties, int identifier, out nint value, out ushort length, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport("libc", EntryPoint = "free")]
    internal static partial void Free(nint memory);

    /// <summary><c>struct mosquitto_message</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeMessage
    {
        internal int MessageId;
        internal byte* Topic;
        internal void* Payload;
        internal int PayloadLength;
        internal int QualityOfService;
        internal byte Retain;
    }
}
