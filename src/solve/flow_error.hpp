// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string_view>
#include <vector>

namespace lapilli::solve {

/// What a flow solve knows of its error, oldest iteration first.
struct FlowHistory {
    std::vector<double> conductance; ///< Q = b·x + x·r
    std::vector<double> residual;    ///< ‖r‖ / ‖b‖
    /// |r·z| with z = M r, the preconditioned residual; known once the next direction is made, so one shorter or as long.
    std::vector<double> work;
    double mean_flux = 0; ///< b·x, of the last iteration
};

/// Who decided what an estimate is.
enum class FlowWitness { nobody, work, decay, mean_flux, residual };
/// As in results; "nobody" is empty.
std::string_view name(FlowWitness witness);

struct FlowError {
    double relative = 1; ///< estimated error of the last conductance
    FlowWitness by = FlowWitness::nobody;
};

/// How far the conductance is from that of the exact flow. The error is e·K e = r·e with e = K⁻¹ r. Three witnesses are
/// heard, and the most pessimistic is believed:
///
/// - work: r·z has M for K⁻¹. What M misses is a factor
///       c_k = (error before - error now) / (work before - work now) = (Q_{k-1} - Q_k) / (work_{k-1} - work_k),
///   which grows while the error turns to the parts that M knows least; it is expected to grow once more as it did last. So
///   the last iteration but one had an error of at most safety · c · work, and what Q fell by since is to be taken off.
/// - decay: of the changes of Q, see remaining_error_of_swinging.
/// - mean flux: where mass is conserved (b·e)² <= (b·x) (e·K e), so the square of how far b·x is from Q is a lower bound.
///
/// A residual far below the accuracy is enough even where one iteration solves all, and there is no decay to see. None of
/// this is a proven bound; bench/README.md has what was seen.
FlowError error_of_flow(const FlowHistory& history);

/// By the work alone; 1 before there are two of it.
double error_by_work(const FlowHistory& history);

} // namespace lapilli::solve
