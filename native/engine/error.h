// The one exception of the addon. It never crosses the border to JavaScript: napi.h turns it into an Error with a code.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace redoubt {

/**
 * What went wrong, for JavaScript: `code` is `engine/<reason>`, `lines` are the last lines the library logged about it.
 * Codes: argument, not-open, already-open, library, release, closed, in-use, cancelled, load, out-of-memory, unsupported, failed.
 */
class Error : public std::runtime_error {
 public:
  Error(std::string code, const std::string &message, std::vector<std::string> lines = {})
      : std::runtime_error(message), code_(std::move(code)), lines_(std::move(lines)) {}

  const std::string &code() const { return code_; }
  const std::vector<std::string> &lines() const { return lines_; }

 private:
  std::string code_;
  std::vector<std::string> lines_;
};

}  // namespace redoubt
