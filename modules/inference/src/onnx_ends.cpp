#include "onnx_ends.hpp"

#include <functional>

namespace downstage::inference {

namespace {

// The fields of onnx.proto that lead from a model to the sizes of its ends.
namespace field {
constexpr std::uint64_t model_graph = 7;
constexpr std::uint64_t graph_input = 11, graph_output = 12;
constexpr std::uint64_t value_name = 1, value_type = 2;
constexpr std::uint64_t type_tensor = 1;
constexpr std::uint64_t tensor_shape = 2;
constexpr std::uint64_t shape_dim = 1;
constexpr std::uint64_t dim_value = 1;
}  // namespace field

/// The bytes are not what a message of protocol buffers looks like.
struct NotAMessage {};

/// One field of a message: its number, and its value or its bytes.
struct MessageField {
    std::uint64_t number{}, value{};
    std::string_view bytes;
};

/// Takes a message of protocol buffers apart, field by field (protobuf.dev: Encoding).
class Message {
public:
    explicit Message(std::string_view bytes) : rest_{bytes} {}

    std::optional<MessageField> next()
    {
        if (rest_.empty()) return std::nullopt;
        const std::uint64_t tag = varint();
        constexpr std::uint64_t kind_mask = 7;
        MessageField read{.number = tag >> 3U};
        switch (tag & kind_mask) {
        case 0: read.value = varint(); return read;
        case 1: read.bytes = take(8); return read;
        case 2: read.bytes = take(varint()); return read;
        case 5: read.bytes = take(4); return read;
        default: throw NotAMessage{};
        }
    }

private:
    std::uint64_t varint()
    {
        constexpr unsigned bits_of_a_byte = 7;
        constexpr unsigned most_bits = 64;
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < most_bits; shift += bits_of_a_byte) {
            const auto byte = static_cast<std::uint8_t>(take(1).front());
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80U) return value;
        }
        throw NotAMessage{};
    }
    std::string_view take(std::uint64_t count)
    {
        if (count > rest_.size()) throw NotAMessage{};
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    std::string_view rest_;
};

/// Calls `visit` with every field of the message that has this number.
void for_each(std::string_view message,
              std::uint64_t number,
              const std::function<void(const MessageField&)>& visit)
{
    Message fields{message};
    while (const auto one = fields.next())
        if (one->number == number) visit(*one);
}

std::string_view bytes_of(std::string_view message, std::uint64_t number)
{
    std::string_view bytes;
    for_each(message, number, [&](const MessageField& found) { bytes = found.bytes; });
    return bytes;
}

std::optional<std::int64_t> size_of(std::string_view dim)
{
    std::optional<std::int64_t> size;
    for_each(dim, field::dim_value, [&](const MessageField& found) {
        if (found.value > 0) size = static_cast<std::int64_t>(found.value);
    });
    return size;
}

GraphEnd end_of(std::string_view value)
{
    GraphEnd end{.name = std::string{bytes_of(value, field::value_name)}};
    const std::string_view tensor = bytes_of(bytes_of(value, field::value_type), field::type_tensor);
    for_each(bytes_of(tensor, field::tensor_shape), field::shape_dim, [&](const MessageField& dim) {
        end.shape.push_back(size_of(dim.bytes));
    });
    return end;
}

std::vector<GraphEnd> ends_of(std::string_view graph, std::uint64_t number)
{
    std::vector<GraphEnd> ends;
    for_each(graph, number, [&](const MessageField& found) { ends.push_back(end_of(found.bytes)); });
    return ends;
}

}  // namespace

std::optional<GraphEnds> ends_of_onnx(std::string_view bytes)
{
    try {
        const std::string_view graph = bytes_of(bytes, field::model_graph);
        GraphEnds ends{.inputs = ends_of(graph, field::graph_input),
                       .outputs = ends_of(graph, field::graph_output)};
        if (ends.inputs.empty() || ends.outputs.empty()) return std::nullopt;
        return ends;
    } catch (const NotAMessage&) {
        return std::nullopt;
    }
}

}  // namespace downstage::inference
