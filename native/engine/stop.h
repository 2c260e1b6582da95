// Finds stop strings in a stream of bytes, also where one begins in one token and ends in another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace redoubt {

class StopFilter {
 public:
  explicit StopFilter(std::vector<std::string> stops);

  /**
   * Appends to `out` what can no longer be the beginning of a stop string. True when one was found: `out` then ends before
   * the first of them, and nothing more may be pushed.
   */
  bool push(std::string_view bytes, std::string &out);
  /** The end without a stop string: what was held back belongs to the text. */
  void finish(std::string &out);

 private:
  std::vector<std::string> stops_;
  std::string held_;
};

}  // namespace redoubt
