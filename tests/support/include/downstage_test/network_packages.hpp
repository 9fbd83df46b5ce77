#pragma once

#include "downstage/core/network.hpp"
#include "downstage/documents/network_manifest.hpp"

#include <filesystem>
#include <string>

namespace downstage_test {

/// The folder of a small package (testdata/inference/make_networks.py).
inline std::filesystem::path small_package(const std::string& name)
{
    return std::filesystem::path{DOWNSTAGE_TESTDATA} / "inference" / name;
}

/// Its manifest, to be changed at will.
inline downstage::NetworkManifest small_network(const std::string& name)
{
    return downstage::documents::read_network_manifest(small_package(name));
}

}  // namespace downstage_test
