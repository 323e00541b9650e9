// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/headed/netcdf_header.hpp"

#include "core/error.hpp"
#include "format/headed/header_bytes.hpp"

#include <algorithm>

namespace lapilli::format {
namespace {

/// Types by their numbers from 1 on; the second is of letters.
constexpr std::array<std::optional<VoxelType>, 11> netcdf_types{
    VoxelType::i8, std::nullopt,   VoxelType::i16, VoxelType::i32, VoxelType::f32, VoxelType::f64,
    VoxelType::u8, VoxelType::u16, VoxelType::u32, VoxelType::i64, VoxelType::u64};

/// Reads the header from its beginning to its end; numbers have their high byte first.
class NetcdfParser {
public:
    NetcdfParser(std::string_view bytes, const std::string& path) : bytes_(bytes, true), path_(path)
    {
        const int version = bytes_.get<unsigned char>(3);
        wide_count_ = version == 5;
        wide_offset_ = version != 1;
        at_ = 4;
    }

    NetcdfHeader parse()
    {
        constexpr std::uint32_t streaming = 0xffffffff;
        NetcdfHeader header;
        const std::int64_t records = count();
        for (std::int64_t left = list(); left > 0; --left) {
            auto name = this->name();
            header.dimensions.push_back({std::move(name), count()});
            if (header.dimensions.back().length != 0) continue;
            record_dimension_ = header.dimensions.size() - 1;
            header.dimensions.back().length = records == streaming ? 0 : records;
        }
        header.attributes = attributes();
        for (std::int64_t left = list(); left > 0; --left) header.variables.push_back(variable());
        return header;
    }

private:
    template <class T>
    T next()
    {
        const auto read = bytes_.find<T>(at_);
        if (!read)
            throw input_error("{} ends within its header; it was cut off or is damaged, fetch or make it again", path_);
        at_ += sizeof(T);
        return *read;
    }

    /// What cannot be counted is damaged.
    std::int64_t count()
    {
        const std::int64_t number = wide_count_ ? next<std::int64_t>() : next<std::uint32_t>();
        if (number < 0) throw input_error("{} has a header with negative lengths; it is damaged", path_);
        return number;
    }

    /// The number of entries of a list, each of which has some bytes of its own.
    std::int64_t list()
    {
        next<std::uint32_t>(); // what kind of list
        const std::int64_t entries = count();
        if (entries > static_cast<std::int64_t>(bytes_.size()))
            throw input_error("{} has a header with more entries than it has room for; it is damaged", path_);
        return entries;
    }

    std::string_view text(std::int64_t size)
    {
        const auto left = static_cast<std::int64_t>(bytes_.size() - std::min(at_, bytes_.size()));
        if (size > left) throw input_error("{} ends within its header; it was cut off or is damaged", path_);
        const auto words = bytes_.text(at_, static_cast<std::size_t>(size));
        at_ += static_cast<std::size_t>((size + 3) / 4 * 4); // of which all lengths are multiples
        return words;
    }

    std::string name() { return std::string(text(count())); }

    NetcdfAttributes attributes()
    {
        NetcdfAttributes found;
        for (std::int64_t left = list(); left > 0; --left) {
            auto name = this->name();
            const auto type = this->type();
            const std::int64_t values = count();
            NetcdfAttribute attribute;
            const std::int64_t size = type ? bytes_of(*type) : 1;
            if (values > static_cast<std::int64_t>(bytes_.size()))
                throw input_error("{} ends within its header; it was cut off or is damaged", path_);
            const HeaderBytes raw(text(values * size), true);
            if (!type) attribute.text = raw.text(0, raw.size());
            for (std::int64_t i = 0; type && i < std::min<std::int64_t>(values, 4); ++i)
                attribute.numbers.push_back(with_type(*type, [&](auto value) {
                    return static_cast<double>(raw.get<decltype(value)>(static_cast<std::size_t>(i * size)));
                }));
            found.emplace(std::move(name), std::move(attribute));
        }
        return found;
    }

    std::optional<VoxelType> type()
    {
        const auto code = next<std::uint32_t>();
        if (code < 1 || code > netcdf_types.size())
            throw input_error("{} has a header with the type {}, which netCDF does not know; it is damaged", path_, code);
        return netcdf_types[code - 1];
    }

    NetcdfVariable variable()
    {
        NetcdfVariable variable{.name = name()};
        std::int64_t axes = count();
        if (axes > static_cast<std::int64_t>(bytes_.size()))
            throw input_error("{} has a header with more axes than it has room for; it is damaged", path_);
        for (; axes > 0; --axes) variable.dimensions.push_back(static_cast<std::size_t>(count()));
        variable.attributes = attributes();
        variable.type = type();
        count(); // the size, which does not hold large ones
        variable.offset = wide_offset_ ? next<std::int64_t>() : next<std::uint32_t>();
        variable.of_records = !variable.dimensions.empty() && variable.dimensions[0] == record_dimension_;
        return variable;
    }

    HeaderBytes bytes_;
    const std::string& path_;
    std::size_t at_ = 0;
    bool wide_count_ = false, wide_offset_ = false;
    std::optional<std::size_t> record_dimension_;
};

} // namespace

NetcdfHeader parse_netcdf(std::string_view bytes, const std::string& path) { return NetcdfParser(bytes, path).parse(); }

} // namespace lapilli::format
