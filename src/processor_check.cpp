// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
// The only file compiled for the oldest processor of the family: it has to run where the others cannot.
#include <unistd.h>

#include <string_view>

namespace {

/// Before any other code of the program, static initialisers included: one sentence instead of "Illegal instruction".
[[gnu::constructor(101)]] void check_processor()
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) return;
    constexpr std::string_view sentence =
        "lapilli: error: this processor lacks AVX2, FMA or BMI2, which the program was built for; expected one of 2015 or "
        "later; build it here from its sources with -DLAPILLI_ARCH=x86-64\n";
    static_cast<void>(!write(STDERR_FILENO, sentence.data(), sentence.size()));
    _exit(1);
}

} // namespace
