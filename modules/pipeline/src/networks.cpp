#include "downstage/pipeline/networks.hpp"

#include "downstage/core/error.hpp"
#include "downstage/documents/network_manifest.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

namespace downstage::pipeline {

namespace {

namespace fs = std::filesystem;

constexpr const char* way_out =
    "; give another folder with --model, or --model none to work without networks";

bool is_package(const fs::path& folder)
{
    std::error_code ignored;
    return fs::exists(folder / documents::network_manifest_name, ignored);
}

/// The packages in `folder`, or `folder` itself, in order of their names.
std::vector<fs::path> packages_of(const fs::path& folder)
{
    if (is_package(folder)) return {folder};
    std::error_code failure;
    std::vector<fs::path> packages;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, failure})
        if (is_package(entry.path())) packages.push_back(entry.path());
    if (failure)
        throw Error{Errc::usage,
                    "the folder of networks '" + folder.string() +
                        "' cannot be opened: " + failure.message()};
    std::ranges::sort(packages);
    return packages;
}

std::optional<inference::Network>& place_for(NetworkTask task, Networks& networks)
{
    return task == NetworkTask::liver ? networks.liver : networks.lesion;
}

std::string_view word(NetworkTask task)
{
    return task == NetworkTask::liver ? "liver" : "lesion";
}

Networks loaded(const std::vector<fs::path>& packages)
{
    Networks networks;
    for (const fs::path& package : packages) {
        NetworkManifest manifest = documents::read_network_manifest(package);
        auto& place = place_for(manifest.task, networks);
        if (place)
            throw Error{Errc::usage,
                        "the networks '" + place->manifest().model.string() + "' and '" +
                            manifest.model.string() + "' both have the task " +
                            std::string{word(manifest.task)} + "; keep one of them in the folder"};
        place.emplace(std::move(manifest));
    }
    return networks;
}

/// What a reader of the results must know of a network that is not there.
void note_missing(Networks& networks, const std::string& where)
{
    const auto note = [&](Severity severity, const std::string& task, const std::string& instead) {
        networks.notices.push_back({severity, "there is no " + task + " network " + where + "; " + instead});
    };
    if (!networks.liver)
        note(Severity::warning, "liver", "the liver was looked for by the weight-free method alone");
    if (!networks.lesion)
        note(Severity::note, "lesion", "the lesions were judged by the weight-free score alone");
}

Networks loaded_from(const fs::path& folder)
{
    const std::vector<fs::path> packages = packages_of(folder);
    if (packages.empty())
        throw Error{Errc::usage,
                    "the folder of networks '" + folder.string() +
                        "' holds no package: neither it nor a folder in it has a manifest.json"};
    Networks networks = loaded(packages);
    note_missing(networks, "in '" + folder.string() + "'");
    return networks;
}

Networks shipped(const std::vector<fs::path>& folders)
{
    const auto is_there = [](const fs::path& folder) {
        std::error_code ignored;
        return fs::is_directory(folder, ignored) && !packages_of(folder).empty();
    };
    const auto found = std::ranges::find_if(folders, is_there);
    if (found != folders.end()) return loaded_from(*found);
    Networks none;
    note_missing(none, "beside the program");
    return none;
}

}  // namespace

Networks load_networks(const ModelChoice& choice)
{
    try {
        switch (choice.use) {
        case ModelChoice::Use::shipped: return shipped(choice.shipped_in);
        case ModelChoice::Use::given: return loaded_from(choice.folder);
        case ModelChoice::Use::none: break;
        }
    } catch (const Error& error) {
        throw Error{error.code(), error.what() + std::string{way_out}};
    }
    return {};
}

std::string network_text(const NetworkManifest& manifest)
{
    constexpr std::size_t telling_digits = 12;  // as git tells its objects apart
    return manifest.name + " " + manifest.version + " (" + manifest.sha256.substr(0, telling_digits) + ")";
}

}  // namespace downstage::pipeline
