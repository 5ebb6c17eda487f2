using System.Runtime.InteropServices;

namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>One <c>struct mosquitto</c>; destroyed when the last call that uses it has returned.</summary>
internal sealed class MosquittoHandle : SafeHandle
{
    private GCHandle _userData;

    /// <param name="clientId">MQTT client id, or null for one that the library makes up.</param>
    /// <param name="owner">The object that callbacks reach through <see cref="Owner"/>.</param>
    internal MosquittoHandle(string? clientId, object owner)
        : base(0, ownsHandle: true)
    {
        _userData = GCHandle.Alloc(owner);
        SetHandle(MosquittoNative.New(clientId, cleanSession: true, GCHandle.ToIntPtr(_userData)));
        if (IsInvalid)
        {
            string message = Marshal.GetLastPInvokeErrorMessage();
            _userData.Free();
            throw new MessageBusException($"libmosquitto made no client for id '{clientId}': {message}.");
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The object given at construction, inside a callback.</summary>
    internal static object Owner(nint userData) => GCHandle.FromIntPtr(userData).Target!;

    protected override bool ReleaseHandle()
    {
        MosquittoNative.Destroy(handle);
        _userData.Free();
        return true;
    }
}
