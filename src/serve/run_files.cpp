// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "serve/run_files.hpp"

#include "serve/answer.hpp"
#include "text/sentence.hpp"

namespace lapilli::serve {

namespace {

std::string text_of_result(int folder)
{
    const auto file = open_file_of(folder, "result.json");
    if (!file) throw refusal(404, "the run has no result.json yet");
    const auto size = stamp_of(file.get())->size;
    if (size > longest_result)
        throw refusal(422, "result.json has {} bytes, but a result has at most {}", text::grouped(size),
                      text::grouped(longest_result));
    return read_text(file.get(), 0, size);
}

} // namespace

results::ResultFile result_of(int folder) { return results::parse_result("result.json", text_of_result(folder)); }

nlohmann::ordered_json result_in_order(int folder) { return results::parse_in_order("result.json", text_of_result(folder)); }

} // namespace lapilli::serve
