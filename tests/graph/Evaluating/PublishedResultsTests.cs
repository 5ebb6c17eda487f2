using AuStream.Pipeline.Evaluating.Scoring;

namespace AuStream.Graph.Tests.Evaluating;

public sealed class PublishedResultsTests
{
    [Fact]
    public void Every_mean_is_that_of_its_action_units()
    {
        PublishedResults.All.Count.ShouldBeGreaterThan(10);
        foreach (PublishedResult paper in PublishedResults.All)
        {
            paper.F1.Values.ShouldAllBe(value => value > 0.05 && value < 1);

            // Papers print one or two decimals of per cent.
            paper.F1.Values.Average().ShouldBe(paper.MeanF1, 0.003, $"{paper.Dataset} {paper.System}");
        }
    }

    [Theory]
    [InlineData("bp4d", "3-fold", "hybrid", 0.532)]
    [InlineData("bp4d", "10-fold", "hybrid", 0.825)]
    [InlineData("bp4d", "3-fold", "DSIN", 0.589)]
    [InlineData("bp4d", "3-fold", "DSIN tt", 0.617)]
    [InlineData("bp4d", "3-fold", "JPML", 0.459)]
    [InlineData("bp4d", "all", "regions-22", 0.68)]
    [InlineData("gft", "3-fold", "hybrid", 0.539)]
    [InlineData("gft", "10-fold", "hybrid", 0.664)]
    [InlineData("disfa", null, "DSIN", 0.536)]
    public void The_papers_headline_numbers_are_there(string dataset, string? protocol, string system, double mean) =>
        PublishedResults.All.Single(paper => paper.Dataset == dataset && paper.Protocol == protocol && paper.System == system).MeanF1.ShouldBe(mean, 1e-9);
}
