using System.Globalization;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace AuStream.Pipeline.Observing;

/// <summary>Logs as short lines on the console that a live table is drawn on: the console puts them above the table, where lines that went past
/// it would be drawn into it.</summary>
internal sealed class ScreenLoggerProvider(IAnsiConsole console, TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ScreenLogger(console, time);

    public void Dispose()
    {
    }

    private sealed class ScreenLogger(IAnsiConsole console, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            (string word, Style style) = logLevel switch
            {
                LogLevel.Warning => ("warn", new Style(Color.Yellow)),
                LogLevel.Error or LogLevel.Critical => ("fail", new Style(Color.Red)),
                _ => ("info", Style.Plain),
            };
            string text = string.Create(
                CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss} {word}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}\n");

            // One call is one piece on the screen, whichever threads log.
            console.Write(new Text(text, style));
        }
    }
}
