#include "library.h"

#include <atomic>
#include <cctype>
#include <filesystem>
#include <mutex>

#include "error.h"
#include "log.h"
#include "shared_object.h"

#ifndef REDOUBT_LLAMA_RELEASE
#error "REDOUBT_LLAMA_RELEASE must name the llama.cpp release of the headers"
#endif

namespace redoubt {
namespace {

namespace fs = std::filesystem;

std::mutex opening;
std::string open_folder;
Library library;
std::atomic<bool> is_open{false};

/** The one file of `folder` named `[lib]<name>.<something with the release>`, for example libllama.cuda.v0.5.0.so. */
fs::path find(const fs::path &folder, const std::string &name) {
  bool other_release = false;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    std::string file = entry->path().filename().u8string();
    if (file.rfind("lib", 0) == 0) file.erase(0, 3);
    if (file.rfind(name + ".", 0) != 0 || entry->path().extension() != shared_object_extension) continue;
    // libggml-base carries no release in its name; it is bound to the others by their symbols.
    if (name == "ggml-base" || file.find("." REDOUBT_LLAMA_RELEASE ".") != std::string::npos) return entry->path();
    other_release = true;
  }
  if (other_release)
    throw Error("engine/release", "The " + name + " library in " + folder.u8string() + " is not of release " REDOUBT_LLAMA_RELEASE ", for which this addon was built.");
  throw Error("engine/library", "There is no " + name + " library in " + folder.u8string() + ".");
}

template <typename Function>
void bind(Function &field, const SharedObject &from, const char *name) {
  field = reinterpret_cast<Function>(from.symbol(name));
  if (!field) throw Error("engine/library", std::string("The library lacks ") + name + ".");
}

template <typename Function>
void bind_processor(const Library &found, Function &field, const char *name) {
  const auto device = found.ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU);
  if (!device) throw Error("engine/library", "The library found no backend for this processor.");
  field = reinterpret_cast<Function>(found.ggml_backend_reg_get_proc_address(found.ggml_backend_dev_backend_reg(device), name));
  if (!field) throw Error("engine/library", std::string("The processor's backend lacks ") + name + ".");
}

/** `llama_version` says 0.5.0 or 0.5.0-dev where the release is v0.5.0; releases named otherwise are told by the file's name alone. */
void check_version(const Library &found) {
  const std::string release = REDOUBT_LLAMA_RELEASE;
  if (release.size() < 2 || release[0] != 'v' || !std::isdigit(static_cast<unsigned char>(release[1]))) return;
  const std::string version = found.llama_version();
  const std::string expected = release.substr(1);
  if (version != expected && version.rfind(expected + "-", 0) != 0)
    throw Error("engine/release", "The library says it is version " + version + ", this addon was built for " + expected + ".");
}

Library load(const fs::path &folder) {
  // Never closed again: other addons of the process use the same copy, and its threads may outlive any owner of ours.
  const SharedObject base(find(folder, "ggml-base"));
  const SharedObject ggml(find(folder, "ggml"));
  const SharedObject llama(find(folder, "llama"));
  Library found;
#define REDOUBT_BIND_LLAMA(function) bind(found.function, llama, #function);
#define REDOUBT_BIND_GGML(function) bind(found.function, ggml, #function);
#define REDOUBT_BIND_BASE(function) bind(found.function, base, #function);
  REDOUBT_LLAMA_FUNCTIONS(REDOUBT_BIND_LLAMA)
  REDOUBT_GGML_FUNCTIONS(REDOUBT_BIND_GGML)
  REDOUBT_BASE_FUNCTIONS(REDOUBT_BIND_BASE)
  check_version(found);
  install_log(found);
  // Backends register once per process; node-llama-cpp may have done it.
  if (found.ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU) == nullptr)
    found.ggml_backend_load_all_from_path(folder.u8string().c_str());
  bind_processor(found, found.ggml_threadpool_new, "ggml_threadpool_new");
  bind_processor(found, found.ggml_threadpool_free, "ggml_threadpool_free");
  found.llama_backend_init();
  return found;
}

}  // namespace

void open_library(const std::string &folder) {
  std::lock_guard<std::mutex> lock(opening);
  if (is_open) {
    std::error_code failure;
    if (folder == open_folder || fs::equivalent(fs::u8path(folder), fs::u8path(open_folder), failure)) return;
    throw Error("engine/already-open", "The library of " + open_folder + " is open in this process.");
  }
  library = load(fs::u8path(folder));
  open_folder = folder;
  is_open = true;
}

const Library &lib() {
  if (!is_open) throw Error("engine/not-open", "The engine's library is not open.");
  return library;
}

const char *library_release() { return REDOUBT_LLAMA_RELEASE; }

}  // namespace redoubt
