#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace downstage::documents {

/// A record of a CSV file and the line of the file that it begins on, from 1.
struct CsvRecord {
    std::size_t line{};
    std::vector<std::string> fields;
};

/// The records of an RFC 4180 file, header included; line ends LF or CR LF; lines with nothing but white
/// space are passed over. A quote that is never closed, or text behind a closing quote, throws `Error{usage}`
/// with its line.
[[nodiscard]] std::vector<CsvRecord> parse_csv(std::string_view text);

}  // namespace downstage::documents
