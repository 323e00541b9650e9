# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
# The Debian package of the sources, in /package: what scripts/owner/build_image.sh installs in the image unless it is given one.
ARG BASE=docker.io/library/debian:12-slim

FROM ${BASE}
COPY scripts/install_packages /lapilli/scripts/
RUN /lapilli/scripts/install_packages --build --package
COPY CMakeLists.txt CMakePresets.json CITATION.cff LICENSE CHANGELOG.md /lapilli/
COPY cmake /lapilli/cmake
COPY kernels /lapilli/kernels
COPY src /lapilli/src
COPY data /lapilli/data
COPY k8s /lapilli/k8s
COPY scripts /lapilli/scripts
ARG REVISION=
RUN cmake -S /lapilli --preset release -DLAPILLI_GIT_REVISION="${REVISION}" \
 && cmake --build /lapilli/build/release --parallel "$(nproc)" \
 && /lapilli/scripts/owner/build_package.sh --build /lapilli/build/release --out /package
