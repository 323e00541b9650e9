// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "file/atomic_file.hpp"
#include "format/image_formats.hpp"
#include "format/tiff/tiff_file.hpp"
#include "version.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <type_traits>

namespace lapilli::format {
namespace {

/// Classic TIFF ends at 4 GB; deflate may grow what it cannot pack, and each page takes some 300 bytes beside its data.
const char* mode_for(const NewImage& image)
{
    const double most = (1.01 * image.plane_bytes() + 512) * image.shape.nz;
    return most < 4.29e9 ? "w" : "w8";
}

std::uint32_t sample_format(VoxelType type)
{
    return with_type(type, [](auto value) {
        using T = decltype(value);
        if constexpr (std::is_floating_point_v<T>) return SAMPLEFORMAT_IEEEFP;
        return std::is_signed_v<T> ? SAMPLEFORMAT_INT : SAMPLEFORMAT_UINT;
    });
}

class TiffWriter : public ImageWriter {
public:
    TiffWriter(const std::string& path, const NewImage& image)
        : ImageWriter(image), file_(path), tiff_(file_.temporary().string(), mode_for(image), 0)
    {
    }

    void append(std::span<const std::byte> voxels) override
    {
        const PlaneRange planes = take_planes(voxels);
        const std::size_t plane = image_.plane_bytes();
        for (std::int64_t z = planes.first; z < planes.last; ++z)
            write_page(z, voxels.subspan((z - planes.first) * plane, plane));
    }

    void finish() override
    {
        require_all_planes();
        errno = 0;
        if (TIFFFlush(tiff_.get()) != 1) throw tiff_.unwritable();
        tiff_.close();
        file_.commit();
    }

private:
    void write_page(std::int64_t z, std::span<const std::byte> voxels)
    {
        const Shape& shape = image_.shape;
        const std::int64_t row_bytes = shape.nx * bytes_of(image_.type);
        const std::int64_t rows = std::clamp<std::int64_t>((std::int64_t{1} << 20) / row_bytes, 1, shape.ny);
        set_tags(z, rows);
        errno = 0;
        std::uint32_t strip = 0;
        for (std::int64_t y = 0; y < shape.ny; y += rows) {
            const tmsize_t bytes = std::min(rows, shape.ny - y) * row_bytes;
            // libtiff takes a pointer to changeable data, but changes it only for predictors and for other orders of bits.
            void* data = const_cast<std::byte*>(voxels.data() + y * row_bytes);
            if (TIFFWriteEncodedStrip(tiff_.get(), strip++, data, bytes) != bytes) throw tiff_.unwritable();
        }
        if (TIFFWriteDirectory(tiff_.get()) != 1) throw tiff_.unwritable();
    }

    void set_tags(std::int64_t z, std::int64_t rows)
    {
        TIFF* const tiff = tiff_.get();
        // libtiff takes the value as whatever type is handed to it
        const auto set = [&](std::uint32_t tag, std::uint32_t value) { TIFFSetField(tiff, tag, value); };
        set(TIFFTAG_IMAGEWIDTH, image_.shape.nx);
        set(TIFFTAG_IMAGELENGTH, image_.shape.ny);
        set(TIFFTAG_BITSPERSAMPLE, 8 * bytes_of(image_.type));
        set(TIFFTAG_SAMPLESPERPIXEL, 1);
        set(TIFFTAG_SAMPLEFORMAT, sample_format(image_.type));
        set(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
        set(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        set(TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
        set(TIFFTAG_ROWSPERSTRIP, rows);
        if (image_.voxel_edges_m) {
            set(TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
            TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 0.01 / image_.voxel_edges_m->x);
            TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 0.01 / image_.voxel_edges_m->y);
        }
        if (z != 0) return;
        TIFFSetField(tiff, TIFFTAG_SOFTWARE, fmt::format("lapilli {}", version).c_str());
        if (image_.voxel_edges_m) TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, description().c_str());
    }

    /// In ImageJ's words, so that Fiji knows the distance of the planes too; our own line has all digits.
    std::string description() const
    {
        const auto& [x, y, z] = *image_.voxel_edges_m;
        const auto own = image_.voxel_edges_m->cubic() ? fmt::format("{}", x) : fmt::format("{},{},{}", z, y, x);
        return fmt::format("ImageJ=1.53t\nimages={0}\nslices={0}\nunit=cm\nspacing={1}\nvoxel_size_m={2}\n", image_.shape.nz,
                           100 * z, own);
    }

    file::PendingFile file_;
    TiffFile tiff_; // after file_, so that it is closed before the temporary file is removed
};

} // namespace

std::unique_ptr<ImageWriter> create_tiff(const std::string& path, const NewImage& image)
{
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    if (image.shape.ny > most || image.shape.nx > most)
        throw input_error("cannot write {} with planes of {} x {}: TIFF ends at 4 294 967 295; write .h5 or .zarr", path,
                          image.shape.ny, image.shape.nx);
    return std::make_unique<TiffWriter>(path, image);
}

} // namespace lapilli::format
