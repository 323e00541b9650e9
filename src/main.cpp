// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "cli/application.hpp"
#include "field/fields_apart.hpp"
#include "format/hdf5/hdf5_apart.hpp"
#include "format/jpeg_2000/jpeg_2000.hpp"

int main(int argc, char** argv)
{
    lapilli::format::serve_hdf5(argc, argv);
    lapilli::format::serve_jpeg_2000(argc, argv);
    lapilli::field::serve_fields(argc, argv);
    return lapilli::cli::run(argc, argv);
}
