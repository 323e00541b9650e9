// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "field/fields_apart.hpp"

#include "core/error.hpp"
#include "field/open_fields.hpp"
#include "file/descriptor.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <new>
#include <span>
#include <string_view>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace lapilli::field {

namespace {

using format::Pipe;
using nlohmann::json;

constexpr const char* own_name = "lapilli-fields-reader";
constexpr int patience_s = 20;
constexpr int rest_s = 60;                        // after which files are closed
constexpr std::uint64_t most_values = 36'000'000; // as much as a plane may have
constexpr rlim_t most_memory = rlim_t{3} << 30;   // beside what a process has when it begins

/// Addresses of this process [bytes], many under a sanitizer.
rlim_t memory_now()
{
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

template <class T>
bool put_all(const Pipe& pipe, const std::vector<T>& values)
{
    return pipe.put_value(values.size()) && pipe.put(std::as_bytes(std::span(values)));
}

/// False where the other end is gone, or says what cannot be.
template <class T>
bool take_all(const Pipe& pipe, std::vector<T>& values)
{
    std::size_t count = 0;
    if (!pipe.take_value(count) || count > most_values) return false;
    values.resize(count);
    return pipe.take(std::as_writable_bytes(std::span(values)));
}

json list_json(const StoredFields& stored)
{
    const auto of = stored.of();
    json list{{"shape", {stored.shape().nz, stored.shape().ny, stored.shape().nx}},
              {"image_digest", of.image_digest},
              {"boundary", of.boundary},
              {"fields", json::array()}};
    for (const auto& f : stored.fields())
        list["fields"].push_back({{"name", f.name},
                                  {"unit", f.unit},
                                  {"description", f.description},
                                  {"components", f.components},
                                  {"min", f.min},
                                  {"max", f.max},
                                  {"mean", f.mean}});
    return list;
}

FieldList list_from(const json& list)
{
    const auto& shape = list.at("shape");
    FieldList found{.shape = {shape.at(0), shape.at(1), shape.at(2)},
                    .of = {.image_digest = list.at("image_digest"), .boundary = list.at("boundary")},
                    .fields = {}};
    for (const auto& f : list.at("fields"))
        found.fields.push_back({.name = f.at("name"),
                                .unit = f.at("unit"),
                                .description = f.at("description"),
                                .components = f.at("components"),
                                .min = f.at("min"),
                                .max = f.at("max"),
                                .mean = f.at("mean")});
    return found;
}

/// Reads one request and answers it: true and what was asked for, or false and a sentence.
void answer(const Pipe& pipe, const json& request, StoredFields& stored)
{
    const auto what = request.at("what").get<std::string>();
    if (what == "list") {
        const auto text = list_json(stored).dump(-1, ' ', false, json::error_handler_t::replace);
        pipe.put_value(true) && pipe.put(text);
    } else if (what == "plane") {
        const auto plane = stored.plane({.field = request.at("field"),
                                         .across = all_axes.at(request.at("across").get<std::size_t>()),
                                         .index = request.at("index"),
                                         .component = request.at("component")});
        pipe.put_value(true) && pipe.put_value(plane.rows) && pipe.put_value(plane.columns) && put_all(pipe, plane.values) &&
            put_all(pipe, plane.pores);
    } else {
        const auto shares = stored.pore_shares(request.at("most"));
        pipe.put_value(true) && pipe.put_value(shares.shape) && pipe.put_value(shares.factor) &&
            put_all(pipe, shares.shares);
    }
}

} // namespace

FieldsApart::FieldsApart() : FieldsApart([](int socket) { return format::spawn_itself(own_name, socket); }) {}

template <class Take>
void FieldsApart::ask(int file, const std::string& request, const Take& take)
{
    const std::lock_guard lock(mutex_);
    if (process_ && process_->pipe().wait(0)) { // who has not been asked says nothing: it ended, for want of memory maybe
        process_.reset();
        ++restarts_;
    }
    if (!process_) {
        process_ = std::make_unique<format::IsolatedProcess>(start_);
        process_->pipe().give_up_after(patience_s);
    }
    const auto pipe = process_->pipe();
    auto at_work = std::move(process_); // and gone with what it still has to say, unless it says it to the end
    bool well = false;
    std::string sentence;
    const bool answered =
        pipe.put(request) && pipe.put_file(file) && pipe.take_value(well) && (well ? take(pipe) : pipe.take(sentence));
    if (answered) process_ = std::move(at_work);
    if (answered && well) return;
    if (answered) throw Error(ExitCode::wrong_input, sentence);
    ++restarts_;
    throw failure("the reader of fields.h5 broke off, so the file is damaged or takes too long to unpack; run the program "
                  "again with --fields to have it anew");
}

FieldList FieldsApart::list(int file)
{
    std::string text;
    ask(file, json{{"what", "list"}}.dump(), [&](const Pipe& pipe) { return pipe.take(text); });
    return list_from(json::parse(text));
}

Plane FieldsApart::plane(int file, const PlaneOf& of)
{
    Plane plane;
    const json request{{"what", "plane"},
                       {"field", of.field},
                       {"across", index(of.across)},
                       {"index", of.index},
                       {"component", of.component}};
    ask(file, request.dump(-1, ' ', false, json::error_handler_t::replace), [&](const Pipe& pipe) {
        const bool all = pipe.take_value(plane.rows) && pipe.take_value(plane.columns) && take_all(pipe, plane.values) &&
                         take_all(pipe, plane.pores);
        const auto size = plane.rows * plane.columns;
        return all && plane.rows > 0 && plane.rows <= 65'536 && plane.columns > 0 && plane.columns <= 65'536 &&
               std::ssize(plane.values) == size && (plane.pores.empty() || std::ssize(plane.pores) == size);
    });
    return plane;
}

PoreShares FieldsApart::pore_shares(int file, int most)
{
    PoreShares shares;
    ask(file, json{{"what", "shares"}, {"most", most}}.dump(), [&](const Pipe& pipe) {
        const bool all = pipe.take_value(shares.shape) && pipe.take_value(shares.factor) && take_all(pipe, shares.shares);
        const auto& shape = shares.shape;
        const bool small =
            shape.nz > 0 && shape.ny > 0 && shape.nx > 0 && shape.nz <= most && shape.ny <= most && shape.nx <= most;
        return all && small && std::ssize(shares.shares) == shape.voxels();
    });
    return shares;
}

void serve_fields(int argc, const char* const* argv)
{
    if (argc == 2 && std::string_view(argv[0]) == own_name) serve_fields(Pipe(std::atoi(argv[1])));
}

void serve_fields(const Pipe& pipe)
{
    format::live_isolated();
    const rlim_t most = memory_now() + most_memory;
    const rlimit memory{most, most}, nothing{0, 0};
    ::setrlimit(RLIMIT_AS, &memory);
    ::setrlimit(RLIMIT_FSIZE, &nothing);
    OpenFields files;
    std::string request;
    for (;;) {
        if (!pipe.wait(rest_s)) files.close_all();
        if (!pipe.take(request)) break;
        const file::Descriptor file(pipe.take_file());
        if (!file) break;
        std::string sentence;
        try {
            answer(pipe, json::parse(request), files.of(file.get()));
            continue;
        } catch (const Error& error) {
            sentence = error.what();
        } catch (const std::bad_alloc&) {
            sentence = "there is no memory for so large a plane";
        } catch (const std::exception&) { // of JSON, which only the other end writes
            break;
        }
        pipe.put_value(false) && pipe.put(sentence);
    }
    ::_exit(0);
}

} // namespace lapilli::field
