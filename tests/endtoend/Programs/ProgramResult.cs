namespace AuStream.EndToEnd.Tests.Programs;

internal sealed record ProgramResult(int ExitCode, string Output, string Errors);
