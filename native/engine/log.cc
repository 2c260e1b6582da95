#include "log.h"

#include <mutex>

#include "library.h"
#include "shared_object.h"

namespace redoubt {
namespace {

constexpr size_t most_lines = 8;
constexpr size_t most_characters = 300;

std::mutex installing;
ggml_log_callback next_callback = nullptr;
void *next_data = nullptr;
thread_local LogScope *current = nullptr;

void on_log(ggml_log_level level, const char *text, void *) {
  if (!text) return;
  if (current) return current->take(level, text);
  if (next_callback) next_callback(level, text, next_data);
}

}  // namespace

void install_log(const Library &library) {
  std::lock_guard<std::mutex> lock(installing);
  ggml_log_callback previous = nullptr;
  void *data = nullptr;
  library.llama_log_get(&previous, &data);
  if (previous == on_log) return;
  // The library's own callback prints; another addon's is kept.
  const bool prints = !previous || same_shared_object(reinterpret_cast<const void *>(previous), reinterpret_cast<const void *>(library.llama_log_get));
  next_callback = prints ? nullptr : previous;
  next_data = prints ? nullptr : data;
  library.llama_log_set(on_log, nullptr);
}

LogScope::LogScope(std::function<void(const std::string &)> on_line) : outer_(current), on_line_(std::move(on_line)) {
  // Another addon may have put its own callback in the place of ours since.
  install_log(lib());
  current = this;
}

LogScope::~LogScope() { current = outer_; }

void LogScope::take(int level, const char *text) {
  if (level != GGML_LOG_LEVEL_CONT) {
    unfinished_.clear();
    level_ = level;
  }
  unfinished_ += text;
  if (unfinished_.empty() || unfinished_.back() != '\n') return;
  std::string line = std::move(unfinished_);
  unfinished_.clear();
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  if ((level_ == GGML_LOG_LEVEL_WARN || level_ == GGML_LOG_LEVEL_ERROR) && !line.empty()) {
    if (lines_.size() == most_lines) lines_.erase(lines_.begin());
    lines_.push_back(line.substr(0, most_characters));
  }
  if (on_line_) on_line_(line);
}

bool LogScope::speaks_of_memory() const {
  for (const auto &line : lines_)
    for (const char *word : {"out of memory", "failed to allocate", "unable to allocate", "bad_alloc", "alloc_buffer", "not enough memory"})
      if (line.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace redoubt
