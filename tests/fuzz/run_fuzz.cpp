// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The folder of a run with any bytes in it: a row of the list that is JSON and small, whatever it says.
#include "fuzz/input.hpp"
#include "fuzz/verdict.hpp"
#include "serve/run_row.hpp"

#include <cstdlib>
#include <fstream>

using namespace lapilli;
using namespace lapilli::fuzz;

namespace {

/// A folder in memory, for the life of the process.
const std::string& folder()
{
    static const std::string made = [] {
        std::string name = "/dev/shm/lapilli-fuzz-XXXXXX";
        require(::mkdtemp(name.data()) != nullptr, "there is a folder", name);
        return name;
    }();
    return made;
}

void write(const char* name, std::string_view text) { std::ofstream(folder() + "/" + name) << text; }

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    Input input(data, size);
    const bool with_head = input.choose(2) == 0;
    const std::string text = input.text();
    const auto middle = text.find('\f'); // between the two files
    const auto head = with_head ? R"({"schema":1,"status":"done","program":{"name":"lapilli"},)" : "";
    write("result.json", head + text.substr(0, middle) + (with_head ? "}" : ""));
    write("progress.jsonl", middle == std::string::npos ? text : text.substr(middle + 1));
    const auto open = file::open_folder(folder());
    const auto row = serve::make_row("run", open.get(), serve::stamps_of(open.get()), 2e9);
    require(nlohmann::json::accept(row->json), "a row is JSON", row->json);
    require(row->json.size() < 64'000, "a row is small", row->json);
    require(!row->status.empty(), "a row has a state", row->json);
    return 0;
}
