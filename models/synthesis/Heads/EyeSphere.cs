using System.Numerics;

namespace AuStream.Synthesis.Heads;

/// <summary>Position and size of an eyeball in head space (centimetres).</summary>
public readonly record struct EyeSphere(Vector3 Center, float Radius);
