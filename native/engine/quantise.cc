#include "quantise.h"

#include <cstdio>
#include <exception>
#include <filesystem>

#include "error.h"
#include "log.h"

namespace redoubt {
namespace {

namespace fs = std::filesystem;

constexpr double mebibyte = 1024.0 * 1024.0;

/** Thrown out of the log callback: the library catches it like an error of its own, and frees everything. */
struct Cancelled : std::exception {
  const char *what() const noexcept override { return "cancelled"; }
};

bool is_there(const fs::path &path) {
  std::error_code failure;
  return fs::symlink_status(path, failure).type() != fs::file_type::not_found;
}

/** Removes what the library left behind, unless it is told to keep it. */
struct Output {
  fs::path path;
  bool keep = false;
  ~Output() {
    std::error_code failure;
    if (!keep) fs::remove(path, failure);
  }
};

}  // namespace

Quantised quantise(const QuantiseOptions &options, const std::atomic<bool> &cancelled, const std::function<void(int, int)> &done) {
  Output output{fs::u8path(options.output), true};
  if (!is_there(fs::u8path(options.input))) throw Error("engine/load", "There is no file " + options.input + ".");
  if (!options.dry_run && is_there(output.path)) throw Error("engine/argument", options.output + " exists already.");
  output.keep = options.dry_run;

  llama_model_quantize_params params = lib().llama_model_quantize_default_params();
  params.nthread = options.threads;
  params.ftype = options.type;
  params.allow_requantize = options.requantise;
  params.pure = options.pure;
  params.dry_run = options.dry_run;

  Quantised result;
  bool stopping = false;
  int tensors = 0;
  LogScope log([&](const char *text) {
    // Once thrown, the library logs the failure; throwing again there would leave its handler.
    if (stopping) return;
    int tensor = 0;
    double size = 0, bits = 0;
    if (std::sscanf(text, "[%d/%d]", &tensor, &tensors) == 2) done(tensor - 1, tensors);
    if (std::sscanf(text, "%*s model size = %lf MiB", &size) == 1) result.tensor_bytes_before = size * mebibyte;
    if (std::sscanf(text, "%*s quant size = %lf MiB (%lf BPW)", &size, &bits) == 2) {
      result.tensor_bytes = size * mebibyte;
      result.bits_per_weight = bits;
    }
    if (cancelled) {
      stopping = true;
      throw Cancelled();
    }
  });
  const uint32_t status = lib().llama_model_quantize(options.input.c_str(), options.output.c_str(), &params);
  if (stopping || cancelled) throw Error("engine/cancelled", "Quantising was cancelled.");
  if (status != 0) {
    const auto lines = log.lines();
    throw Error("engine/failed", "llama.cpp could not quantise this model: " + (lines.empty() ? "no reason given" : lines.back()), lines);
  }
  output.keep = true;
  done(tensors, tensors);
  result.warnings = log.lines();
  return result;
}

}  // namespace redoubt
