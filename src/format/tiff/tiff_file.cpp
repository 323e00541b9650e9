// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/tiff/tiff_file.hpp"

#include "file/atomic_file.hpp"
#include "text/system_error.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

namespace lapilli::format {
int TiffFile::keep(std::string& first, const char* format, va_list arguments)
{
    constexpr int handled = 1;          // libtiff then leaves its global handler, which prints, alone
    if (!first.empty()) return handled; // the first error is the cause, the others follow from it
    std::array<char, 256> line{};
    std::vsnprintf(line.data(), line.size(), format, arguments);
    first = line.data();
    return handled;
}

TiffFile::TiffFile(const std::string& path, const char* mode, std::int64_t largest_allocation)
    : path_(path), messages_(std::make_unique<Messages>())
{
    const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree);
    if (!options) throw failure("no memory to open {}; free some and run again", path);
    const auto error = [](TIFF*, void* messages, const char* /*module*/, const char* format, va_list arguments) {
        return keep(static_cast<Messages*>(messages)->error, format, arguments);
    };
    const auto warning = [](TIFF*, void* messages, const char* /*module*/, const char* format, va_list arguments) {
        return keep(static_cast<Messages*>(messages)->warning, format, arguments);
    };
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), error, messages_.get());
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), warning, messages_.get());
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), largest_allocation);
    errno = 0;
    tiff_.reset(TIFFOpenExt(path.c_str(), mode, options.get()));
    if (!tiff_ && *mode == 'w') throw unwritable(); // whose header goes to the disk at once
    if (!tiff_) throw input_error("{} cannot be opened as TIFF ({}); is it whole?", path, reason("no reason given"));
}

void TiffFile::close()
{
    forget();
    errno = 0;
    tiff_.reset();
    if (!messages_->error.empty()) throw unwritable();
}

void TiffFile::forget() { *messages_ = {}; }

bool TiffFile::complained() const { return !messages_->error.empty() || !messages_->warning.empty(); }

std::string TiffFile::reason(std::string_view otherwise)
{
    std::string words = std::exchange(messages_->error, {});
    while (words.ends_with('.') || words.ends_with('\n')) words.pop_back();
    return words.empty() ? std::string(otherwise) : words;
}

Error TiffFile::unwritable()
{
    const auto shown = path_.substr(0, file::name_without_tag(path_));
    if (errno != 0) return text::system_error("write", shown, errno);
    return failure("cannot write {}: {}; free some space and run again", shown, reason("no reason given"));
}

Error TiffFile::unreadable(std::size_t page)
{
    return input_error("{}, page {}, cannot be read ({}); the file was cut off or is damaged", path_, page,
                       reason("its data ends early"));
}

} // namespace lapilli::format
