// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "field/fields_apart.hpp"

#include <nlohmann/json.hpp>

namespace lapilli::study {

/// The pictures of a report by their names, as an observer gets them on the way, made of a fields.h5 that is there. It does
/// not tell phases apart. One process, not collective.
/// @param list  of that file
/// @throws Error the file is refused, or the reader broke off at it
nlohmann::ordered_json stored_pictures(field::FieldsApart& reader, int file, const field::FieldList& list);

} // namespace lapilli::study
