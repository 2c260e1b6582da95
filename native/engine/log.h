// What llama.cpp logs is kept, never printed: the last warnings and errors are given with the error they explain.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace redoubt {

struct Library;

/** Takes over the library's log. A callback of another addon keeps getting the lines of threads that are not ours. */
void install_log(const Library &library);

/** While it lives, keeps what the library logs on this thread. Not shared between threads, may be nested. */
class LogScope {
 public:
  /** `on_text` gets every piece of text of any level on this thread; what it throws goes through the library's frames. */
  explicit LogScope(std::function<void(const char *)> on_text = {});
  ~LogScope();
  LogScope(const LogScope &) = delete;
  LogScope &operator=(const LogScope &) = delete;

  /** The last warnings and errors, at most eight of at most 300 characters. */
  std::vector<std::string> lines() const { return lines_; }
  /** Whether a kept line contains one of the words that llama.cpp and its backends use for want of memory. */
  bool speaks_of_memory() const;

  void take(int level, const char *text);

 private:
  LogScope *outer_;
  std::function<void(const char *)> on_text_;
  std::vector<std::string> lines_;
  std::string unfinished_;
  int level_ = 0;
};

}  // namespace redoubt
