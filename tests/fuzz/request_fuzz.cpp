// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// Any bytes that come to the port of `lapilli serve`: a request whose parts can lead nowhere but below its folder, or a
// refusal with a status and a sentence.
#include "fuzz/input.hpp"
#include "fuzz/verdict.hpp"
#include "serve/head.hpp"
#include "serve/range.hpp"
#include "serve/run_id.hpp"

#include <boost/asio/buffer.hpp>

using namespace lapilli;
using namespace lapilli::fuzz;

namespace {

void check_target(const serve::Target& target)
{
    for (const auto& part : target.parts) {
        require(!part.empty() && part != "." && part != "..", "a part is a name", part);
        require(part.find_first_of("/\\") == std::string::npos, "a part has no slash", part);
        require(part.find('\0') == std::string::npos, "a part has no end within", part);
        try {
            const auto folder = serve::folder_of(part);
            require(serve::id_of(folder) == part, "a folder leads back to its run", part);
            require(folder.find("..") == std::string::npos || folder.find("/..") == std::string::npos, "no way leads up",
                    folder);
            require(folder[0] != '/' && folder[0] != '.', "a folder lies below", folder);
        } catch (const serve::Refusal&) {
        }
    }
}

void check_range(const std::string& range)
{
    constexpr std::int64_t size = 1000;
    serve::Answer answer;
    answer.file = std::make_shared<serve::FilePart>(serve::FilePart{.file = {}, .first = 0, .size = size});
    serve::cut_to_range(answer, range);
    require(answer.file->first >= 0 && answer.file->size > 0 && answer.file->first + answer.file->size <= size,
            "a range lies within the file", range);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    serve::HeadParser parser;
    parser.header_limit(serve::longest_head);
    parser.body_limit(0);
    boost::beast::error_code error;
    parser.put(boost::asio::const_buffer(data, size), error);
    try {
        if (error && error != boost::beast::http::error::need_more) throw serve::refusal_of_head(error);
        if (!parser.is_header_done()) return 0;
        const auto request = serve::read_head(parser, serve::HostNames({"runs.example"}));
        check_target(request.target);
        check_range(request.range);
    } catch (const serve::Refusal& refusal) {
        require(refusal.status() >= 400 && refusal.status() < 600, "a refusal has its status", refusal.what());
        const auto answer = serve::error_answer(refusal.status(), refusal.what());
        require(answer.text->find('\n') + 1 == answer.text->size(), "a refusal is one line", *answer.text);
    }
    return 0;
}
