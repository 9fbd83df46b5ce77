#include "csv.hpp"

#include "downstage/core/error.hpp"

#include <algorithm>

namespace downstage::documents {
namespace {

/// Walks once over the text, a field at a time.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : rest_{text} {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    CsvRecord record()
    {
        CsvRecord record{.line = line_, .fields = {field()}};
        while (take(','))
            record.fields.push_back(field());
        end_line();
        return record;
    }

private:
    [[nodiscard]] bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }

    bool take(char c)
    {
        if (!next_is(c)) return false;
        rest_.remove_prefix(1);
        if (c == '\n') ++line_;
        return true;
    }

    std::string field() { return take('"') ? quoted_field() : plain_field(); }

    std::string plain_field()
    {
        const std::string_view found = rest_.substr(0, rest_.find_first_of(",\r\n"));
        rest_.remove_prefix(found.size());
        return std::string{found};
    }

    std::string quoted_field()
    {
        const std::size_t opened = line_;
        std::string found;
        while (!rest_.empty()) {
            const char c = rest_.front();
            take(c);
            if (c == '"' && !take('"')) return found;
            found += c;
        }
        throw Error{Errc::usage, "line " + std::to_string(opened) + ": a quotation mark is never closed"};
    }

    void end_line()
    {
        take('\r');
        if (at_end() || take('\n')) return;
        throw Error{Errc::usage,
                    "line " + std::to_string(line_) + ": text stands behind a closing quotation mark"};
    }

    std::string_view rest_;
    std::size_t line_ = 1;
};

bool is_blank(const CsvRecord& record)
{
    return record.fields.size() == 1 && record.fields.front().find_first_not_of(" \t") == std::string::npos;
}

}  // namespace

std::vector<CsvRecord> parse_csv(std::string_view text)
{
    std::vector<CsvRecord> records;
    CsvReader reader{text};
    while (!reader.at_end()) {
        CsvRecord record = reader.record();
        if (!is_blank(record)) records.push_back(std::move(record));
    }
    return records;
}

}  // namespace downstage::documents
