#include "text_file.hpp"

#include <fstream>
#include <iterator>

namespace downstage::documents {

std::string text_of_file(const std::filesystem::path& file, Errc kind)
{
    std::ifstream in{file, std::ios::binary};
    if (!in || std::filesystem::is_directory(file))
        throw Error{kind, "it cannot be opened; give a JSON or CSV file"};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad()) throw Error{kind, "it cannot be read to its end"};
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        throw Error{kind, "it is written in UTF-16; save it as UTF-8"};
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    if (bytes.find_first_not_of(" \t\r\n") == std::string::npos) throw Error{kind, "it is empty"};
    return bytes;
}

}  // namespace downstage::documents
