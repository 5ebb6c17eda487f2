using AuStream.Stages.Tracking;
using FsCheck;
using FsCheck.Fluent;

namespace AuStream.Stages.Tests.Tracking;

public sealed class OptimalAssignmentTests
{
    [Fact]
    public void The_total_is_minimal_even_where_the_nearest_pair_must_give_way()
    {
        OptimalAssignment assignment = new();
        assignment.Solve([1, 2, 1.5f, 10], 2, 2).ToArray().ShouldBe([1, 0]);
        assignment.Solve([5, 1, 3], 1, 3).ToArray().ShouldBe([1]);
        assignment.Solve([5, 1, 3], 3, 1).ToArray().ShouldBe([-1, 0, -1]);
        assignment.Solve([], 2, 0).ToArray().ShouldBe([-1, -1]);
    }

    [Fact]
    public void Forbidden_pairs_stay_apart() =>
        new OptimalAssignment().Solve([OptimalAssignment.Forbidden, 1, OptimalAssignment.Forbidden, 2], 2, 2).ToArray().ShouldBe([1, -1]);

    [Fact]
    public void Small_problems_agree_with_trying_every_permutation()
    {
        OptimalAssignment assignment = new();
        Prop.ForAll<int>(seed =>
        {
            Random random = new(seed);
            int rows = random.Next(1, 6);
            int columns = random.Next(1, 6);
            float[] costs = [.. Enumerable.Range(0, rows * columns).Select(_ => random.Next(4) == 0 ? OptimalAssignment.Forbidden : random.Next(100))];

            int[] result = assignment.Solve(costs, rows, columns).ToArray();

            double cost = 0;
            for (int row = 0; row < rows; row++)
            {
                cost += result[row] < 0 ? OptimalAssignment.Forbidden : costs[(row * columns) + result[row]];
            }

            result.Where(column => column >= 0).ShouldBeUnique();
            cost.ShouldBe(Best(costs, rows, columns, 0, 0), 1e-3);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Rows without a column cost as much as a forbidden pair.</summary>
    private static double Best(float[] costs, int rows, int columns, int row, int used)
    {
        if (row == rows)
        {
            return 0;
        }

        double best = OptimalAssignment.Forbidden + Best(costs, rows, columns, row + 1, used);
        for (int column = 0; column < columns; column++)
        {
            if ((used & (1 << column)) == 0 && costs[(row * columns) + column] < OptimalAssignment.Forbidden)
            {
                best = Math.Min(best, costs[(row * columns) + column] + Best(costs, rows, columns, row + 1, used | (1 << column)));
            }
        }

        return best;
    }
}
