// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "results/result_folder.hpp"

#include "checkpoint/own_files.hpp"
#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "results/network_files.hpp"
#include "results/picture_file.hpp"
#include "results/report_file.hpp"
#include "results/result_file.hpp"
#include "results/table_files.hpp"
#include "text/system_error.hpp"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <filesystem>

#include <unistd.h>

namespace lapilli::results {

namespace {

namespace fs = std::filesystem;

constexpr const char* result_name = "result.json";

/// A file that a run writes, and how this program knows its own.
struct OwnFile {
    const char* name;
    bool (*is_own)(const fs::path&);
};

constexpr OwnFile own_files[] = {{"lease", checkpoint::is_own_lease},
                                 {"journal.jsonl", checkpoint::is_own_journal},
                                 {"progress.jsonl", checkpoint::is_own_progress_log},
                                 {"fields.h5", checkpoint::is_own_fields},
                                 {"fields.xdmf", checkpoint::is_own_xdmf},
                                 {PictureFile::name, [](const fs::path& path) { return is_own_pictures(path.string()); }},
                                 {report_name, [](const fs::path& path) { return is_own_report(path.string()); }}};

bool is_there(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored)); // also a link that leads nowhere
}

/// @throws Error exit code 2 where the path cannot be made a folder
void check_place(const fs::path& folder)
{
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (fs::is_directory(status)) {
        if (::access(folder.c_str(), W_OK | X_OK) != 0) throw text::system_error("write in", folder.string(), errno);
        return;
    }
    if (fs::exists(status) || is_there(folder))
        throw input_error("the result folder {} cannot be made, because it is a file, a device or a link that leads "
                          "nowhere; name another folder with --out",
                          folder.string());
    if (error && error.value() != ENOENT) throw text::system_error("make the folder", folder.string(), error.value());
    const auto parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
    if (parent != folder) check_place(parent);
}

/// @throws Error where a run could not write a file, or would write over one of others
void check_file(const fs::path& file, bool is_own)
{
    std::error_code ignored;
    const auto status = fs::status(file, ignored);
    const char* kind = fs::is_directory(status) ? "a folder" : "a device, a pipe or a link that leads nowhere";
    if (!fs::is_regular_file(status))
        throw input_error("cannot write {}: it is {}; name another folder with --out", file.string(), kind);
    using fs::perms;
    const auto writable = perms::owner_write | perms::group_write | perms::others_write;
    if ((status.permissions() & writable) == perms::none || ::access(file.c_str(), W_OK) != 0)
        throw input_error("cannot write {}: it is read-only; make it writable, or name another folder with --out",
                          file.string());
    if (!is_own)
        throw input_error("{} was not written by lapilli, or is damaged, and would be lost; expected a folder without such "
                          "a file; name another one with --out, or move the file away",
                          file.string());
}

/// Checkpoints of others are left where they are, but with them the folder is none of ours unless something else in it is.
void check_checkpoints(const fs::path& folder, bool is_own)
{
    const auto path = folder / "checkpoint";
    if (!is_there(path)) return;
    std::error_code error;
    if (!fs::is_directory(path, error))
        throw input_error("{} is no folder, but checkpoints are expected there; name another folder with --out",
                          path.string());
    if (!is_own && !fs::is_empty(path, error))
        throw input_error("{} was not made by lapilli: there is neither a lease nor a {} of it beside; expected an empty "
                          "folder or one of results; name another one with --out",
                          path.string(), result_name);
}

} // namespace

void check_result_folder(const std::string& folder)
{
    const fs::path path(folder);
    check_place(path);
    bool is_own = false; // by anything that is not empty
    for (const auto& [name, is_own_file] : own_files) {
        if (!is_there(path / name)) continue;
        check_file(path / name, is_own_file(path / name));
        std::error_code ignored;
        is_own = is_own || !fs::is_empty(path / name, ignored);
    }
    for (const auto& [name, head] : table_files()) {
        if (!is_there(path / name)) continue;
        check_file(path / name, is_own_table(path / name, head));
        is_own = true;
    }
    for (const auto& file : network_files()) {
        if (!is_there(path / file.name)) continue;
        check_file(path / file.name, is_own_network(path / file.name));
        is_own = true;
    }
    if (is_there(path / result_name)) {
        check_file(path / result_name, true);
        is_own = is_own || !earlier_result(folder).is_null();
    }
    check_checkpoints(path, is_own);
}

void make_result_folder(const std::string& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw text::system_error("make the result folder", folder, error.value());
}

nlohmann::ordered_json earlier_result(const std::string& folder)
{
    const auto file = fs::path(folder) / result_name;
    std::error_code error;
    if (!is_there(file) || (fs::is_regular_file(file) && fs::file_size(file, error) == 0)) return {};
    try {
        return read_in_order(file.string());
    } catch (const Error& refusal) {
        throw input_error("{}; name another folder with --out, or move the file away", refusal.what());
    }
}

void remove_abandoned_files(const std::string& folder)
{
    file::remove_abandoned(fs::path(folder) / result_name);
    for (const auto& own : own_files) file::remove_abandoned(fs::path(folder) / own.name);
}

void remove_fields(const std::string& folder)
{
    std::error_code ignored;
    const fs::path path(folder);
    if (checkpoint::is_own_xdmf(path / "fields.xdmf")) fs::remove(path / "fields.xdmf", ignored);
    if (checkpoint::is_own_fields(path / "fields.h5")) fs::remove(path / "fields.h5", ignored);
}

} // namespace lapilli::results
