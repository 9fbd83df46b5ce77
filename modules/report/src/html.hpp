#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The few pieces of HTML that the page is built of. What is called `html` holds mark-up; everything else is
/// text and is escaped here.
namespace downstage::report {

/// Text for an element or an attribute: the five characters of HTML escaped, control characters left out,
/// bytes that are not UTF-8 replaced by U+FFFD (DICOM texts may hold any).
[[nodiscard]] std::string escaped(std::string_view text);

/// RFC 4648, section 4.
[[nodiscard]] std::string base64(std::string_view bytes);

/// "<tag>html</tag>"; `tag` may carry attributes: element("td class=\"n\"", ...).
[[nodiscard]] std::string element(std::string_view tag, std::string_view html);
/// The same, and a line end: for what stands on a line of its own.
[[nodiscard]] std::string block(std::string_view tag, std::string_view html);

/// A table of facts: what, and the text that answers it.
using Facts = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string facts_table(const Facts& facts);

/// A bulleted list of texts; nothing when there are none.
[[nodiscard]] std::string bullets(const std::vector<std::string>& texts);

/// An <img> that carries its bytes.
[[nodiscard]] std::string embedded_png(std::string_view png, std::string_view alternative_text);

}  // namespace downstage::report
