// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"
#include "format/jpeg_2000/jpeg_2000_codestream.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include <openjpeg.h>

namespace lapilli::format {
namespace {

template <auto destroy>
struct Destroy {
    template <class T>
    void operator()(T* it) const
    {
        destroy(it);
    }
};

/// OpenJPEG at work on one file, from its begin to its end.
class Decoder {
public:
    explicit Decoder(const file::InputFile& file);

    /// What the file says of its picture; the numbers are not there yet. @throws Error no JPEG 2000, or a damaged one
    const opj_image_t& header() const { return *image_; }
    /// The numbers of the picture, once. @throws Error it is damaged or cut off
    std::span<const OPJ_INT32> numbers();

private:
    static OPJ_SIZE_T read(void* bytes, OPJ_SIZE_T count, void* decoder);
    static OPJ_OFF_T skip(OPJ_OFF_T count, void* decoder);
    static OPJ_BOOL seek(OPJ_OFF_T place, void* decoder);
    static void take_reason(const char* reason, void* decoder);
    [[noreturn]] void refuse() const;

    const file::InputFile& file_;
    std::int64_t at_ = 0;
    std::string reason_; ///< the first that the library gives
    std::unique_ptr<opj_stream_t, Destroy<opj_stream_destroy>> stream_;
    std::unique_ptr<opj_codec_t, Destroy<opj_destroy_codec>> codec_;
    std::unique_ptr<opj_image_t, Destroy<opj_image_destroy>> image_;
};

Decoder::Decoder(const file::InputFile& file) : file_(file)
{
    std::array<char, 4> begin{};
    file.read_some(0, std::as_writable_bytes(std::span(begin)));
    const bool bare = std::string_view(begin.data(), begin.size()) == "\xff\x4f\xff\x51";
    constexpr OPJ_SIZE_T piece = 1 << 16;
    stream_.reset(opj_stream_create(piece, OPJ_TRUE));
    codec_.reset(opj_create_decompress(bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
    if (!stream_ || !codec_) throw failure("no memory to unpack {}; free some and run again", file.path());
    opj_stream_set_user_data(stream_.get(), this, nullptr);
    opj_stream_set_user_data_length(stream_.get(), file.size());
    opj_stream_set_read_function(stream_.get(), read);
    opj_stream_set_skip_function(stream_.get(), skip);
    opj_stream_set_seek_function(stream_.get(), seek);
    opj_set_error_handler(codec_.get(), take_reason, this);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG; // indices of a palette are the labels
    opj_image_t* image = nullptr;
    const bool fine = opj_setup_decoder(codec_.get(), &parameters) && opj_read_header(stream_.get(), codec_.get(), &image);
    image_.reset(image);
    if (!fine || !image_) refuse();
}

std::span<const OPJ_INT32> Decoder::numbers()
{
    if (!opj_decode(codec_.get(), stream_.get(), image_.get()) || !opj_end_decompress(codec_.get(), stream_.get())) refuse();
    const auto& plane = image_->comps[0];
    if (plane.data == nullptr) refuse();
    return {plane.data, static_cast<std::size_t>(plane.w) * plane.h};
}

OPJ_SIZE_T Decoder::read(void* bytes, OPJ_SIZE_T count, void* decoder)
{
    auto& it = *static_cast<Decoder*>(decoder);
    try {
        const auto taken = it.file_.read_some(it.at_, {static_cast<std::byte*>(bytes), count});
        it.at_ += taken;
        return taken > 0 ? taken : static_cast<OPJ_SIZE_T>(-1);
    } catch (const Error& error) { // an exception may not pass through C
        take_reason(error.what(), decoder);
        return static_cast<OPJ_SIZE_T>(-1);
    }
}

OPJ_OFF_T Decoder::skip(OPJ_OFF_T count, void* decoder)
{
    auto& it = *static_cast<Decoder*>(decoder);
    if (count < 0 || count > it.file_.size() - it.at_) return -1;
    it.at_ += count;
    return count;
}

OPJ_BOOL Decoder::seek(OPJ_OFF_T place, void* decoder)
{
    auto& it = *static_cast<Decoder*>(decoder);
    if (place < 0 || place > it.file_.size()) return OPJ_FALSE;
    it.at_ = place;
    return OPJ_TRUE;
}

void Decoder::take_reason(const char* reason, void* decoder)
{
    auto& kept = static_cast<Decoder*>(decoder)->reason_;
    if (kept.empty()) kept = std::string_view(reason).substr(0, std::strcspn(reason, "\n"));
}

void Decoder::refuse() const
{
    throw input_error("{} is damaged or was cut off ({}); fetch or make it again", file_.path(),
                      reason_.empty() ? "no JPEG 2000" : reason_);
}

/// @throws Error what is not read
void require_readable(const file::InputFile& file, const Decoder& decoder)
{
    const auto& image = decoder.header();
    const auto& plane = image.comps[0];
    if (image.numcomps != 1 || plane.dx != 1 || plane.dy != 1 || plane.prec > 16)
        throw input_error(
            "{} is JPEG 2000 of {} bits, every {}th pixel, but 16 at most and every pixel are read; save it as "
            "TIFF",
            file.path(), plane.prec, std::max(plane.dx, plane.dy));
}

VoxelType type_of(const opj_image_comp_t& plane)
{
    if (plane.prec > 8) return plane.sgnd ? VoxelType::i16 : VoxelType::u16;
    return plane.sgnd ? VoxelType::i8 : VoxelType::u8;
}

class Jpeg2000Reader : public ImageReader {
public:
    explicit Jpeg2000Reader(file::InputFile file) : file_(std::move(file))
    {
        require_whole_jpeg_2000(file_);
        const Decoder decoder(file_);
        require_readable(file_, decoder);
        const auto& plane = decoder.header().comps[0];
        description_ = {.path = file_.path(), .shape = {1, plane.h, plane.w}, .type = type_of(plane)};
        description_.format = fmt::format("JPEG 2000 {}", name(description_.type));
    }

    bool streamed() const override { return false; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        if (planes.count() == 0) return;
        Decoder decoder(file_);
        const auto numbers = decoder.numbers();
        if (std::ssize(numbers) != description_.shape.plane() || type_of(decoder.header().comps[0]) != description_.type)
            throw input_error("{} has changed while it was read; run again when nobody writes to it", file_.path());
        with_type(description_.type, [&](auto zero) {
            using T = decltype(zero);
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                const auto voxel = static_cast<T>(numbers[i]);
                std::memcpy(&voxels[i * sizeof(T)], &voxel, sizeof(T));
            }
        });
    }

private:
    file::InputFile file_;
};

} // namespace

std::unique_ptr<ImageReader> open_jpeg_2000(file::InputFile file)
{
    return std::make_unique<Jpeg2000Reader>(std::move(file));
}

} // namespace lapilli::format
