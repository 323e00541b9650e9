// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "report/places.hpp"

#include <fmt/format.h>

namespace lapilli::report {

std::vector<std::string> places_of(const std::string& property, const std::string& key, Axis axis)
{
    return {fmt::format("/result/{}/{}/{}", property, name(axis), key),
            fmt::format("/result/{}/solves/{}/{}", property, name(axis), key),
            fmt::format("/result/{}/{}/{}", property, key, name(axis))};
}

std::string quote_place(const std::string& property, const std::string& key, Axis axis)
{
    return fmt::format("/summary/{}/{}/{}", property, name(axis), key);
}

std::string entry_place(const std::string& property, const std::string& tensor, Axis row, Axis column)
{
    return fmt::format("/result/{}/{}/{}/{}", property, tensor, index(row), index(column));
}

} // namespace lapilli::report
