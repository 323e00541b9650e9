// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/tiff_file.hpp"

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <utility>

namespace lapilli::io {
namespace {

int keep_message(TIFF* /*tiff*/, void* message, const char* /*module*/, const char* format, va_list arguments)
{
    constexpr int handled = 1; // libtiff then leaves its global handler, which prints, alone
    auto& text = *static_cast<std::string*>(message);
    if (!text.empty()) return handled; // the first error is the cause, the others follow from it
    std::array<char, 256> line{};
    std::vsnprintf(line.data(), line.size(), format, arguments);
    text = line.data();
    return handled;
}

int drop_message(TIFF* /*tiff*/, void* /*message*/, const char* /*module*/, const char* /*format*/, va_list /*arguments*/)
{
    return 1;
}

} // namespace

TiffFile::TiffFile(const std::string& path, const char* mode, std::int64_t largest_allocation)
    : path_(path), message_(std::make_unique<std::string>())
{
    const std::unique_ptr<TIFFOpenOptions, void (*)(TIFFOpenOptions*)> options(TIFFOpenOptionsAlloc(), TIFFOpenOptionsFree);
    if (!options) throw failure("no memory to open {}; free some and run again", path);
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_message, message_.get());
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), drop_message, nullptr);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(largest_allocation));
    tiff_.reset(TIFFOpenExt(path.c_str(), mode, options.get()));
    if (!tiff_) throw input_error("{} cannot be opened as TIFF ({}); is it whole?", path, reason("no reason given"));
}

void TiffFile::close()
{
    message_->clear();
    errno = 0;
    tiff_.reset();
    if (!message_->empty()) throw failure("cannot write {}: {}; free some space and run again", path_, reason(""));
}

std::string TiffFile::reason(std::string_view otherwise)
{
    std::string words = std::exchange(*message_, {});
    while (words.ends_with('.') || words.ends_with('\n')) words.pop_back();
    return words.empty() ? std::string(otherwise) : words;
}

Error TiffFile::unreadable(std::size_t page)
{
    return input_error("{}, page {}, cannot be read ({}); the file was cut off or is damaged", path_, page,
                       reason("its data ends early"));
}

} // namespace lapilli::io
