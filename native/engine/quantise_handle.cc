// `quantise` of the addon, for JavaScript.
#include <filesystem>

#include "embedder.h"
#include "job.h"
#include "model_handle.h"
#include "quantise.h"

namespace redoubt {
namespace {

struct Type {
  const char *name;
  llama_ftype type;
};
constexpr Type types[] = {
    {"F16", LLAMA_FTYPE_MOSTLY_F16},       {"BF16", LLAMA_FTYPE_MOSTLY_BF16},     {"Q8_0", LLAMA_FTYPE_MOSTLY_Q8_0},
    {"Q6_K", LLAMA_FTYPE_MOSTLY_Q6_K},     {"Q5_K_M", LLAMA_FTYPE_MOSTLY_Q5_K_M}, {"Q5_K_S", LLAMA_FTYPE_MOSTLY_Q5_K_S},
    {"Q4_K_M", LLAMA_FTYPE_MOSTLY_Q4_K_M}, {"Q4_K_S", LLAMA_FTYPE_MOSTLY_Q4_K_S}, {"Q4_0", LLAMA_FTYPE_MOSTLY_Q4_0},
    {"Q3_K_M", LLAMA_FTYPE_MOSTLY_Q3_K_M},
};

llama_ftype read_type(const Value &value) {
  const std::string name = value.text();
  std::string known;
  for (const Type &each : types) {
    if (name == each.name) return each.type;
    known += (known.empty() ? "" : ", ") + std::string(each.name);
  }
  refuse(value.name(), "one of " + known);
}

}  // namespace

napi_value start_quantise(Call &call) {
  lib();
  const auto given = call.argument(0, "options");
  QuantiseOptions options;
  options.input = read_path(given.at("input"));
  options.dry_run = given.boolean_or("dryRun", false);
  if (!options.dry_run || given.has("output")) options.output = read_path(given.at("output"));
  options.type = read_type(given.at("type"));
  options.threads = static_cast<int32_t>(given.integer_or("threads", default_threads(), 1, 512));
  options.requantise = given.boolean_or("requantise", false);
  options.pure = given.boolean_or("pure", false);
  const auto progress = call.argument(1, "onProgress");
  const auto result = std::make_shared<Quantised>();
  Task task;
  task.on_progress = progress.missing() ? nullptr : progress.function();
  task.body = [options, result, tells = task.on_progress != nullptr](const std::atomic<bool> &cancelled, ThreadCall &call) {
    *result = quantise(options, cancelled, [&](int finished, int all) {
      if (!tells) return;
      call.post([finished, all](napi_env env, napi_value function) {
        call_function(env, function, {make_number(env, finished), make_number(env, all)});
      });
    });
  };
  task.discard = [options](napi_env) {
    std::error_code failure;
    if (!options.dry_run) std::filesystem::remove(std::filesystem::u8path(options.output), failure);
  };
  task.result = [result](napi_env env) {
    napi_value value = make_object(env);
    set(env, value, "tensorBytesBefore", make_number(env, result->tensor_bytes_before));
    set(env, value, "tensorBytes", make_number(env, result->tensor_bytes));
    set(env, value, "bitsPerWeight", make_number(env, result->bits_per_weight));
    set(env, value, "warnings", make_texts(env, result->warnings));
    return value;
  };
  return run_task(call.env(), std::move(task));
}

}  // namespace redoubt
