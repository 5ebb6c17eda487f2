namespace AuStream.Models.Sessions;

/// <summary>Whether runners that call a network at the same time share one call.</summary>
public enum CallSharing
{
    /// <summary>Where a GPU computes the network; on a processor calls run side by side on the cores, which is faster there.</summary>
    Auto,

    /// <summary>Always.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
