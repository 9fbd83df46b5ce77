#pragma once

#include "downstage/report/page.hpp"

#include <string>

/// The page from top to bottom; each answers its mark-up, or nothing where there is nothing to say.
namespace downstage::report {

[[nodiscard]] std::string verdict_section(const StudyReport& report);
[[nodiscard]] std::string warnings_section(const StudyReport& report);
[[nodiscard]] std::string forms_section(const StudyReport& report);
[[nodiscard]] std::string lesion_sections(const PageContent& content);
[[nodiscard]] std::string uncounted_sections(const PageContent& content);
[[nodiscard]] std::string paths_section(const StudyReport& report);
[[nodiscard]] std::string liver_section(const PageContent& content);
[[nodiscard]] std::string geometry_section(const GeometryPassport& passport);
[[nodiscard]] std::string series_section(const StudyReport& report);
[[nodiscard]] std::string provenance_section(const StudyReport& report);

}  // namespace downstage::report
