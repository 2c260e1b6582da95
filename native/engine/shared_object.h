// A shared library of the system's loader.
#pragma once

#include <filesystem>
#include <string>

#ifdef _WIN32
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>
#else
#include <dlfcn.h>
#endif

#include "error.h"

namespace redoubt {

#if defined(_WIN32)
inline constexpr const char *shared_object_extension = ".dll";
#elif defined(__APPLE__)
inline constexpr const char *shared_object_extension = ".dylib";
#else
inline constexpr const char *shared_object_extension = ".so";
#endif

/** A loaded library, kept loaded until the process ends. Throws engine/library with the loader's own words. */
class SharedObject {
 public:
#ifdef _WIN32
  // The altered search path makes the file's own folder the first place for what it needs.
  explicit SharedObject(const std::filesystem::path &file)
      : handle_(LoadLibraryExW(file.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH)) {
    if (!handle_) throw Error("engine/library", file.u8string() + ": Windows error " + std::to_string(GetLastError()));
  }
  void *symbol(const char *name) const { return reinterpret_cast<void *>(GetProcAddress(handle_, name)); }

 private:
  HMODULE handle_;
#else
  explicit SharedObject(const std::filesystem::path &file) : handle_(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (!handle_) throw Error("engine/library", dlerror());
  }
  void *symbol(const char *name) const { return dlsym(handle_, name); }

 private:
  void *handle_;
#endif
};

/** Whether both addresses lie in the same loaded file. */
inline bool same_shared_object(const void *a, const void *b) {
#ifdef _WIN32
  const auto owner = [](const void *address) {
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       static_cast<LPCWSTR>(address), &module);
    return static_cast<void *>(module);
  };
#else
  const auto owner = [](const void *address) {
    Dl_info info{};
    return dladdr(address, &info) ? info.dli_fbase : nullptr;
  };
#endif
  void *first = owner(a);
  return first != nullptr && first == owner(b);
}

}  // namespace redoubt
