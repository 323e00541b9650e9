// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "hypre_solver.hpp"

#include "brick/tile.hpp"
#include "core/error.hpp"
#include "timer.hpp"

#include <array>
#include <limits>
#include <vector>

namespace lapilli::bench {

namespace {

using Tile = brick::Tile<std::int64_t>;

HYPRE_ParVector values_of(HYPRE_IJVector vector)
{
    void* object = nullptr;
    HYPRE_IJVectorGetObject(vector, &object);
    return static_cast<HYPRE_ParVector>(object);
}

HYPRE_IJVector make_vector(MPI_Comm comm, HYPRE_BigInt first, HYPRE_BigInt last)
{
    HYPRE_IJVector vector = nullptr;
    HYPRE_IJVectorCreate(comm, first, last, &vector);
    HYPRE_IJVectorSetObjectType(vector, HYPRE_PARCSR);
    HYPRE_IJVectorInitialize(vector);
    HYPRE_IJVectorAssemble(vector);
    return vector;
}

/// Global number of every owned pore and ghost, plus one: 0 is solid in a tile.
std::vector<std::int64_t> numbers_from_one(const image::PoreSpace& pores, std::int64_t first)
{
    auto numbers = pores.make_field<std::int64_t>();
    for (std::int32_t i = 0; i < pores.pores(); ++i) numbers[static_cast<std::size_t>(i)] = first + i + 1;
    const auto ghosts =
        pores.halo().ghosts_of<std::int64_t>([&](std::int32_t i) { return numbers[static_cast<std::size_t>(i)]; });
    std::copy(ghosts.begin(), ghosts.end(), numbers.begin() + pores.pores());
    return numbers;
}

/// Calls visit(local index, numbers of its up to six neighbours) for each owned pore.
template <class Visit>
void for_each_row(const image::PoreSpace& pores, const std::vector<std::int64_t>& numbers, Visit&& visit)
{
    Tile tile;
    for (const auto& b : pores.owned_bricks()) {
        brick::unpack(b, pores.bricks(), numbers.data(), tile);
        brick::for_each_pore(b, [&](int r, int x, int pore) {
            const std::int64_t* here = tile.row(r % brick::edge, r / brick::edge) + x;
            std::array<std::int64_t, 6> neighbour{};
            std::size_t n = 0;
            for (const int step : {-Tile::plane_stride, -Tile::row_stride, -1, 1, Tile::row_stride, Tile::plane_stride})
                if (here[step] != 0) neighbour[n++] = here[step] - 1;
            visit(b.first + pore, std::span<const std::int64_t>(neighbour).first(n));
        });
    }
}

} // namespace

HypreSolver::HypreSolver(const solve::LaplaceProblem& problem) : comm_(problem.pores().comm().handle())
{
    if (problem.law() != diffusion::Law::unit)
        throw input_error("the comparison knows one phase only; give the labels of one with --pore");
    if (problem.pores().total_pores() > std::numeric_limits<HYPRE_BigInt>::max())
        throw input_error("this hypre counts to 2^31 only, but the image has {} pores; compare on a smaller one",
                          problem.pores().total_pores());
    HYPRE_Init();
    assemble(problem);
}

HypreSolver::~HypreSolver()
{
    if (pcg_ != nullptr) HYPRE_ParCSRPCGDestroy(pcg_);
    if (amg_ != nullptr) HYPRE_BoomerAMGDestroy(amg_);
    for (auto* vector : {b_, x_, work_}) HYPRE_IJVectorDestroy(vector);
    HYPRE_IJMatrixDestroy(matrix_);
    HYPRE_Finalize();
}

void HypreSolver::assemble(const solve::LaplaceProblem& problem)
{
    // places for the entries: with them hypre writes values where they stay
    const auto& pores = problem.pores();
    const std::int64_t first = pores.comm().sum_before(pores.pores());
    const std::int64_t end = first + pores.pores();
    const auto numbers = numbers_from_one(pores, first);
    const auto rows = static_cast<std::size_t>(pores.pores());
    std::vector<HYPRE_Int> owned(rows, 1), ghosts(rows, 0);
    for_each_row(pores, numbers, [&](std::int32_t row, std::span<const std::int64_t> neighbours) {
        for (const auto n : neighbours) ++(n >= first && n < end ? owned : ghosts)[static_cast<std::size_t>(row)];
    });
    const auto lower = static_cast<HYPRE_BigInt>(first);
    const auto upper = static_cast<HYPRE_BigInt>(end - 1);
    HYPRE_IJMatrixCreate(comm_, lower, upper, lower, upper, &matrix_);
    HYPRE_IJMatrixSetObjectType(matrix_, HYPRE_PARCSR);
    HYPRE_IJMatrixSetDiagOffdSizes(matrix_, owned.data(), ghosts.data());
    HYPRE_IJMatrixInitialize(matrix_);
    b_ = make_vector(comm_, lower, upper);
    x_ = make_vector(comm_, lower, upper);
    work_ = make_vector(comm_, lower, upper);
    set_rows(problem, numbers, first);
}

void HypreSolver::set_rows(const solve::LaplaceProblem& problem, const std::vector<std::int64_t>& numbers,
                           std::int64_t first)
{
    // diagonals and right-hand side, as our own solver has them
    std::vector<double> diagonal;
    std::vector<double> balance;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(problem.pores().owned_bricks().size()); ++i)
        problem.for_each_equation(i, [&](std::int32_t, const diffusion::PoreEquation& equation) {
            diagonal.push_back(equation.diagonal);
            balance.push_back(equation.balance);
        });
    HYPRE_IJVectorSetValues(b_, static_cast<HYPRE_Int>(balance.size()), nullptr, balance.data());
    HYPRE_IJVectorAssemble(b_);

    for_each_row(problem.pores(), numbers, [&](std::int32_t row, std::span<const std::int64_t> neighbours) {
        std::array<HYPRE_BigInt, 7> column{static_cast<HYPRE_BigInt>(first + row)};
        std::array<double, 7> value{diagonal[static_cast<std::size_t>(row)]};
        HYPRE_Int entries = 1;
        for (const auto n : neighbours) {
            column[static_cast<std::size_t>(entries)] = static_cast<HYPRE_BigInt>(n);
            value[static_cast<std::size_t>(entries++)] = -1;
        }
        HYPRE_IJMatrixSetValues(matrix_, 1, &entries, column.data(), column.data(), value.data());
    });
    HYPRE_IJMatrixAssemble(matrix_);
    void* object = nullptr;
    HYPRE_IJMatrixGetObject(matrix_, &object);
    a_ = static_cast<HYPRE_ParCSRMatrix>(object);
}

void HypreSolver::set_up()
{
    // hypre's advice for large 3-D problems (HMIS, extended+i interpolation of at most four entries, one aggressive level),
    // with the symmetric smoother that conjugate gradients need
    HYPRE_BoomerAMGCreate(&amg_);
    HYPRE_BoomerAMGSetCoarsenType(amg_, 10);
    HYPRE_BoomerAMGSetInterpType(amg_, 6);
    HYPRE_BoomerAMGSetPMaxElmts(amg_, 4);
    HYPRE_BoomerAMGSetAggNumLevels(amg_, 1);
    HYPRE_BoomerAMGSetStrongThreshold(amg_, 0.25);
    HYPRE_BoomerAMGSetRelaxType(amg_, 8);
    HYPRE_BoomerAMGSetMaxIter(amg_, 1);
    HYPRE_BoomerAMGSetTol(amg_, 0);

    HYPRE_ParCSRPCGCreate(comm_, &pcg_);
    HYPRE_ParCSRPCGSetTwoNorm(pcg_, 1);
    HYPRE_ParCSRPCGSetMaxIter(pcg_, 500);
    HYPRE_ParCSRPCGSetPrecond(pcg_, HYPRE_BoomerAMGSolve, HYPRE_BoomerAMGSetup, amg_);
    HYPRE_ParCSRPCGSetup(pcg_, a_, values_of(b_), values_of(x_));
}

HypreSolver::Outcome HypreSolver::solve(double tolerance)
{
    Outcome outcome;
    HYPRE_ParVectorSetConstantValues(values_of(x_), 0);
    HYPRE_ParCSRPCGSetTol(pcg_, tolerance);
    Timer timer{parallel::Communicator(comm_)};
    HYPRE_ParCSRPCGSolve(pcg_, a_, values_of(b_), values_of(x_));
    outcome.seconds = timer.lap();
    HYPRE_ParCSRPCGGetNumIterations(pcg_, &outcome.iterations);
    HYPRE_ParCSRPCGGetFinalRelativeResidualNorm(pcg_, &outcome.residual);
    HYPRE_ClearAllErrors(); // not converged is an outcome
    outcome.gain = gain();
    return outcome;
}

double HypreSolver::gain()
{
    // x·b + x·(b - A x), as for our own field: its error is quadratic in that of x
    double xb = 0;
    double xax = 0;
    HYPRE_ParVectorInnerProd(values_of(x_), values_of(b_), &xb);
    HYPRE_ParCSRMatrixMatvec(1, a_, values_of(x_), 0, values_of(work_));
    HYPRE_ParVectorInnerProd(values_of(x_), values_of(work_), &xax);
    return 2 * xb - xax;
}

} // namespace lapilli::bench
