Console.Error.WriteLine("austream: no command yet");
return 2;
