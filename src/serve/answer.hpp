// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "file/descriptor.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace lapilli::serve {

using file::Descriptor;

/// Part of a file, which is sent piece by piece.
struct FilePart {
    Descriptor file;
    std::int64_t first = 0, size = 0; ///< [bytes]
};

/// What a request gets: a status, heads and a body, either a text that many answers may share or part of a file.
struct Answer {
    int status = 200;
    std::string type = "application/json";
    std::vector<std::pair<std::string, std::string>> heads = {};
    std::shared_ptr<const std::string> text = {};
    std::shared_ptr<FilePart> file = {};

    std::int64_t size() const { return file ? file->size : text ? static_cast<std::int64_t>(text->size()) : 0; }
};

inline std::shared_ptr<const std::string> shared_text(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

/// A request that gets no more than a status and one sentence.
class Refusal : public std::runtime_error {
public:
    Refusal(int status, const std::string& sentence) : std::runtime_error(sentence), status_(status) {}
    int status() const noexcept { return status_; }

private:
    int status_;
};

template <class... Args>
Refusal refusal(int status, fmt::format_string<Args...> sentence, Args&&... args)
{
    return {status, fmt::format(sentence, std::forward<Args>(args)...)};
}

/// {"error": "one sentence"}
Answer error_answer(int status, const std::string& sentence);

} // namespace lapilli::serve
