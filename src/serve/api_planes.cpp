// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "picture/png.hpp"
#include "serve/plane_picture.hpp"
#include "serve/resources.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace lapilli::serve {

namespace {

static_assert(std::endian::native == std::endian::little); // values are sent as they lie in memory

struct FieldsFile {
    Descriptor file;
    std::string key; ///< of this run and this state of the file
};

FieldsFile fields_of(const Call& call)
{
    const auto folder = call.folder();
    auto file = open_file_of(folder.get(), "fields.h5");
    if (!file) throw refusal(404, "the run {} has no fields; run it with --fields", call.id);
    const auto stamp = *stamp_of(file.get());
    return {std::move(file), fmt::format("{} {} {}", call.id, stamp.changed_ns, stamp.size)};
}

/// Runs what asks the reader. @throws Refusal 422 the file is not as it should be, 502 the reader broke off at it
template <class Ask>
auto ask_reader(const Call& call, const Ask& ask)
{
    try {
        return ask(call.site.fields);
    } catch (const Error& error) {
        throw Refusal(error.code() == ExitCode::wrong_input ? 422 : 502, error.what());
    }
}

/// Made once for the same file and words of the address.
Answer of_fields(const Call& call, const char* what, const std::function<CachedText(const Descriptor&)>& make)
{
    const auto source = fields_of(call);
    auto key = source.key + " " + what;
    for (const auto& [name, value] : call.request.target.query)
        if (name != "v") key += " " + name + "=" + value;
    auto answer = cached(call, call.site.pictures, key, [&] { return make(source.file); });
    if (answer.status == 200 && !call.query.text("v").empty())
        answer.heads.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return answer;
}

const field::StoredField& named(const field::FieldList& list, const std::string& name)
{
    const auto found = std::ranges::find(list.fields, name, &field::StoredField::name);
    if (found == list.fields.end()) throw refusal(404, "there is no such field; the list of fields says which there are");
    return *found;
}

field::PlaneOf plane_of(const Query& query, const field::FieldList& list)
{
    const auto component = query.word("component", {"length", "x", "y", "z"});
    field::PlaneOf of{.field = query.text("field"), .component = component == "length" ? -1 : component[0] - 'x'};
    const auto& field = named(list, of.field);
    if (of.component >= 0 && field.components == 1)
        throw refusal(400, "the field {} has no components; leave `component` out", of.field);
    of.across = all_axes[static_cast<std::size_t>(query.word("axis", {"z", "x", "y"})[0] - 'x')];
    const auto planes = list.shape.along(of.across);
    of.index = query.whole("index", 0, planes - 1).value_or(planes / 2);
    return of;
}

struct AskedPlane {
    field::Plane plane;
    field::StoredField field;
    field::PlaneOf of;
};

AskedPlane asked_plane(const Call& call, const Descriptor& file)
{
    return ask_reader(call, [&](field::FieldsApart& reader) {
        const auto list = reader.list(file.get());
        AskedPlane asked{.plane = {}, .field = {}, .of = plane_of(call.query, list)};
        asked.field = named(list, asked.of.field);
        asked.plane = thinned(reader.plane(file.get(), asked.of), call.query.whole("size", 16, 2048).value_or(400));
        return asked;
    });
}

nlohmann::ordered_json field_json(const field::StoredField& field)
{
    return {{"name", field.name},
            {"unit", field.unit},
            {"description", field.description},
            {"components", field.components},
            {"min", field.min},
            {"max", field.max},
            {"mean", field.mean}};
}

} // namespace

Answer list_fields(const Call& call)
{
    return of_fields(call, "list", [&](const Descriptor& file) {
        const auto list = ask_reader(call, [&](field::FieldsApart& reader) { return reader.list(file.get()); });
        nlohmann::ordered_json found{{"shape", {list.shape.nz, list.shape.ny, list.shape.nx}}, {"file", "fields.h5"}};
        for (const auto& field : list.fields) found["fields"].push_back(field_json(field));
        return CachedText{.type = "application/json",
                          .heads = {},
                          .text = shared_text(found.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))};
    });
}

Answer show_slice(const Call& call)
{
    const auto colours = call.query.word("colours", {"viridis", "inferno"});
    const bool log = call.query.word("log", {"0", "1"}) == "1";
    const auto low = call.query.number("lo"), high = call.query.number("hi");
    return of_fields(call, "slice", [&](const Descriptor& file) {
        const auto asked = asked_plane(call, file);
        const auto scale = scale_for(asked.plane, asked.field, asked.of.component,
                                     {.colours = colours, .low = low, .high = high, .log = log});
        CachedText made{.type = "image/png", .heads = {}, .text = shared_text(picture_of(asked.plane, scale))};
        made.heads = {{"X-Scale", fmt::format("{} {}{}", scale.low, scale.high, scale.log ? " log" : "")},
                      {"X-Index", std::to_string(asked.of.index)},
                      {"X-Shape", fmt::format("{} {}", asked.plane.rows, asked.plane.columns)}};
        return made;
    });
}

Answer show_values(const Call& call)
{
    return of_fields(call, "values", [&](const Descriptor& file) {
        auto asked = asked_plane(call, file);
        auto& plane = asked.plane;
        for (std::size_t i = 0; i < plane.pores.size(); ++i)
            if (plane.pores[i] == 0) plane.values[i] = std::numeric_limits<float>::quiet_NaN();
        const auto bytes = std::as_bytes(std::span(plane.values));
        CachedText made{.type = "application/octet-stream", .heads = {}, .text = {}};
        made.text = shared_text(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
        made.heads = {{"X-Shape", fmt::format("{} {}", plane.rows, plane.columns)},
                      {"X-Index", std::to_string(asked.of.index)}};
        return made;
    });
}

Answer show_volume(const Call& call)
{
    const auto size = static_cast<int>(call.query.whole("size", 8, 128).value_or(128));
    return of_fields(call, "volume", [&](const Descriptor& file) {
        const auto found =
            ask_reader(call, [&](field::FieldsApart& reader) { return reader.pore_shares(file.get(), size); });
        const auto tiles = tiled(found);
        CachedText made{.type = "image/png", .heads = {}, .text = {}};
        made.text = shared_text(picture::grey_png(tiles.width, tiles.height, tiles.pixels, picture::Effort::quick));
        const auto& shape = found.shape;
        made.heads = {{"X-Volume", fmt::format("{} {} {} {} {}", shape.nx, shape.ny, shape.nz, tiles.beside, found.factor)}};
        return made;
    });
}

} // namespace lapilli::serve
