// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "image/connectivity.hpp"
#include "property/axis_results.hpp"
#include "property/record.hpp"
#include "property/remaining_time.hpp"
#include "property/run.hpp"
#include "property/shortest_edges.hpp"

#include <chrono>
#include <concepts>
#include <optional>
#include <utility>
#include <vector>

namespace lapilli::property {

/// What a property and the stages of its measurement are called.
struct StageNames {
    const char* property;
    const char* setup;
    const char* solve;
};

/// An equation on the pores that percolate, with the solver that it needs: what Laplace's and Stokes' have in common.
///
/// M(options, pores, axis) is the equation of a mean gradient along that axis. Its Options have `axes`, `accuracy`,
/// `max_iterations`, `take_field` and `show_field`, which get the field; its Along is what is found along one axis, with a
/// list of its quantities; its Field is the unknowns, with room for ghosts, which `slices` shows to a memory.
/// `sum_without_walls` is what the sums of the solver would be over an image all pore; `tensor` has those of each two fields
/// of a periodic image, of which a field is empty where nothing percolates. All is collective.
template <class M>
concept Model = requires(M model, typename M::Along along, typename M::Field field, PerAxis<typename M::Field> fields,
                         Axis axis, std::vector<parallel::Slice> slices, double sum, Tensor tensor,
                         const solve::StoppingRule& rule, const solve::Observer& observe, const Step& step)
{
    StageNames{M::names};
    model.turn_to(axis); // on the same pores: what does not depend on the axis stays
    field = model.make_field();
    slices = model.slices(field);
    sum = model.sum_without_walls();
    model.has_solver();
    model.make_solver();
    along = model.solve(rule, observe, step, field);
    model.give(field);
    model.show(field);
    tensor = model.tensor(fields);
};

/// Solves an equation along the axes of an image, or recalls what is remembered of it.
template <Model M>
class AxesSolver {
public:
    using Options = typename M::Options;
    using Along = typename M::Along;

    AxesSolver(Run& run, const image::PoreSpace& pores, const image::Connectivity& connectivity, const Options& options)
        : run_(run), pores_(pores), connectivity_(connectivity), options_(options),
          name_(run.solves.empty() ? M::names.property : run.solves), field_wanted_(options.take_field)
    {
    }

    /// Between the two faces of an axis that percolates.
    Along sealed(Axis axis)
    {
        if (!field_wanted_)
            if (const auto known = step(axis).recall()) return recalled(axis, *known);
        begin_trim(axis);
        auto& model = model_between_faces(axis);
        Field field;
        const auto along = solve(model, axis, field, field_wanted_);
        give(model, field);
        return along;
    }

    /// One equation and one solver serve the gradients along all axes. Nothing takes up a gradient along an axis that
    /// nothing winds around: rows and columns of such axes are zero.
    Tensor periodic(PerAxis<std::optional<Along>>& axes)
    {
        begin_trim();
        const image::PoreSpace winding(pores_, image::trim(pores_, connectivity_));
        if (winding.total_pores() == 0) return Tensor::Zero();
        run_.watch.start(M::names.setup);
        M model(options_, winding, Axis::x);
        PerAxis<Field> fields;
        for (const Axis axis : all_axes) {
            if (!connectivity_.percolates(axis)) continue;
            model.turn_to(axis);
            axes[axis] = solve(model, axis, fields[axis], true); // the tensor needs all three fields
            give(model, fields[axis]);
        }
        auto tensor = model.tensor(fields);
        in_shortest_edges(tensor, pores_);
        return tensor;
    }

private:
    using Field = typename M::Field;
    using Clock = std::chrono::steady_clock;

    Step step(Axis axis) const { return {run_.memory, {name_, axis}}; }

    void begin_trim(std::optional<Axis> axis = {})
    {
        if (run_.progress) run_.progress({.stage = name_, .axis = axis, .phase = "setup"});
        run_.watch.start("trim");
    }

    /// That of the axis before where the same pores percolate along both, turned; else a new one.
    M& model_between_faces(Axis axis)
    {
        if (made_for_ && image::percolate_alike(pores_, connectivity_, *made_for_, axis)) {
            run_.watch.start(M::names.setup);
            model_->turn_to(axis);
        } else {
            model_.reset();
            connected_.reset();
            connected_.emplace(pores_, image::trim(pores_, connectivity_, axis));
            run_.watch.start(M::names.setup);
            model_.emplace(options_, *connected_, axis);
        }
        made_for_ = axis;
        return *model_;
    }

    /// @param keep  the field, too, until the run is done
    Along solve(M& model, Axis axis, Field& field, bool keep)
    {
        field = model.make_field();
        if (const auto known = step(axis).recall(model.slices(field))) return recalled(axis, *known);
        field = Field(); // frees it, which {} does not
        if (!model.has_solver()) {
            run_.watch.start(M::names.setup);
            model.make_solver();
        }
        run_.watch.start(M::names.solve);
        const auto begin = Clock::now();
        const auto along = model.solve({.accuracy = options_.accuracy,
                                        .residual = field_wanted_ ? residual_of_fields : 0,
                                        .max_iterations = options_.max_iterations},
                                       telling(run_.progress, name_, axis, model.sum_without_walls(), options_.accuracy),
                                       step(axis), field);
        run_.solve_times.push_back({name_, axis, std::chrono::duration<double>(Clock::now() - begin).count()});
        const auto kept = keep ? model.slices(field) : std::vector<parallel::Slice>{};
        step(axis).finish(record_of(along), kept);
        return along;
    }

    Along recalled(Axis axis, const Record& outcome)
    {
        run_.solve_times.push_back({.stage = name_, .axis = axis, .recalled = true});
        return result_from<Along>(outcome);
    }

    void give(M& model, Field& field)
    {
        if (field_wanted_) {
            run_.watch.start("fields");
            model.give(field);
        }
        if (options_.show_field) {
            run_.watch.start("pictures");
            model.show(field);
        }
        run_.watch.start(M::names.solve);
    }

    /// Down to which a solve goes on when its field is wanted: the field is not as right as the flux, its error is the root
    /// of the flux's.
    static constexpr double residual_of_fields = 1e-6;

    Run& run_;
    const image::PoreSpace& pores_;
    const image::Connectivity& connectivity_;
    const Options& options_;
    std::string name_; ///< of the solves
    bool field_wanted_;
    std::optional<Axis> made_for_; ///< the last axis of a sealed image that was not recalled
    std::optional<image::PoreSpace> connected_;
    std::optional<M> model_;
};

/// What an equation says of an image along the axes: those of the options, or of a periodic image all, and its tensor
/// [shortest edges]. Collective; the same bits on any number of ranks.
template <Model M>
std::pair<AxisResults<typename M::Along>, std::optional<Tensor>> along_axes(Run& run, const image::PoreSpace& pores,
                                                                            const image::Connectivity& connectivity,
                                                                            const typename M::Options& options)
{
    AxesSolver<M> solver(run, pores, connectivity, options);
    AxisResults<typename M::Along> results{.boundary = pores.beyond()};
    std::optional<Tensor> tensor;
    if (pores.beyond() == Boundary::periodic) {
        for (auto& along : results.axes) along.emplace();
        tensor = solver.periodic(results.axes);
    } else {
        for (const Axis axis : options.axes) {
            auto& along = results.axes[axis].emplace();
            if (connectivity.percolates(axis)) along = solver.sealed(axis); // else an answer: nothing gets through
        }
    }
    run.watch.stop();
    return {std::move(results), tensor};
}

} // namespace lapilli::property
