using AuStream.Pipeline.Commands;

return await CommandLine.RunAsync(args);
