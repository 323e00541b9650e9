// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/dicom/dicom_file.hpp"

#include "core/error.hpp"
#include "format/dicom/dicom_elements.hpp"
#include "text/sentence.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lapilli::format {
namespace {

constexpr std::uint32_t shared_groups = 0x52009229, frame_groups = 0x52009230; // of enhanced files
constexpr std::uint32_t pixel_data = 0x7fe00010;

/// Numbers with \ between. Nothing if they are fewer or others.
template <std::size_t count>
std::optional<std::array<double, count>> numbers(const std::string& words)
{
    const auto parts = text::split(words, '\\');
    std::array<double, count> found{};
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view part = i < parts.size() ? parts[i] : std::string_view();
        if (part.starts_with('+')) part.remove_prefix(1);
        const auto number = text::number<double>(part);
        if (!number || !std::isfinite(*number)) return std::nullopt;
        found[i] = *number;
    }
    return found;
}

double number_of(const std::string& words, double otherwise)
{
    const auto found = numbers<1>(words);
    return found ? (*found)[0] : otherwise;
}

std::optional<double> length_of(const std::string& words)
{
    const double length = number_of(words, 0);
    return length > 0 ? std::optional(length) : std::nullopt;
}

/// What is the same for all frames, or stands for each of them.
void take_place(const DicomElements& elements, const DicomElement& element, DicomFile& file)
{
    switch (element.tag) {
    case 0x00280030:
        file.spacing_mm = numbers<2>(elements.text(element));
        break;
    case 0x00180050:
        file.thickness_mm = length_of(elements.text(element));
        break;
    case 0x00180088:
        file.apart_mm = length_of(elements.text(element));
        break;
    case 0x00200037:
        file.directions = numbers<6>(elements.text(element));
        break;
    case 0x00200032:
        if (const auto position = numbers<3>(elements.text(element))) file.positions.push_back(*position);
        break;
    case 0x00281052:
        file.intercept = number_of(elements.text(element), 0);
        break;
    case 0x00281053:
        file.slope = number_of(elements.text(element), 1);
        break;
    default:
        break;
    }
}

/// What the file says of its pixels.
struct Pixels {
    std::int64_t samples = 1, ny = 0, nx = 0, bits = 0, bits_used = 0, high_bit = -1, is_signed = 0;
    std::int64_t at = 0, bytes = 0;
    bool packed = false;
    std::string paint = {};
};

constexpr std::array<std::pair<std::uint32_t, std::int64_t Pixels::*>, 7> numbers_of_pixels{
    {{0x00280002, &Pixels::samples},
     {0x00280010, &Pixels::ny},
     {0x00280011, &Pixels::nx},
     {0x00280100, &Pixels::bits},
     {0x00280101, &Pixels::bits_used},
     {0x00280102, &Pixels::high_bit},
     {0x00280103, &Pixels::is_signed}}};

void take_pixels(const DicomElements& elements, const DicomElement& element, DicomFile& file, Pixels& pixels)
{
    for (const auto& [tag, number] : numbers_of_pixels)
        if (tag == element.tag) pixels.*number = elements.number(element);
    switch (element.tag) {
    case 0x00200013:
        file.instance = static_cast<std::int64_t>(std::clamp(number_of(elements.text(element), 0), -1e9, 1e9));
        break;
    case 0x0020000e:
        file.series = elements.text(element);
        break;
    case 0x00280004:
        pixels.paint = elements.text(element);
        break;
    case 0x00280008:
        file.frames = static_cast<std::int64_t>(std::clamp(number_of(elements.text(element), 1), 0., 1e9));
        break;
    case pixel_data:
        pixels.at = element.at;
        pixels.bytes = element.bytes;
        pixels.packed = element.open;
        break;
    default:
        break;
    }
}

/// Into the description of the file.
void describe(const Pixels& pixels, DicomFile& file)
{
    file.ny = pixels.ny;
    file.nx = pixels.nx;
    file.bits = static_cast<int>(pixels.bits);
    file.bits_used = static_cast<int>(pixels.bits_used);
    file.is_signed = pixels.is_signed == 1;
    file.pixels_at = pixels.at;
    file.white_is_zero = pixels.paint == "MONOCHROME1";
    file.palette = pixels.paint == "PALETTE COLOR";
}

/// Reads the first group, which says how the others are written. @throws Error in a way that is not read
void take_syntax(DicomElements& elements, const file::InputFile& file)
{
    std::string syntax;
    DicomElement element;
    while (elements.next_group() == 2 && elements.next(element))
        if (element.tag == 0x00020010) syntax = elements.text(element);
    const std::string_view plain = "1.2.840.10008.1.2";
    if (syntax == plain) elements.expect_untyped();
    if (syntax.empty() || syntax == plain || syntax == "1.2.840.10008.1.2.1") return;
    if (syntax == "1.2.840.10008.1.2.2" || syntax == "1.2.840.10008.1.2.1.99")
        throw input_error("{} is DICOM in big-endian order or packed as a whole ({}), which is not read; rewrite it with "
                          "gdcmconv --raw --explicit {} PLAIN.dcm",
                          file.path(), syntax, file.path());
    throw input_error(
        "{} has packed pixels (transfer syntax {}), but plain ones are expected; unpack it with gdcmconv --raw "
        "{} PLAIN.dcm",
        file.path(), syntax, file.path());
}

void require_plain(const file::InputFile& file, const DicomFile& image, const Pixels& pixels)
{
    if (pixels.packed)
        throw input_error("{} has packed pixels, but says that they are plain; unpack it with gdcmconv --raw {} PLAIN.dcm",
                          file.path(), file.path());
    const bool known = image.bits == 8 || image.bits == 16 || image.bits == 32;
    if (pixels.samples != 1 || !known || image.bits_used < 1 || image.bits_used > image.bits ||
        (pixels.high_bit >= 0 && pixels.high_bit != image.bits_used - 1))
        throw input_error(
            "{} has {} numbers of {} bits per voxel, {} of them used, but one number of 8, 16 or 32 bits, filled "
            "from below, is expected; convert it to TIFF",
            file.path(), pixels.samples, image.bits, image.bits_used);
    std::int64_t bytes = image.frame_bytes();
    if (image.frames < 1 || __builtin_mul_overflow(bytes, image.frames, &bytes) || bytes > pixels.bytes)
        throw input_error("{} has {} bytes of pixels, too few for {} frames of {} x {} voxels; it was cut off or is damaged",
                          file.path(), text::grouped(pixels.bytes), image.frames, image.nx, image.ny);
}

} // namespace

VoxelType DicomFile::type() const
{
    if (bits == 8) return is_signed ? VoxelType::i8 : VoxelType::u8;
    if (bits == 16) return is_signed ? VoxelType::i16 : VoxelType::u16;
    return is_signed ? VoxelType::i32 : VoxelType::u32;
}

std::optional<double> DicomFile::along(std::int64_t frame) const
{
    if (!directions || frame >= std::ssize(positions)) return std::nullopt;
    const auto& d = *directions;
    const auto& p = positions[frame];
    const std::array normal{d[1] * d[5] - d[2] * d[4], d[2] * d[3] - d[0] * d[5], d[0] * d[4] - d[1] * d[3]};
    return normal[0] * p[0] + normal[1] * p[1] + normal[2] * p[2];
}

bool is_dicom(const file::InputFile& file)
{
    constexpr std::int64_t mark_at = 128;
    std::string mark(4, '\0');
    return file.read_some(mark_at, std::as_writable_bytes(std::span(mark))) == mark.size() && mark == "DICM";
}

DicomFile dicom_file(const file::InputFile& file)
{
    constexpr std::int64_t first = 132; // behind the mark
    DicomElements elements(file, first);
    take_syntax(elements, file);
    DicomFile image{.path = file.path()};
    Pixels pixels;
    bool found = false;
    for (DicomElement element; !found && elements.next(element);) {
        if (element.depth == 0) take_pixels(elements, element, image, pixels);
        if (element.depth == 0 || element.within == shared_groups || element.within == frame_groups)
            take_place(elements, element, image);
        found = element.depth == 0 && element.tag == pixel_data;
    }
    if (pixels.ny < 1 || pixels.nx < 1) return {.path = file.path()};
    if (!found)
        throw input_error("{} promises {} x {} voxels, but has none; it was cut off or is damaged", file.path(), pixels.nx,
                          pixels.ny);
    describe(pixels, image);
    require_plain(file, image, pixels);
    return image;
}

} // namespace lapilli::format
