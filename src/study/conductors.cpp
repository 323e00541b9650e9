// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "study/conductors.hpp"

#include "core/error.hpp"

#include <algorithm>

namespace lapilli::study {

Conductors conductors(const Options& options)
{
    Conductors c;
    if (options.conductivity.empty()) {
        c.labels = options.image.pores();
        for (const auto label : c.labels) c.phases[label] = 1;
        c.of_phase = {1.0};
        return c;
    }
    for (const auto& [label, sigma] : options.conductivity) {
        c.labels.push_back(label);
        c.of_label.push_back(sigma);
        auto phase = std::find(c.of_phase.begin(), c.of_phase.end(), sigma);
        if (phase == c.of_phase.end()) phase = c.of_phase.insert(phase, sigma);
        const auto number = phase - c.of_phase.begin() + 1;
        constexpr int most = image::outside_phase - 1;
        if (number > most)
            throw input_error("--conductivity gives more than {0} different values; expected at most {0}; merge some", most);
        c.phases[label] = static_cast<std::uint8_t>(number);
    }
    return c;
}

} // namespace lapilli::study
