// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/run.hpp"

#include "image/connectivity.hpp"
#include "study/conductors.hpp"
#include "study/field_files.hpp"
#include "study/identity.hpp"
#include "study/image_labels.hpp"
#include "study/image_remarks.hpp"
#include "study/materials.hpp"
#include "study/pictures.hpp"
#include "study/plan.hpp"
#include "study/plane.hpp"
#include "study/sizes.hpp"
#include "study/solver_options.hpp"
#include "study/warnings.hpp"
#include "text/sentence.hpp"
#include "text/utc_time.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

namespace lapilli::study {

namespace {

/// A study at work; its members are called in the order in which they stand here. All are collective.
class Study {
public:
    Study(const parallel::Communicator& comm, const Options& options, Observer& observer)
        : comm_(comm), options_(options), observer_(observer), pictures_(options_, observer_)
    {
        comm_.together([&] { conducting_ = conductors(options_); });
        run_.progress = [this](const auto& event) { tell(event); };
    }

    void read();
    void announce();
    void label();
    void estimate();
    void remember() { run_.memory = observer_.memory(identity_); }
    void prepare_fields();
    void show_image();
    void pore_size();
    void network();
    void diffusivity();
    void permeability();
    void drainage(); ///< it compares with what these found
    void rev();
    void finish_fields();
    void interfaces();
    Result finished();

private:
    void tell(const ProgressEvent& event) const
    {
        if (comm_.is_root()) observer_.progress(event);
    }
    /// What the grid does to what has just been measured.
    template <class Property, class PropertyOptions>
    property::Resolution resolution(const Property& measured, const PropertyOptions& options)
    {
        return property::measure_resolution(run_, *pores_, property::grid_values(measured), property::grid_property(options),
                                            options_.resolution);
    }

    parallel::Communicator comm_;
    Options options_;
    Observer& observer_;
    property::Run run_;
    Conductors conducting_;
    Result result_;
    Record identity_;
    std::optional<ShiftedPores> shifted_;
    std::optional<image::PoreSpace> pores_, wider_, narrower_;
    image::Connectivity connectivity_;
    std::optional<Sizes> sizes_;
    std::unique_ptr<FieldFiles> fields_;
    Pictures pictures_;
};

void Study::read()
{
    result_.started = text::utc_now();
    run_.watch.start("read");
    const auto source = source_of(options_);
    if (options_.properties.interfaces) options_.materials = materials_of(comm_, source, options_);
    const auto phases = options_.properties.percolation  ? conducting_.phases
                        : options_.properties.interfaces ? phases_of(options_.materials)
                                                         : image::Phases{};
    const bool solves = options_.solves();
    shifted_ = find_labels(comm_, options_, phases, run_.watch, result_);
    comm_.together([&] {
        if (options_.properties.interfaces) check_materials(result_.image, options_.materials);
    });
    result_.warnings = remarks_on(comm_, result_.image, source, phases, solves);
    comm_.together([&] {
        if (options_.properties.rev && !property::Rev::large_enough(result_.image.shape))
            throw input_error("an image of {} voxels is too small to be cut into cubes of several sizes; expected 64 voxels "
                              "or more along each axis; measure a larger piece",
                              text::shape_text(result_.image.shape));
    });
    if (solves || options_.properties.rev) comm_.together([&] { options_.axes = axes_to_solve(options_, result_.image); });
    if (!solves) return;
    require_memory_to_hold(comm_, options_, result_.image, conducting_.phases);
}

/// Says whose results these will be.
void Study::announce()
{
    const auto& image = options_.image;
    result_.voxel_edges_m = image.voxel_edges_m ? image.voxel_edges_m : result_.image.description.voxel_edges_m;
    result_.voxel_by_user = image.voxel_edges_m.has_value();
    result_.crop = image.crop;
    result_.command = options_.command;
    if (options_.properties.percolation) {
        result_.pore = conducting_.labels;
        result_.conductivity = conducting_.of_label;
    }
    identity_ = identity_of(result_, options_);
    result_.settings = settings_of(identity_, options_);
    observer_.image_is_read(result_, identity_);
    tell({.stage = "read"});
}

void Study::label()
{
    run_.watch.start("percolation");
    pores_.emplace(comm_, result_.image.shape, std::move(result_.image.bricks), options_.boundary, result_.edge_ratios());
    pores_->leave_out(std::exchange(result_.image.outside, {}));
    connectivity_ = image::connect(*pores_);
    if (shifted_) {
        options_.resolution.wider = &wider_.emplace(*pores_, std::move(shifted_->wider));
        options_.resolution.narrower = &narrower_.emplace(*pores_, std::move(shifted_->narrower));
    }
    result_.percolation = property::percolation(*pores_, connectivity_, result_.outside_voxels());
    tell({.stage = "percolation"});
}

/// Memory and time, before they are taken.
void Study::estimate()
{
    if (!options_.solves()) return;
    const auto load = within_sample(workload(options_, conducting_.of_phase.size() > 1), *pores_, result_.warnings);
    auto plan = make_plan(*pores_, connectivity_, load, image::piece_of(result_.image.description, result_.image.shape));
    if (options_.plan) {
        result_.plan = std::move(plan);
        return;
    }
    comm_.together([&] { require_memory(options_, plan); });
    const auto& shape = result_.image.shape;
    if (comm_.is_root())
        observer_.solves_begin(
            {property::solve_stages(load, shape), options_.axes, plan.time.solves(), order_of_solves(load, shape)});
}

void Study::prepare_fields()
{
    sizes_.emplace(*pores_, options_, result_);
    const auto folder = observer_.fields_folder();
    if (options_.fields && !folder.empty()) run_.watch.start("fields");
    fields_ = std::make_unique<FieldFiles>(result_, options_, folder, *pores_, connectivity_, sizes_->fields(),
                                           [this](const std::string& sentence) { observer_.warn(sentence); });
}

void Study::show_image()
{
    if (observer_.pictures() == PictureSet::none) return;
    run_.watch.start("pictures");
    pictures_.show_image(*pores_);
}

void Study::pore_size()
{
    if (sizes_->pore_size(run_, fields_->take_lengths())) tell({.stage = "pore_size"});
}

void Study::drainage()
{
    const auto relative = relative_options(options_, conducting_, result_);
    if (sizes_->drainage(run_, fields_->take_lengths(), relative)) tell({.stage = "drainage"});
}

void Study::network()
{
    if (sizes_->network(run_, connectivity_, fields_->take_regions())) tell({.stage = "network"});
}

void Study::diffusivity()
{
    if (!options_.properties.diffusivity) return;
    auto options = diffusivity_options(options_, conducting_, result_);
    options.take_field = fields_->take_concentration();
    options.show_field = pictures_.show_concentration();
    const auto& d = result_.diffusivity.emplace(
        property::measure_diffusivity(run_, *pores_, connectivity_, result_.percolation->porosity(), options));
    if (conducting_.of_phase.size() == 1) // how the error of several phases decays depends on their contrast
        result_.diffusivity_grid = resolution(d, options);
}

void Study::permeability()
{
    if (!options_.flow()) return;
    auto options = permeability_options(options_, result_);
    options.take_field = fields_->take_flow();
    options.show_field = pictures_.show_flow();
    const auto& k = result_.permeability.emplace(property::measure_permeability(run_, *pores_, connectivity_, options));
    result_.permeability_grid = resolution(k, options);
}

void Study::rev()
{
    if (!options_.properties.rev) return;
    result_.rev = property::measure_rev(run_, *pores_, rev_options(options_, conducting_, result_));
    tell({.stage = "rev"});
}

void Study::interfaces()
{
    run_.watch.start("interfaces");
    const auto& shape = result_.image.shape;
    comm_.together([&] {
        if (normal_of_plane(shape))
            throw input_error("interfaces are measured in three dimensions, and {} is one voxel deep; expected two or more",
                              result_.image.description.path);
    });
    const image::PoreSpace materials(comm_, shape, std::move(result_.image.bricks), options_.boundary,
                                     result_.edge_ratios());
    result_.interfaces = property::measure_interfaces(materials, options_.materials);
    tell({.stage = "interfaces"});
}

void Study::finish_fields()
{
    if (run_.memory) run_.memory->check_may_write();
    fields_->finish();
    result_.lost_fields = fields_->fault();
    if (result_.lost_fields) result_.warnings.emplace_back(result_.lost_fields->what());
}

/// What it cost, and what is to be warned of.
Result Study::finished()
{
    if (comm_.is_root()) observer_.ends();
    run_.watch.stop();
    result_.image.bricks = {};
    if (run_.memory) result_.checkpoints = run_.memory->summary();
    result_.timing = run_.watch.over_ranks(comm_);
    result_.solve_times = std::move(run_.solve_times);
    result_.finished = text::utc_now();
    result_.peak_memory_bytes = parallel::peak_memory(comm_);
    result_.ranks = comm_.size();
    result_.hosts = parallel::count_hosts(comm_);
    const auto warnings = warnings_of(result_);
    result_.warnings.insert(result_.warnings.end(), warnings.begin(), warnings.end());
    return std::move(result_);
}

} // namespace

Result run(const parallel::Communicator& comm, const Options& options, Observer& observer)
{
    Study study(comm, options, observer);
    study.read();
    study.announce();
    if (observer.has_results()) return study.finished();
    if (options.properties.percolation) {
        study.label();
        study.estimate();
    }
    if (options.plan && options.solves()) return study.finished();
    study.remember();
    if (options.properties.percolation) {
        study.prepare_fields();
        study.show_image();
        study.pore_size();
        study.network();
        study.diffusivity();
        study.permeability();
        study.drainage();
        study.rev();
        study.finish_fields();
    }
    if (options.properties.interfaces) study.interfaces();
    return study.finished();
}

} // namespace lapilli::study
