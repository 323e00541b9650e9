// SPDX-FileCopyrightText: the Lapilli authors
// SPDX-License-Identifier: BSD-3-Clause
#include "format/isolated_reader.hpp"

#include "core/error.hpp"
#include "format/isolated_process.hpp"

#include <csignal>
#include <cstring>
#include <exception>
#include <utility>
#include <vector>

#include <sys/time.h>

namespace lapilli::format {
namespace {

using std::chrono::seconds;

/// What has no text in an ImageDescription.
struct Numbers {
    Shape shape;
    VoxelType type;
    std::optional<VoxelEdges> voxel_edges_m;
    std::int64_t layer;
    std::size_t remarks, voxel_remarks;
    bool streamed;
    bool is_plain, swap; ///< PlainVoxels but for its file, an empty text where there are none
    std::int64_t offset;
};

/// Ends this process when it has used so much processor time.
void allow(seconds patience)
{
    itimerval timer{};
    timer.it_value.tv_sec = patience.count();
    ::setitimer(ITIMER_PROF, &timer, nullptr);
}

/// Does the work and sends how it ended: 0, or an exit code and a sentence. False if it failed, or nobody listens.
template <class Work>
bool try_and_tell(const Pipe& pipe, Work&& work)
{
    constexpr int fine = 0;
    try {
        work();
        return pipe.put_value(fine);
    } catch (const Error& error) {
        pipe.put_value(static_cast<int>(error.code()));
        pipe.put(std::string(error.what()));
    } catch (const std::exception& error) {
        pipe.put_value(static_cast<int>(ExitCode::failed));
        pipe.put("reading failed (" + std::string(error.what()) + "); free some memory and run again");
    }
    return false;
}

class IsolatedReader : public ImageReader {
public:
    IsolatedReader(std::string path, std::unique_ptr<IsolatedProcess> process)
        : path_(std::move(path)), process_(std::move(process))
    {
        const Pipe pipe = process_->pipe();
        require_success();
        Numbers numbers{};
        require(pipe.take_value(numbers));
        PlainVoxels plain{.offset = numbers.offset, .swap = numbers.swap};
        for (auto* text : {&description_.path, &description_.format, &description_.voxel_by, &plain.file})
            require(pipe.take(*text));
        description_.remarks.resize(numbers.remarks);
        description_.voxel_remarks.resize(numbers.voxel_remarks);
        for (auto* remarks : {&description_.remarks, &description_.voxel_remarks})
            for (auto& remark : *remarks) require(pipe.take(remark));
        description_.shape = numbers.shape;
        description_.type = numbers.type;
        description_.voxel_edges_m = numbers.voxel_edges_m;
        description_.layer = numbers.layer;
        if (numbers.is_plain) description_.plain = std::move(plain);
        streamed_ = numbers.streamed;
    }

    bool streamed() const override { return streamed_; }

protected:
    void load(PlaneRange planes, std::span<std::byte> voxels) override
    {
        require(process_->pipe().put_value(planes));
        require_success();
        require(process_->pipe().take(voxels));
    }

private:
    /// @throws Error how the work ended, if not well
    void require_success()
    {
        int code = 0;
        require(process_->pipe().take_value(code));
        if (code == 0) return;
        std::string sentence;
        require(process_->pipe().take(sentence));
        throw Error(static_cast<ExitCode>(code), sentence);
    }

    /// @throws Error why the process is gone, if it is
    void require(bool here)
    {
        if (here) return;
        const int signal = process_->signal();
        if (signal == SIGPROF)
            throw input_error("reading {} takes for ever, which only damaged files do; fetch or make it again", path_);
        if (signal == SIGKILL || signal == 0)
            throw failure("the process that reads {} was ended from outside; free some memory and run again", path_);
        throw input_error("the library that reads {} crashed on it ({}); the file is damaged, fetch or make it again", path_,
                          ::strsignal(signal));
    }

    std::string path_;
    std::unique_ptr<IsolatedProcess> process_;
    bool streamed_ = false;
};

} // namespace

std::unique_ptr<ImageReader> read_isolated(const std::string& path, std::unique_ptr<IsolatedProcess> process)
{
    return std::make_unique<IsolatedReader>(path, std::move(process));
}

void serve_isolated(const Pipe& pipe, const std::function<std::unique_ptr<ImageReader>()>& open, seconds patience)
{
    live_isolated();
    allow(patience);
    std::unique_ptr<ImageReader> reader;
    if (!try_and_tell(pipe, [&] { reader = open(); })) return;
    const ImageDescription& image = reader->description();
    const PlainVoxels plain = image.plain.value_or(PlainVoxels{});
    pipe.put_value(Numbers{image.shape, image.type, image.voxel_edges_m, image.layer, image.remarks.size(),
                           image.voxel_remarks.size(), reader->streamed(), image.plain.has_value(), plain.swap,
                           plain.offset});
    for (const auto* text : {&image.path, &image.format, &image.voxel_by, &plain.file}) pipe.put(*text);
    for (const auto* remarks : {&image.remarks, &image.voxel_remarks})
        for (const auto& remark : *remarks) pipe.put(remark);
    std::vector<std::byte> voxels;
    for (PlaneRange planes; pipe.take_value(planes);) {
        const std::int64_t bytes = planes.count() * image.shape.plane() * bytes_of(image.type);
        allow(patience * (1 + (bytes >> 30)));
        if (!try_and_tell(pipe, [&] {
                voxels.resize(bytes);
                reader->read_voxels(planes, voxels);
            }))
            return;
        pipe.put(std::span<const std::byte>(voxels));
    }
}

} // namespace lapilli::format
