// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "core/error.hpp"
#include "support/catch.hpp"

using namespace lapilli;

TEST_CASE("wrong input is final and a failure may heal")
{
    CHECK(input_error("no").code() == ExitCode::wrong_input);
    CHECK(failure("no").code() == ExitCode::failed);
    CHECK(static_cast<int>(ExitCode::failed) == 1);
    CHECK(static_cast<int>(ExitCode::wrong_input) == 2);
    CHECK(static_cast<int>(ExitCode::not_converged) == 3);
}

TEST_CASE("an error says its sentence with the values in it")
{
    const Error error = input_error("{} has {} bytes; 64 were expected", "a.raw", 63);
    CHECK(std::string(error.what()) == "a.raw has 63 bytes; 64 were expected");
}

TEST_CASE("an error is caught as a standard exception")
{
    CHECK_THROWS_AS(throw failure("the disk is full"), std::runtime_error);
}
