#include "log.h"

#include <algorithm>
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
  // The library's own callbacks print; another addon's is kept.
  const auto inside = [previous](auto function) {
    return same_shared_object(reinterpret_cast<const void *>(previous), reinterpret_cast<const void *>(function));
  };
  const bool prints = !previous || inside(library.llama_log_get) || inside(library.ggml_type_name);
  next_callback = prints ? nullptr : previous;
  next_data = prints ? nullptr : data;
  library.llama_log_set(on_log, nullptr);
}

LogScope::LogScope(std::function<void(const char *)> on_text) : outer_(current), on_text_(std::move(on_text)) {
  // Another addon may have put its own callback in the place of ours since.
  install_log(lib());
  current = this;
}

LogScope::~LogScope() { current = outer_; }

void LogScope::take(int level, const char *text) {
  level_ = unfinished_.empty() ? level : (level == GGML_LOG_LEVEL_CONT ? level_ : std::max(level_, level));
  unfinished_ += text;
  for (size_t end; (end = unfinished_.find('\n')) != std::string::npos; unfinished_.erase(0, end + 1)) {
    const bool matters = level_ == GGML_LOG_LEVEL_WARN || level_ == GGML_LOG_LEVEL_ERROR;
    if (!matters || end == 0) continue;
    if (lines_.size() == most_lines) lines_.erase(lines_.begin());
    lines_.push_back(unfinished_.substr(0, std::min(end, most_characters)));
  }
  if (unfinished_.size() > most_characters) unfinished_.resize(most_characters);
  if (on_text_) on_text_(text);
}

bool LogScope::speaks_of_memory() const {
  for (const auto &line : lines_)
    for (const char *word : {"out of memory", "failed to allocate", "unable to allocate", "bad_alloc", "alloc_buffer", "not enough memory"})
      if (line.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace redoubt
