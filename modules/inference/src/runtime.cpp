#include "runtime.hpp"

#include "downstage/core/error.hpp"

#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/core/version.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <array>
#include <mutex>
#include <new>
#include <string_view>

namespace downstage::inference {

namespace {

[[noreturn]] void refuse(const Graph& graph, const std::string& why)
{
    throw Error{Errc::usage, "the network '" + graph.file.string() + "' " + why};
}

/// The operator an import failed at ("Node [Squeeze@ai.onnx]:..."), or nothing.
std::string operator_in(std::string_view complaint)
{
    constexpr std::string_view before = "Node [";
    const std::size_t found = complaint.find(before);
    if (found == std::string_view::npos) return {};
    complaint.remove_prefix(found + before.size());
    return std::string{complaint.substr(0, complaint.find_first_of("@]"))};
}

cv::dnn::Net imported(const Graph& graph)
{
    try {
        cv::dnn::Net net = cv::dnn::readNetFromONNX(graph.onnx.data(), graph.onnx.size());
        net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        return net;
    } catch (const cv::Exception& failure) {
        const std::string kind = operator_in(failure.what());
        if (kind.empty())
            refuse(graph, "is not an ONNX file; export the model again or copy its package again");
        refuse(graph,
               "has an operator that OpenCV " CV_VERSION " cannot run here: " + kind +
                   "; export it with the operators that docs/networks.md lists");
    }
}

std::string size_text(const std::vector<Plane>& channels)
{
    return std::to_string(channels.size()) + " x " + std::to_string(channels.front().rows) + " x " +
           std::to_string(channels.front().columns);
}

std::string shape_text(const cv::Mat& answer)
{
    std::string text;
    for (int n = 0; n < answer.dims; ++n)
        text += (n > 0 ? " x " : "") + std::to_string(answer.size[n]);
    return text;
}

cv::Mat blob_of(const std::vector<Plane>& channels)
{
    const std::array<int, 4> shape{
        1, static_cast<int>(channels.size()), channels.front().rows, channels.front().columns};
    cv::Mat blob(static_cast<int>(shape.size()), shape.data(), CV_32F);
    auto* to = blob.ptr<float>();
    for (const Plane& channel : channels)
        to = std::ranges::copy(channel.values, to).out;
    return blob;
}

bool is_one_plane_like(const cv::Mat& answer, const Plane& asked)
{
    return answer.type() == CV_32F && answer.isContinuous() && answer.dims == 4 && answer.size[0] == 1 &&
           answer.size[1] == 1 && answer.size[2] == asked.rows && answer.size[3] == asked.columns;
}

Plane answer_of(cv::dnn::Net& net, const Graph& graph, const std::vector<Plane>& channels)
{
    cv::Mat answer;
    try {
        net.setInput(blob_of(channels), graph.input);
        answer = net.forward(graph.output);
    } catch (const cv::Exception& failure) {
        if (failure.code == cv::Error::StsNoMem) throw std::bad_alloc{};
        refuse(graph,
               "does not take the " + size_text(channels) +
                   " pixels (channels, rows, columns) its manifest.json promises; mend input.channels, "
                   "size_multiple, least_size or fixed_size there");
    }
    if (!is_one_plane_like(answer, channels.front()))
        refuse(
            graph,
            "answers " + shape_text(answer) + " numbers to a slice of " + size_text(channels) +
                " pixels; wanted is one number a pixel: mend size_multiple in manifest.json or export it so");
    Plane plane{channels.front().columns, channels.front().rows};
    std::copy_n(answer.ptr<float>(), plane.values.size(), plane.values.begin());
    return plane;
}

}  // namespace

struct Runtime::Copies {
    Graph graph;
    std::mutex mutex;
    std::vector<std::unique_ptr<cv::dnn::Net>> idle;

    std::unique_ptr<cv::dnn::Net> lend()
    {
        {
            const std::scoped_lock lock{mutex};
            if (!idle.empty()) {
                auto net = std::move(idle.back());
                idle.pop_back();
                return net;
            }
        }
        return std::make_unique<cv::dnn::Net>(imported(graph));
    }
    void give_back(std::unique_ptr<cv::dnn::Net> net)
    {
        const std::scoped_lock lock{mutex};
        idle.push_back(std::move(net));
    }
};

Runtime::Runtime(Graph graph) : copies_{std::make_unique<Copies>()}
{
    copies_->graph = std::move(graph);
    copies_->give_back(copies_->lend());
}

Runtime::~Runtime() = default;
Runtime::Runtime(Runtime&&) noexcept = default;
Runtime& Runtime::operator=(Runtime&&) noexcept = default;

Plane Runtime::run(const std::vector<Plane>& channels) const
{
    auto net = copies_->lend();
    Plane answer = answer_of(*net, copies_->graph, channels);
    copies_->give_back(std::move(net));
    return answer;
}

QuietAndSingle::QuietAndSingle()
    : threads_{cv::getNumThreads()},
      log_level_{cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT)}
{
    cv::setNumThreads(1);
}

QuietAndSingle::~QuietAndSingle()
{
    cv::setNumThreads(threads_);
    cv::utils::logging::setLogLevel(static_cast<cv::utils::logging::LogLevel>(log_level_));
}

}  // namespace downstage::inference
