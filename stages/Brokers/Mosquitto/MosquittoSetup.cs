namespace AuStream.Stages.Brokers.Mosquitto;

/// <summary>Hands <see cref="MosquittoBusOptions"/> to a native client, before it connects.</summary>
internal static class MosquittoSetup
{
    /// <summary>Sets everything but the callbacks.</summary>
    /// <param name="client">A fresh client.</param>
    /// <param name="options">What to set.</param>
    /// <param name="complaint">The library's last complaint, which says more than its error numbers.</param>
    /// <exception cref="MessageBusException">An option cannot be used: a password that cannot be read, a certificate that is not one.</exception>
    internal static unsafe void Apply(MosquittoHandle client, MosquittoBusOptions options, Func<string?> complaint)
    {
        int version = options.Version == MqttVersion.V5 ? MosquittoCode.ProtocolVersion5 : MosquittoCode.ProtocolVersion311;
        Check(MosquittoNative.SetThreaded(client, threaded: true), "threads");
        Check(MosquittoNative.SetOption(client, MosquittoCode.OptionProtocolVersion, version), "protocol version");
        Check(MosquittoNative.SetOption(client, MosquittoCode.OptionNoDelay, 1), "TCP no-delay");
        if (options.UserName is not null)
        {
            Check(MosquittoNative.SetCredentials(client, options.UserName, options.Password?.Read()), "user name");
        }

        if (options.Tls is { } tls)
        {
            string authorities = tls.AuthorityFile ?? SystemAuthorities.Find();
            Check(
                MosquittoNative.SetTls(client, authorities, null, tls.CertificateFile, tls.KeyFile, &MosquittoCallbacks.OnKeyPassword),
                "certificate files");
            if (!tls.VerifyServer)
            {
                Check(MosquittoNative.SetTlsOptions(client, verify: 0, null, null), "certificate check");
                Check(MosquittoNative.SetTlsInsecure(client, insecure: true), "host name check");
            }
        }

        if (options.Will is { } will)
        {
            Check(SetWill(client, will, options.Version), "last will");
        }

        void Check(int error, string what)
        {
            if (error != MosquittoCode.Success)
            {
                throw new MessageBusException($"MQTT: libmosquitto does not take the {what}: {complaint() ?? MosquittoLibrary.ErrorText(error)}.");
            }
        }
    }

    private static unsafe int SetWill(MosquittoHandle client, LastWill will, MqttVersion version)
    {
        nint properties = MosquittoRoutes.CreateProperties(will.Route, version);
        int error;
        fixed (byte* topic = MosquittoRoutes.EncodeTopic(will.Route.Topic))
        fixed (byte* payload = will.Payload.Span)
        {
            error = MosquittoNative.SetWill(
                client, topic, will.Payload.Length, payload, (int)will.Route.QualityOfService, will.Route.Retain, properties);
        }

        if (error != MosquittoCode.Success)
        {
            // The library takes the properties over only when all is well.
            MosquittoNative.FreeProperties(ref properties);
        }

        return error;
    }
}
